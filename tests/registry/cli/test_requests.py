"""`make requests`: what those who decide do with the requests until there is a console."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from registry.models import AuthorisationRequest, Operator, OutboxMail
from registry.references import new_reference
from registry.services.requests import FiledRequest
from registry.session import Database
from registry.vocabulary import AuthorisationStatus, OrganisationStatus

Run = Callable[..., str]
AUTHORITY = ("--actor", "national_authority:be-7")


@pytest.fixture
def reference(
    database: Database, add_operator: Callable[..., Operator], file: Callable[..., FiledRequest]
) -> str:
    """The reference of a request for an operator that is Valid."""
    with database.transaction() as session:
        operator = add_operator(session, "Moulin Bio")
        return file(session, operator, message="Bonjour").reference


@pytest.fixture
def new_operator(
    database: Database, add_operator: Callable[..., Operator], file: Callable[..., FiledRequest]
) -> str:
    """The reference of a request for an operator that is New."""
    with database.transaction() as session:
        operator = add_operator(session, "Huilerie Neuve", status=OrganisationStatus.NEW)
        return file(session, operator, conversation_id="conversation-2").reference


def row(database: Database, reference: str) -> AuthorisationRequest:
    with database.transaction() as session:
        wanted = AuthorisationRequest.reference == reference
        found = session.scalars(select(AuthorisationRequest).where(wanted)).one()
        assert found.organisation
        session.expunge_all()
    return found


def mails(database: Database) -> list[tuple[str, str, str | None]]:
    """The kinds, recipients and reasons of the mails about decisions."""
    with database.transaction() as session:
        return [
            (mail.kind, mail.recipient, mail.parameters.get("reason"))
            for mail in session.scalars(select(OutboxMail).order_by(OutboxMail.id))
            if mail.kind not in ("code", "request_filed", "request_filed_for_new_operator")
        ]


def test_without_any_it_says_so(database: Database, run: Run) -> None:
    assert run("requests") == "No request waits for a decision.\n"


def test_those_that_wait_are_listed_a_line_each_without_a_name_or_address(
    run: Run, reference: str, new_operator: str
) -> None:
    header, first, second = run("requests").splitlines()
    assert header.startswith("REFERENCE")
    assert first.startswith(f"{reference}  2026-11-23 09:00  production  Moulin Bio")
    assert first.endswith("national_authority or organisation_administrator")
    assert second.startswith(new_operator) and "  New  " in second
    assert "@" not in first + second and "Camille" not in first + second


def test_one_is_shown_whole(run: Run, reference: str) -> None:
    shown = run("requests", "--show", reference)
    for said in (
        f"{reference}, Requested\n",
        "Organisation: Moulin Bio\n",
        "From: Camille Exemple, camille.exemple@example.org\n",
        "Message: Bonjour\n",
        "2026-11-23 09:00  Requested by requester user:1\n",
    ):
        assert said in shown


def test_a_new_operator_is_shown_as_it_was_described(run: Run, new_operator: str) -> None:
    shown = run("requests", "--show", new_operator)
    assert "Organisation: Huilerie Neuve, New\nAddress: Namur, BE\nReached by: -\n" in shown


def test_an_operator_that_is_valid_is_not_described(run: Run, reference: str) -> None:
    assert "Address: " not in run("requests", "--show", reference)


def test_accepted_it_is_valid_and_its_requester_is_told(
    database: Database, run: Run, reference: str
) -> None:
    said = run("requests", "--accept", reference, *AUTHORITY)
    assert said == f"{reference} is accepted: the mail is on its way.\n"
    accepted = row(database, reference)
    assert (accepted.status, accepted.decided_by) == (AuthorisationStatus.VALID, "be-7")
    assert mails(database) == [("request_accepted", "camille.exemple@example.org", None)]
    assert "Valid by national_authority be-7" in run("requests", "--show", reference)


def test_rejected_its_reason_is_told(database: Database, run: Run, reference: str) -> None:
    run("requests", "--reject", reference, "--reason", "L'e-mail est privé.", *AUTHORITY)
    rejected = row(database, reference)
    assert rejected.status is AuthorisationStatus.REJECTED
    assert rejected.reason == "L'e-mail est privé."
    assert mails(database) == [
        ("request_rejected", "camille.exemple@example.org", "L'e-mail est privé.")
    ]


@pytest.mark.parametrize("reason", [[], ["--reason", " "], ["--reason", "x" * 1001]])
def test_a_rejection_needs_a_reason(
    database: Database, refused: Run, reference: str, reason: list[str]
) -> None:
    assert "reason" in refused("requests", "--reject", reference, *AUTHORITY, *reason)
    assert row(database, reference).status is AuthorisationStatus.REQUESTED
    assert mails(database) == []


def test_suspended_and_accepted_again(database: Database, run: Run, reference: str) -> None:
    run("requests", "--accept", reference, *AUTHORITY)
    run("requests", "--suspend", reference, *AUTHORITY)
    assert row(database, reference).status is AuthorisationStatus.SUSPENDED
    run("requests", "--accept", reference, *AUTHORITY)
    assert row(database, reference).status is AuthorisationStatus.VALID
    assert [kind for kind, _, _ in mails(database)] == [
        "request_accepted",
        "request_suspended",
        "request_accepted",
    ]


def test_a_new_operator_comes_before_its_request(
    database: Database, run: Run, refused: Run, new_operator: str
) -> None:
    """X19."""
    assert "must be Valid first" in refused("requests", "--accept", new_operator, *AUTHORITY)
    run("requests", "--accept-operator", new_operator, *AUTHORITY)
    accepted = row(database, new_operator)
    assert accepted.organisation.status is OrganisationStatus.VALID
    assert accepted.status is AuthorisationStatus.REQUESTED
    assert [kind for kind, _, _ in mails(database)] == ["request_operator_accepted"]
    run("requests", "--accept", new_operator, *AUTHORITY)


def test_a_rejected_operator_takes_its_request_along(
    database: Database, run: Run, new_operator: str
) -> None:
    run("requests", "--reject-operator", new_operator, "--reason", "Elle existe déjà.", *AUTHORITY)
    rejected = row(database, new_operator)
    assert rejected.organisation.status is OrganisationStatus.REJECTED
    assert rejected.status is AuthorisationStatus.REJECTED
    assert [(kind, reason) for kind, _, reason in mails(database)] == [
        ("request_rejected", "Elle existe déjà.")
    ]


@pytest.mark.parametrize(
    "actor", ["", "be-7", "national_authority", "national_authority:", "requester:user:1", "x:y"]
)
def test_who_decides_is_said_by_kind_and_mark(
    database: Database, refused: Run, reference: str, actor: str
) -> None:
    said = refused("requests", "--accept", reference, "--actor", actor)
    assert "ACTOR=KIND:MARK" in said and "commission" in said
    assert row(database, reference).status is AuthorisationStatus.REQUESTED


def test_who_does_not_decide_there_is_refused(refused: Run, reference: str) -> None:
    """S63, S64."""
    said = refused("requests", "--accept", reference, "--actor", "commission:eu-1")
    assert "does not decide for this organisation" in said


def test_a_wrong_reference_is_said_to_be_one(
    database: Database, refused: Run, reference: str
) -> None:
    assert "no reference of a request" in refused("requests", "--show", "TK-7K3M-9QXW-C")
    assert "no such request" in refused("requests", "--show", new_reference())
    assert "no such request" in refused("requests", "--accept", new_reference(), *AUTHORITY)
