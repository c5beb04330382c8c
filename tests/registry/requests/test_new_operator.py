"""A draft that describes an operator creates it with its request, once, in one transaction."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.models import (
    AuthorisationRequest,
    ControlBody,
    Operator,
    OutboxMail,
    RequestEvent,
    User,
)
from registry.services import directory, drafts
from registry.services.drafts import DraftState
from registry.services.requests import (
    DraftIncomplete,
    FiledRequest,
    NotVerified,
    OperatorExists,
    file_request,
    status_of,
    withdraw,
)
from registry.transitions import Actor, TransitionRefused, move, move_operator
from registry.vocabulary import (
    ActorKind,
    AuthorisationStatus,
    Environment,
    Journey,
    OrganisationStatus,
)

NATIONAL_AUTHORITY = Actor(ActorKind.NATIONAL_AUTHORITY, "authority:1")
ADDRESS = "camille.exemple@example.org"
DESCRIBED = {
    "searched": "fratelli rossi",
    "operator_name": "Fratelli Rossi S.p.A.",
    "operator_country": "IT",
    "operator_city": "20121 Milano",
    "operator_address": "Via Roma 12",
    "operator_contact": "fax +390255551234",
    "operator_section": "ORGANIC IMPORTER",
    "operator_activity": "Organic Importer",
}
DETAILS = {
    "operator_region": "Lombardia",
    "operator_coordinates": "45.4642, 9.19",
    "operator_eori": "IT12345678901",
    "operator_vat": "IT12345678901",
    "operator_identifier": "REA MI-1234567",
    "operator_valid_from": "2026-12-01",
    "operator_valid_to": "2027-11-30",
}

Enter = Callable[..., DraftState]
File = Callable[..., FiledRequest]


@pytest.fixture
def enter(now: datetime) -> Enter:
    """Enters a draft that describes an operator: `enter(session, operator_city=…)`; None leaves."""

    def do(session: Session, *, conversation_id: str = "conversation-1", **fields) -> DraftState:
        draft = drafts.open_draft(session, conversation_id, Journey.ACCESS_REQUEST, now)
        whole = {
            "environment": "production",
            "kind": "operator",
            "organisation_id": "new",
            "full_name": "Camille Exemple",
            "email": ADDRESS,
            "language": "fr",
            **DESCRIBED,
            **fields,
        }
        for name, value in whole.items():
            draft = drafts.save_field(session, draft.id, name, value, now)
        return draft

    return do


@pytest.fixture
def create(enter: Enter, verify, now: datetime, hash_key: str) -> File:
    """Enters, verifies and files such a draft."""

    def do(session: Session, **fields) -> FiledRequest:
        draft = enter(session, **fields)
        verify(session, draft)
        return file_request(session, draft.id, hash_key, now)

    return do


def count(session: Session, table: type) -> int:
    return session.scalars(select(func.count()).select_from(table)).one()


def operator_in(session: Session) -> Operator:
    return session.scalars(select(Operator)).one()


def test_operator_and_request_are_recorded_together(session: Session, create: File) -> None:
    """S51, X19: the operator New, the request Requested."""
    filed = create(session)
    operator = operator_in(session)
    assert (operator.status, operator.environment, operator.traces_number) == (
        "New",
        "production",
        None,
    )
    assert (filed.organisation.id, filed.organisation.status) == (operator.id, "New")
    request = session.scalars(select(AuthorisationRequest)).one()
    assert (request.status, request.organisation_id, request.requested_role) == (
        "Requested",
        operator.id,
        "operator",
    )
    assert count(session, RequestEvent) == 1


def test_what_was_said_of_the_operator_is_kept(session: Session, create: File) -> None:
    """S46, S48, X21: one activity."""
    create(session)
    operator = operator_in(session)
    assert (operator.name, operator.country, operator.city, operator.address) == (
        "Fratelli Rossi S.p.A.",
        "IT",
        "20121 Milano",
        "Via Roma 12",
    )
    assert (operator.phone, operator.fax, operator.email, operator.website) == (
        None,
        "+390255551234",
        None,
        None,
    )
    (activity,) = operator.activities
    assert (
        activity.chapter,
        activity.section_label,
        activity.section_code,
        activity.activity,
        activity.control_body_id,
        activity.valid_from,
    ) == ("Organic", "Organic Importer", "ORGANIC IMPORTER", "Organic Importer", None, None)
    assert operator.identifiers == []


@pytest.mark.parametrize(
    ("contact", "column", "value"),
    [
        ("+390255551234", "phone", "+390255551234"),
        ("info@example.org", "email", "info@example.org"),
        ("https://example.org", "website", "https://example.org"),
    ],
)
def test_the_means_of_contact_goes_where_it_belongs(
    session: Session, create: File, contact: str, column: str, value: str
) -> None:
    """S45."""
    create(session, operator_contact=contact)
    assert getattr(operator_in(session), column) == value


def test_the_details_are_kept_where_they_were_given(session: Session, create: File) -> None:
    """S47, S49."""
    body = ControlBody(
        environment=Environment.PRODUCTION,
        status=OrganisationStatus.VALID,
        name="Certimodello",
        country="IT",
        code="IT-BIO-901",
        created_at=datetime.fromisoformat("2026-11-23T09:00:00+00:00"),
    )
    directory.index(body)
    session.add(body)
    session.flush()
    create(session, **DETAILS, operator_control_body=str(body.id))
    operator = operator_in(session)
    assert (operator.administrative_region, operator.latitude, operator.longitude) == (
        "Lombardia",
        45.4642,
        9.19,
    )
    assert [(known.type, known.value) for known in operator.identifiers] == [
        ("EORI", "IT12345678901"),
        ("VAT", "IT12345678901"),
        ("other", "REAMI1234567"),
    ]
    (activity,) = operator.activities
    assert (activity.control_body_id, activity.valid_from, activity.valid_to) == (
        body.id,
        date(2026, 12, 1),
        date(2027, 11, 30),
    )


def test_the_new_operator_is_found_in_the_directory(session: Session, create: File) -> None:
    create(session)
    query = directory.OrganisationQuery("fratelli rossi", Environment.PRODUCTION)
    assert [found.status for found in directory.search(session, query).organisations] == ["New"]


def test_the_same_draft_creates_one_operator(
    session: Session, enter: Enter, verify, now: datetime, hash_key: str
) -> None:
    draft = enter(session)
    verify(session, draft)
    first = file_request(session, draft.id, hash_key, now)
    again = file_request(session, draft.id, hash_key, now)
    assert (again.reference, again.already_filed) == (first.reference, True)
    assert count(session, Operator) == count(session, AuthorisationRequest) == 1


def test_nothing_is_created_before_the_code(
    session: Session, enter: Enter, now: datetime, hash_key: str
) -> None:
    draft = enter(session)
    with pytest.raises(NotVerified):
        file_request(session, draft.id, hash_key, now)
    assert count(session, Operator) == count(session, User) == 0


def test_a_search_comes_first(session: Session, create: File) -> None:
    """S42, X20."""
    with pytest.raises(DraftIncomplete) as incomplete:
        create(session, searched=None)
    assert incomplete.value.fields == ("searched",)
    assert count(session, Operator) == 0


@pytest.mark.parametrize("field", [name for name in DESCRIBED if name != "searched"])
def test_what_is_starred_is_needed(session: Session, create: File, field: str) -> None:
    """S46, S48, S45."""
    with pytest.raises(DraftIncomplete) as incomplete:
        create(session, **{field: None})
    assert field in incomplete.value.fields
    assert count(session, Operator) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("operator_name", "<b>"),
        ("operator_country", "Atlantide"),
        ("operator_city", "75011"),
        ("operator_address", "-"),
        ("operator_contact", "bonjour"),
        ("operator_section", "ORGANIC BEEKEEPER"),
        # X23: of third countries.
        ("operator_section", "ORGANIC EXPORTER"),
        ("operator_activity", "Organic Trader"),
        ("operator_coordinates", "99, 200"),
        ("operator_eori", "bonjour"),
        ("operator_vat", "bonjour"),
        ("operator_identifier", "x"),
        ("operator_valid_from", "bientôt"),
        ("operator_control_body", "Certisys"),
        ("operator_control_body", "999999"),
    ],
)
def test_what_cannot_be_used_is_refused_here_too(
    session: Session, create: File, field: str, value: str
) -> None:
    with pytest.raises(DraftIncomplete) as incomplete:
        create(session, **{field: value})
    assert field in incomplete.value.fields


def test_a_control_body_is_one_of_the_same_site(
    session: Session, create: File, add_operator
) -> None:
    operator = add_operator(session)
    with pytest.raises(DraftIncomplete):
        create(session, operator_control_body=str(operator.id))


def test_a_validity_does_not_end_before_it_begins(session: Session, create: File) -> None:
    with pytest.raises(DraftIncomplete) as incomplete:
        create(session, operator_valid_from="2027-01-01", operator_valid_to="2026-12-31")
    assert incomplete.value.fields == ("operator_valid_to",)


def test_the_very_operator_is_not_created_twice(
    session: Session, create: File, add_operator
) -> None:
    known = add_operator(session, "FRATELLI ROSSI SPA", country="IT", city="Milano")
    with pytest.raises(OperatorExists) as refusal:
        create(session)
    assert refusal.value.organisation.id == known.id
    assert count(session, Operator) == 1
    assert count(session, User) == 0


def test_two_drafts_of_the_same_operator_create_it_once(session: Session, create: File) -> None:
    create(session)
    with pytest.raises(OperatorExists):
        create(session, conversation_id="conversation-2", email="dominique@example.org")
    assert count(session, Operator) == 1


def test_an_existing_organisation_needs_nothing_of_the_operator(
    session: Session, add_operator, file
) -> None:
    """What was typed before the right one was found is not looked at."""
    filed = file(session, add_operator(session), operator_name="Fratelli Rossi", operator_city="?")
    assert filed.organisation.name == "Huilerie des Collines"
    assert count(session, Operator) == 1


def test_no_mail_repeats_what_was_typed(
    session: Session, create: File, short_draft, verify, now: datetime, hash_key: str
) -> None:
    filed = create(session, operator_name="Cliquez ici vite")
    draft = short_draft(
        session, Journey.WITHDRAWAL, conversation_id="conversation-2", reference=filed.reference
    )
    verify(session, draft)
    withdraw(session, draft.id, hash_key, now)
    mails = session.scalars(select(OutboxMail).where(OutboxMail.kind != "code")).all()
    assert [mail.kind for mail in mails] == ["request_filed_for_new_operator", "request_withdrawn"]
    assert not any("Cliquez" in str(mail.parameters) for mail in mails)


def test_somebody_else_s_request_for_it_does_not_mail_its_name_either(
    session: Session, create: File, file
) -> None:
    create(session, operator_name="Cliquez ici vite")
    file(
        session,
        operator_in(session),
        conversation_id="conversation-2",
        email="dominique@example.org",
    )
    mails = session.scalars(select(OutboxMail).where(OutboxMail.kind != "code")).all()
    assert [mail.kind for mail in mails] == ["request_filed_for_new_operator"] * 2
    assert not any("Cliquez" in str(mail.parameters) for mail in mails)


def test_the_request_waits_for_its_operator(session: Session, create: File, now: datetime) -> None:
    """X19: the operator first, then the role."""
    filed = create(session)
    request = session.scalars(select(AuthorisationRequest)).one()
    with pytest.raises(TransitionRefused):
        move(session, request, AuthorisationStatus.VALID, NATIONAL_AUTHORITY, None, now)
    told = status_of(session, filed.reference, ADDRESS)
    assert told is not None
    assert told.waits_for_operator
    move_operator(
        session, operator_in(session), OrganisationStatus.VALID, NATIONAL_AUTHORITY, None, now
    )
    told = status_of(session, filed.reference, ADDRESS)
    assert told is not None
    assert not told.waits_for_operator
    move(session, request, AuthorisationStatus.VALID, NATIONAL_AUTHORITY, None, now)


def test_a_rejected_operator_takes_its_request_along(
    session: Session, create: File, now: datetime
) -> None:
    filed = create(session)
    move_operator(
        session, operator_in(session), OrganisationStatus.REJECTED, NATIONAL_AUTHORITY, None, now
    )
    told = status_of(session, filed.reference, ADDRESS)
    assert told is not None
    assert (told.status, told.waits_for_operator) == ("Rejected", False)
