"""The requester takes back an open request, once; nobody else learns that there is one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, OutboxMail, RequestEvent
from registry.references import new_reference
from registry.services import drafts
from registry.services.drafts import DraftState
from registry.services.requests import (
    DraftIncomplete,
    FiledRequest,
    NotVerified,
    NotWithdrawable,
    RequestUnknown,
    withdraw,
)
from registry.session import Database
from registry.transitions import Actor, TransitionRefused, move, user_identity
from registry.vocabulary import ActorKind, AuthorisationStatus, Journey

NATIONAL_AUTHORITY = Actor(ActorKind.NATIONAL_AUTHORITY, "authority:1")


@pytest.fixture
def enter(short_draft, verify) -> Callable[..., DraftState]:
    """Enters and verifies a withdrawal: `enter(session, reference, email=…, …)`."""

    def do(session: Session, reference: str, **fields: str) -> DraftState:
        draft = short_draft(session, Journey.WITHDRAWAL, reference=reference, **fields)
        verify(session, draft)
        return draft

    return do


@pytest.fixture
def filed(session: Session, add_operator, file) -> FiledRequest:
    return file(session, add_operator(session, "Moulin Bio", traces_number="BE-ORG-OP-9"))


def count(session: Session, table: type) -> int:
    return session.scalars(select(func.count()).select_from(table)).one()


def test_a_withdrawn_request_is_cancelled_by_its_requester(
    session: Session, now: datetime, hash_key: str, filed, enter, request_of
) -> None:
    later = now + timedelta(minutes=5)
    withdrawn = withdraw(session, enter(session, filed.reference).id, hash_key, later)
    assert (withdrawn.reference, withdrawn.email, withdrawn.already_withdrawn) == (
        filed.reference,
        "camille.exemple@example.org",
        False,
    )
    assert (withdrawn.organisation, withdrawn.environment) == (filed.organisation, "production")
    request = request_of(session, filed.reference)
    assert (request.status, request.decided_at, request.decided_by) == ("Cancelled", None, None)
    last = request.events[-1]
    assert (last.from_status, last.to_status, last.at, last.actor_kind, last.actor) == (
        "Requested",
        "Cancelled",
        later,
        "requester",
        user_identity(request.user_id),
    )


def test_the_mail_says_what_was_withdrawn_and_nothing_typed(
    session: Session, now: datetime, hash_key: str, add_operator, file, enter
) -> None:
    operator = add_operator(session, "Moulin Bio")
    filed = file(session, operator, message="<b>Cliquez ici</b>", language="en")
    withdraw(session, enter(session, filed.reference).id, hash_key, now)
    mail = session.scalars(select(OutboxMail).where(OutboxMail.kind == "request_withdrawn")).one()
    assert (mail.recipient, mail.language) == ("camille.exemple@example.org", "fr")
    assert mail.parameters == {
        "reference": filed.reference,
        "organisation_name": "Moulin Bio",
        "environment": "production",
        "deciders": ["national_authority", "organisation_administrator"],
    }


def test_the_mail_is_in_the_requests_language_where_the_draft_has_none(
    session: Session, now: datetime, hash_key: str, add_operator, file, short_draft, verify
) -> None:
    filed = file(session, add_operator(session), language="en")
    draft = short_draft(session, Journey.WITHDRAWAL, reference=filed.reference)
    draft = drafts.save_field(session, draft.id, "language", None, now)
    verify(session, draft)
    withdraw(session, draft.id, hash_key, now)
    mail = session.scalars(select(OutboxMail).where(OutboxMail.kind == "request_withdrawn")).one()
    assert mail.language == "en"


def test_the_reference_may_be_typed_in_any_form(
    session: Session, now: datetime, hash_key: str, filed, enter
) -> None:
    draft = enter(session, filed.reference.lower().replace("-", " "))
    assert withdraw(session, draft.id, hash_key, now).reference == filed.reference


def test_the_same_draft_withdraws_once(
    session: Session, now: datetime, hash_key: str, filed, enter
) -> None:
    draft = enter(session, filed.reference)
    first = withdraw(session, draft.id, hash_key, now)
    mails, events = count(session, OutboxMail), count(session, RequestEvent)
    again = withdraw(session, draft.id, hash_key, now + timedelta(days=2))
    assert again.already_withdrawn
    assert (again.reference, again.organisation) == (first.reference, first.organisation)
    assert (count(session, OutboxMail), count(session, RequestEvent)) == (mails, events)
    kept = drafts.get(session, draft.id)
    assert kept is not None
    assert kept.state == "filed"


def test_another_draft_is_told_that_it_is_cancelled(
    session: Session, now: datetime, hash_key: str, filed, enter
) -> None:
    withdraw(session, enter(session, filed.reference).id, hash_key, now)
    draft = enter(session, filed.reference, conversation_id="b")
    with pytest.raises(NotWithdrawable) as refusal:
        withdraw(session, draft.id, hash_key, now)
    assert (refusal.value.reference, refusal.value.status) == (filed.reference, "Cancelled")


@pytest.mark.parametrize(
    "path",
    [
        (AuthorisationStatus.VALID,),
        (AuthorisationStatus.REJECTED,),
        (AuthorisationStatus.VALID, AuthorisationStatus.SUSPENDED),
        (AuthorisationStatus.VALID, AuthorisationStatus.REMOVED),
    ],
    ids=str,
)
def test_what_is_decided_is_not_withdrawn(
    session: Session, now: datetime, hash_key: str, filed, enter, request_of, path
) -> None:
    request = request_of(session, filed.reference)
    for status in path:
        move(session, request, status, NATIONAL_AUTHORITY, None, now)
    draft = enter(session, filed.reference)
    mails = count(session, OutboxMail)
    with pytest.raises(NotWithdrawable) as refusal:
        withdraw(session, draft.id, hash_key, now)
    assert refusal.value.status == request.status == path[-1]
    assert count(session, OutboxMail) == mails
    kept = drafts.get(session, draft.id)
    assert kept is not None
    assert kept.state == "open"


def test_after_a_withdrawal_a_new_request_can_be_made(
    session: Session, now: datetime, hash_key: str, add_operator, file, enter
) -> None:
    operator = add_operator(session)
    first = file(session, operator)
    withdraw(session, enter(session, first.reference).id, hash_key, now)
    again = file(session, operator)
    assert again.reference != first.reference
    assert not again.already_filed


def test_unknown_and_not_yours_are_refused_alike_with_the_same_work(
    database: Database,
    statements: list[str],
    now: datetime,
    hash_key: str,
    add_operator,
    file,
    enter,
) -> None:
    with database.transaction() as session:
        filed = file(session, add_operator(session))
    refusals, works = [], []
    for number, reference in enumerate((new_reference(), filed.reference)):
        with database.transaction() as session:
            draft = enter(
                session, reference, email="dominique@example.org", conversation_id=str(number)
            )
        with database.transaction() as session:
            statements.clear()
            with pytest.raises(RequestUnknown) as refusal:
                withdraw(session, draft.id, hash_key, now)
            works.append(list(statements))
            refusals.append(str(refusal.value))
    assert works[0] == works[1]
    assert refusals[0] == refusals[1]
    with database.transaction() as session:
        assert session.scalars(select(AuthorisationRequest.status)).all() == ["Requested"]


def test_without_a_code_nothing_is_withdrawn(
    session: Session, now: datetime, hash_key: str, filed, short_draft
) -> None:
    draft = short_draft(session, Journey.WITHDRAWAL, reference=filed.reference)
    with pytest.raises(NotVerified):
        withdraw(session, draft.id, hash_key, now)


@pytest.mark.parametrize(
    ("field", "value"),
    [("reference", "TR-2222-2222-2"), ("email", "dominique@example.org"), ("language", "en")],
)
def test_a_draft_changed_after_the_code_withdraws_nothing(
    session: Session, now: datetime, hash_key: str, filed, enter, field: str, value: str
) -> None:
    """A code proves one reference: with it, no other request can be taken back."""
    draft = enter(session, filed.reference)
    drafts.save_field(session, draft.id, field, value, now)
    with pytest.raises((NotVerified, DraftIncomplete)):
        withdraw(session, draft.id, hash_key, now)


def test_a_code_for_seeing_ones_requests_withdraws_none(
    session: Session, now: datetime, hash_key: str, filed, short_draft, verify
) -> None:
    seeing = short_draft(session, Journey.OWN_REQUESTS, reference=filed.reference)
    verify(session, seeing)
    with pytest.raises(drafts.UnknownDraft):
        withdraw(session, seeing.id, hash_key, now)
    draft = short_draft(session, Journey.WITHDRAWAL, reference=filed.reference)
    with pytest.raises(NotVerified):
        withdraw(session, draft.id, hash_key, now)


@pytest.mark.parametrize("reference", ["", "TR-2222-2222-3", "<b>TR</b>", "x" * 500])
def test_a_draft_without_a_usable_reference_is_incomplete(
    session: Session, now: datetime, hash_key: str, enter, reference: str
) -> None:
    draft = enter(session, reference)
    with pytest.raises(DraftIncomplete) as refusal:
        withdraw(session, draft.id, hash_key, now)
    assert refusal.value.fields == ("reference",)


def test_a_cancelled_or_unknown_draft_withdraws_nothing(
    session: Session, now: datetime, hash_key: str, filed, enter
) -> None:
    draft = enter(session, filed.reference)
    drafts.cancel(session, draft.id, now)
    with pytest.raises(drafts.DraftClosed):
        withdraw(session, draft.id, hash_key, now)
    with pytest.raises(drafts.UnknownDraft):
        withdraw(session, "none", hash_key, now)


def test_a_withdrawal_and_a_decision_at_once_leave_one_of_them(
    database: Database, now: datetime, hash_key: str, add_operator, file, enter, request_of
) -> None:
    with database.transaction() as session:
        reference = file(session, add_operator(session)).reference
        draft = enter(session, reference)
    together = Barrier(2)

    def take_back() -> str:
        together.wait()
        try:
            with database.transaction() as session:
                withdraw(session, draft.id, hash_key, now)
        except NotWithdrawable as refusal:
            return refusal.status
        return "Cancelled"

    def decide() -> str:
        together.wait()
        with database.transaction() as session:
            request = request_of(session, reference)
            with suppress(TransitionRefused):
                move(session, request, AuthorisationStatus.VALID, NATIONAL_AUTHORITY, None, now)
            return str(request.status)

    with ThreadPoolExecutor(2) as pool:
        seen = [future.result() for future in (pool.submit(take_back), pool.submit(decide))]
    with database.transaction() as session:
        request = request_of(session, reference)
        assert len(request.events) == 2
        assert set(seen) == {request.status}
