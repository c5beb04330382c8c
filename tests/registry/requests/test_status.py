"""The owner of a request, and nobody else, learns how it stands."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from registry.references import BadReference, new_reference
from registry.services.requests import status_of
from registry.session import Database
from registry.transitions import Actor, move
from registry.vocabulary import ActorKind, AuthorisationStatus

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
