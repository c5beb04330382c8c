"""A request begun in one conversation goes on in another, after a code."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from registry.services import drafts, resumption
from registry.services.drafts import DraftState, UnknownDraft
from registry.services.requests import NotVerified
from registry.vocabulary import DraftStatus, Journey
from tests.registry.conftest import HASH_KEY

EMAIL = "camille.exemple@example.org"


@pytest.fixture
def begin(session: Session, now: datetime) -> Callable[..., DraftState]:
    """Begins a request: `begin("conversation-1", email=…, at=…)`."""

    def do(conversation: str, email: str | None = EMAIL, at: datetime = now) -> DraftState:
        draft = drafts.open_draft(session, conversation, Journey.ACCESS_REQUEST, at)
        drafts.save_field(session, draft.id, "full_name", "Camille Exemple", at)
        return drafts.save_field(session, draft.id, "email", email, at)

    return do


@pytest.fixture
def proof(
    session: Session, short_draft: Callable[..., DraftState], verify: Callable[..., None]
) -> DraftState:
    """A proof of the address, given in the conversation `later`."""
    draft = short_draft(session, Journey.RESUMPTION, conversation_id="later", email=EMAIL)
    verify(session, draft)
    return draft


def test_the_draft_comes_into_the_conversation_of_the_proof(
    session: Session, now: datetime, begin: Callable[..., DraftState], proof: DraftState
) -> None:
    begun = begin("earlier")
    taken = resumption.take_up(session, proof.id, HASH_KEY, now)
    assert taken is not None
    assert (taken.id, taken.conversation_id, taken.fields) == (begun.id, "later", begun.fields)


def test_taken_up_again_it_is_the_same(
    session: Session, now: datetime, begin: Callable[..., DraftState], proof: DraftState
) -> None:
    begin("earlier")
    first = resumption.take_up(session, proof.id, HASH_KEY, now)
    assert resumption.take_up(session, proof.id, HASH_KEY, now) == first


def test_of_several_the_one_touched_last_is_taken_up(
    session: Session, now: datetime, begin: Callable[..., DraftState], proof: DraftState
) -> None:
    begin("earlier", at=now - timedelta(days=2))
    latest = begin("yesterday", email=EMAIL.upper(), at=now - timedelta(days=1))
    taken = resumption.take_up(session, proof.id, HASH_KEY, now)
    assert taken is not None
    assert taken.id == latest.id


def test_what_was_begun_in_the_conversation_itself_is_given_up_for_it(
    session: Session, now: datetime, begin: Callable[..., DraftState], proof: DraftState
) -> None:
    begin("earlier")
    own = begin("later", email=None)
    resumption.take_up(session, proof.id, HASH_KEY, now)
    given_up = drafts.get(session, own.id)
    assert given_up is not None
    assert given_up.state == DraftStatus.CANCELLED


def test_without_such_a_draft_there_is_none(
    session: Session, now: datetime, begin: Callable[..., DraftState], proof: DraftState
) -> None:
    begin("earlier", email="robin@example.org")
    begin("yesterday", email=None)
    drafts.cancel(session, begin("last week").id, now)
    assert resumption.take_up(session, proof.id, HASH_KEY, now) is None


def test_without_the_code_nothing_is_told(
    session: Session,
    now: datetime,
    begin: Callable[..., DraftState],
    short_draft: Callable[..., DraftState],
) -> None:
    begin("earlier")
    unproven = short_draft(session, Journey.RESUMPTION, conversation_id="later", email=EMAIL)
    with pytest.raises(NotVerified):
        resumption.take_up(session, unproven.id, HASH_KEY, now)


def test_a_code_for_another_end_proves_nothing_here(
    session: Session,
    now: datetime,
    begin: Callable[..., DraftState],
    short_draft: Callable[..., DraftState],
    verify: Callable[..., None],
) -> None:
    begin("earlier")
    other = short_draft(session, Journey.OWN_REQUESTS, conversation_id="later", email=EMAIL)
    verify(session, other)
    with pytest.raises(UnknownDraft):
        resumption.take_up(session, other.id, HASH_KEY, now)
