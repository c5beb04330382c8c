"""The owner of a request, and nobody else, learns how it stands; with a code, how all stand."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from registry.references import BadReference, new_reference
from registry.services import drafts
from registry.services.requests import DraftIncomplete, NotVerified, of_address, status_of
from registry.session import Database
from registry.transitions import Actor, move
from registry.vocabulary import ActorKind, AuthorisationStatus, Environment, Journey

NATIONAL_AUTHORITY = Actor(ActorKind.NATIONAL_AUTHORITY, "authority:1")


def test_the_owner_learns_the_status(session: Session, now: datetime, add_operator, file) -> None:
    filed = file(session, add_operator(session, "Moulin Bio"))
    typed = filed.reference.lower().replace("-", " ")
    status = status_of(session, typed, " Camille.Exemple@example.org")
    assert status is not None
    assert (status.reference, status.status, status.organisation_name, status.environment) == (
        filed.reference,
        "Requested",
        "Moulin Bio",
        "production",
    )
    assert (status.created_at, status.decided_at, status.reason) == (now, None, None)
    assert status.deciders == filed.deciders


def test_a_decision_shows_in_the_status(
    session: Session, now: datetime, add_operator, file, request_of
) -> None:
    filed = file(session, add_operator(session))
    request = request_of(session, filed.reference)
    move(session, request, AuthorisationStatus.REJECTED, NATIONAL_AUTHORITY, "Unknown", now)
    status = status_of(session, filed.reference, filed.email)
    assert status is not None
    assert (status.status, status.decided_at, status.reason) == ("Rejected", now, "Unknown")


def test_unknown_and_not_yours_are_answered_alike(session: Session, add_operator, file) -> None:
    filed = file(session, add_operator(session))
    assert status_of(session, filed.reference, "dominique@example.org") is None
    assert status_of(session, new_reference(), filed.email) is None
    assert status_of(session, new_reference(), "") is None


def test_a_mistyped_reference_is_said(session: Session) -> None:
    with pytest.raises(BadReference):
        status_of(session, "TR-2222-2222-3", "camille@example.org")


def test_unknown_and_not_yours_take_the_same_work(
    database: Database, statements: list[str], add_operator, file
) -> None:
    with database.transaction() as session:
        filed = file(session, add_operator(session))
    works = []
    for reference, email in (
        (new_reference(), "dominique@example.org"),
        (filed.reference, "dominique@example.org"),
        (new_reference(), filed.email),
    ):
        with database.transaction() as session:
            statements.clear()
            assert status_of(session, reference, email) is None
            works.append(list(statements))
    assert len(works[0]) == 1
    assert works[0] == works[1] == works[2]


def test_with_a_code_all_requests_of_the_address_are_told_newest_first(
    session: Session,
    now: datetime,
    hash_key: str,
    add_operator,
    add_authority,
    file,
    short_draft,
    verify,
    request_of,
) -> None:
    operator = add_operator(session, "Moulin Bio")
    first = file(session, operator)
    request = request_of(session, first.reference)
    move(session, request, AuthorisationStatus.REJECTED, NATIONAL_AUTHORITY, "Unknown", now)
    day = timedelta(days=1)
    second = file(session, operator, conversation_id="b", at=now + day)
    training = add_operator(session, "Moulin Bio", environment=Environment.TRAINING)
    third = file(session, training, conversation_id="c", at=now + day)
    fourth = file(session, add_authority(session), conversation_id="d", at=now + 2 * day)
    file(session, operator, conversation_id="e", email="dominique@example.org")
    draft = short_draft(session, Journey.OWN_REQUESTS, email="CAMILLE.exemple@example.org")
    verify(session, draft, now + 3 * day)
    told = of_address(session, draft.id, hash_key)
    assert [one.reference for one in told] == [
        one.reference for one in (fourth, third, second, first)
    ]
    assert [one.status for one in told] == ["Requested", "Requested", "Requested", "Rejected"]
    assert [one.requested_role for one in told] == ["CAFOP", "operator", "operator", "operator"]
    assert [one.environment for one in told][1:3] == ["training", "production"]
    assert (told[3].reason, told[3].decided_at) == ("Unknown", now)


def test_an_address_without_requests_has_none(
    session: Session, hash_key: str, add_operator, file, short_draft, verify
) -> None:
    file(session, add_operator(session))
    draft = short_draft(session, Journey.OWN_REQUESTS, email="dominique@example.org")
    verify(session, draft)
    assert of_address(session, draft.id, hash_key) == ()


def test_without_a_code_nothing_is_told(
    session: Session, now: datetime, hash_key: str, add_operator, file, short_draft, verify
) -> None:
    file(session, add_operator(session))
    draft = short_draft(session, Journey.OWN_REQUESTS, email="dominique@example.org")
    with pytest.raises(NotVerified):
        of_address(session, draft.id, hash_key)
    verify(session, draft)
    # Proven was the address before: this one is somebody else's.
    drafts.save_field(session, draft.id, "email", "camille.exemple@example.org", now)
    with pytest.raises(NotVerified):
        of_address(session, draft.id, hash_key)


def test_the_code_of_another_draft_tells_nothing(
    session: Session, hash_key: str, add_operator, file, full_draft, short_draft, verify
) -> None:
    file(session, add_operator(session))
    draft = short_draft(session, Journey.OWN_REQUESTS)
    verify(session, full_draft(session, add_operator(session)))
    verify(session, short_draft(session, Journey.OWN_REQUESTS, conversation_id="b"))
    with pytest.raises(NotVerified):
        of_address(session, draft.id, hash_key)


def test_the_journey_and_the_state_of_the_draft_count(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft, short_draft, verify
) -> None:
    other = full_draft(session, add_operator(session))
    verify(session, other)
    with pytest.raises(drafts.UnknownDraft):
        of_address(session, other.id, hash_key)
    with pytest.raises(drafts.UnknownDraft):
        of_address(session, "none", hash_key)
    draft = short_draft(session, Journey.OWN_REQUESTS)
    verify(session, draft)
    drafts.cancel(session, draft.id, now)
    with pytest.raises(drafts.DraftClosed):
        of_address(session, draft.id, hash_key)


def test_a_draft_without_an_address_is_incomplete(
    session: Session, now: datetime, hash_key: str
) -> None:
    draft = drafts.open_draft(session, "a", Journey.OWN_REQUESTS, now)
    with pytest.raises(DraftIncomplete) as refusal:
        of_address(session, draft.id, hash_key)
    assert refusal.value.fields == ("email",)


def test_known_and_unknown_addresses_take_the_same_statements(
    database: Database, statements: list[str], hash_key: str, add_operator, file, short_draft
) -> None:
    """Without a code, not even the work tells whether the address has requests."""
    with database.transaction() as session:
        filed = file(session, add_operator(session))
    works = []
    for number, email in enumerate((filed.email, "dominique@example.org")):
        with database.transaction() as session:
            draft = short_draft(
                session, Journey.OWN_REQUESTS, email=email, conversation_id=str(number)
            )
        with database.transaction() as session:
            statements.clear()
            with pytest.raises(NotVerified):
                of_address(session, draft.id, hash_key)
            works.append(list(statements))
    assert works[0] == works[1]
