"""The tables hold what they promise: times in UTC, closed words, events never rewritten."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, RequestEvent, Turn, User
from registry.services.requests import file_request
from registry.session import Database
from registry.vocabulary import AuthorisationStatus


@pytest.fixture
def filed(database: Database, now: datetime, hash_key: str, add_operator, full_draft, verify):
    """A database with one request in it."""
    with database.transaction() as session:
        draft = full_draft(session, add_operator(session))
        verify(session, draft)
        file_request(session, draft.id, hash_key, now)
    return database


def test_times_come_back_as_the_same_moment_in_utc(database: Database) -> None:
    paris = datetime(2026, 7, 1, 12, 30, 15, 123456, tzinfo=timezone(timedelta(hours=2)))
    with database.transaction() as session:
        session.add(Turn(conversation_id="a", message_id="m", at=paris, outcome="answered"))
    with database.transaction() as session:
        at = session.query(Turn).one().at
    assert at == paris
    assert at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    naive = datetime(2026, 7, 1, 12, 30)
    session.add(Turn(conversation_id="a", message_id="m", at=naive, outcome="answered"))
    with pytest.raises(StatementError, match="without a zone"):
        session.flush()
    session.rollback()


@pytest.mark.parametrize("change", [update(RequestEvent).values(reason="x"), delete(RequestEvent)])
def test_events_cannot_be_rewritten(filed: Database, change) -> None:
    with pytest.raises(IntegrityError, match="append-only"), filed.transaction() as session:
        session.execute(change)


def test_a_status_outside_the_words_is_refused(filed: Database) -> None:
    with pytest.raises(IntegrityError), filed.transaction() as session:
        session.execute(text("UPDATE authorisation_requests SET status = 'Approved'"))


def test_an_email_is_kept_in_lower_case(filed: Database) -> None:
    with pytest.raises(IntegrityError), filed.transaction() as session:
        session.execute(update(User).values(email="Camille@example.org"))


def test_the_database_itself_refuses_a_second_open_request(filed: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError), filed.transaction() as session:
        first = session.query(AuthorisationRequest).one()
        session.add(
            AuthorisationRequest(
                reference="TR-2222-2222-2",
                draft_id="another",
                environment=first.environment,
                user_id=first.user_id,
                organisation_id=first.organisation_id,
                requested_role=first.requested_role,
                language="fr",
                status=AuthorisationStatus.REQUESTED,
                created_at=now,
            )
        )


def test_a_request_needs_its_organisation(filed: Database) -> None:
    with pytest.raises(IntegrityError), filed.transaction() as session:
        session.execute(text("DELETE FROM organisations"))
