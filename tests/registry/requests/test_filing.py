"""A verified draft becomes one request, once, and no second one beside it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count as count_from
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, OutboxMail, RequestEvent, User
from registry.references import parse_reference
from registry.services import drafts
from registry.services.requests import (
    DraftIncomplete,
    FiledRequest,
    NotVerified,
    OrganisationUnavailable,
    RequestAlreadyOpen,
    RequestAlreadyValid,
    RequestSuspended,
    file_request,
    filing,
)
from registry.session import Database
from registry.transitions import Actor, move, user_identity
from registry.vocabulary import (
    ActorKind,
    AuthorisationStatus,
    AuthorityRole,
    Environment,
    Journey,
    OrganisationStatus,
)

NATIONAL_AUTHORITY = Actor(ActorKind.NATIONAL_AUTHORITY, "authority:1")


def count(session: Session, table: type) -> int:
    return session.scalars(select(func.count()).select_from(table)).one()


def test_filing_says_what_was_filed(session: Session, add_operator, file) -> None:
    operator = add_operator(session, "Moulin Bio", traces_number="BE-ORG-OP-9")
    filed = file(session, operator)
    assert parse_reference(filed.reference) == filed.reference
    assert filed.organisation.number == "BE-ORG-OP-9"
    assert (filed.environment, filed.email, filed.language, filed.already_filed) == (
        "production",
        "camille.exemple@example.org",
        "fr",
        False,
    )
    assert filed.deciders == ("national_authority", "organisation_administrator")


def test_filing_writes_request_event_user_and_closes_the_draft(
    session: Session, now: datetime, add_operator, file, request_of
) -> None:
    filed = file(session, add_operator(session), message="Bonjour", contact_phone="+3281000000")
    request = request_of(session, filed.reference)
    assert (request.status, request.requested_role, request.message, request.contact_phone) == (
        "Requested",
        "operator",
        "Bonjour",
        "+3281000000",
    )
    assert (request.user.email, request.user.full_name, request.user.email_language) == (
        "camille.exemple@example.org",
        "Camille Exemple",
        "fr",
    )
    assert [(event.from_status, event.to_status, event.actor) for event in request.events] == [
        (None, "Requested", user_identity(request.user_id))
    ]
    draft = drafts.get(session, request.draft_id)
    assert draft is not None
    assert draft.state == "filed"


def test_the_role_asked_of_an_authority_is_its_own(
    session: Session, add_authority, file, request_of
) -> None:
    filed = file(session, add_authority(session, role=AuthorityRole.CO))
    assert request_of(session, filed.reference).requested_role == "CO"


def test_the_mail_holds_nothing_the_requester_typed_freely(
    session: Session, add_operator, file
) -> None:
    filed = file(session, add_operator(session, "Moulin Bio"), message="<b>Cliquez ici</b>")
    mail = session.scalars(select(OutboxMail).where(OutboxMail.kind == "request_filed")).one()
    assert mail.recipient == "camille.exemple@example.org"
    assert mail.parameters == {
        "reference": filed.reference,
        "organisation_name": "Moulin Bio",
        "environment": "production",
        "deciders": ["national_authority", "organisation_administrator"],
    }


def test_the_same_draft_is_filed_once(
    session: Session, now: datetime, hash_key: str, add_operator, file, request_of
) -> None:
    first = file(session, add_operator(session))
    draft_id = request_of(session, first.reference).draft_id
    again = file_request(session, draft_id, hash_key, now + timedelta(days=2))
    assert (again.reference, again.already_filed) == (first.reference, True)
    assert count(session, AuthorisationRequest) == count(session, RequestEvent) == 1
    assert len(session.scalars(select(OutboxMail.id)).all()) == 2  # the code, the confirmation


def test_two_at_once_file_the_same_draft_once(
    database: Database, now: datetime, hash_key: str, add_operator, full_draft, verify
) -> None:
    with database.transaction() as session:
        draft = full_draft(session, add_operator(session))
        verify(session, draft)
    together = Barrier(2)

    def file_it() -> FiledRequest:
        together.wait()
        with database.transaction() as session:
            return file_request(session, draft.id, hash_key, now)

    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(file_it) for _ in range(2)]
        filed = [future.result() for future in futures]
    assert len({one.reference for one in filed}) == 1
    assert sorted(one.already_filed for one in filed) == [False, True]
    with database.transaction() as session:
        assert count(session, AuthorisationRequest) == count(session, User) == 1


def test_two_at_once_with_two_drafts_leave_one_request(
    database: Database, now: datetime, hash_key: str, add_operator, full_draft, verify
) -> None:
    with database.transaction() as session:
        operator = add_operator(session)
        entered = []
        for conversation_id in ("a", "b"):
            draft = full_draft(session, operator, conversation_id=conversation_id)
            verify(session, draft)
            entered.append(draft.id)
    together = Barrier(2)

    def file_it(draft_id: str) -> str:
        together.wait()
        try:
            with database.transaction() as session:
                return file_request(session, draft_id, hash_key, now).reference
        except RequestAlreadyOpen as refusal:
            return refusal.reference

    with ThreadPoolExecutor(2) as pool:
        references = list(pool.map(file_it, entered))
    assert references[0] == references[1]
    with database.transaction() as session:
        assert count(session, AuthorisationRequest) == 1


@pytest.fixture
def seen_too_early(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The next look for a requester finds nobody: what another tab files comes right after it.

    So it is on PostgreSQL, where two transactions write at once.
    """

    def arrange() -> None:
        known, looks = filing._known, count_from(1)
        monkeypatch.setattr(
            filing,
            "_known",
            lambda session, email: None if next(looks) == 1 else known(session, email),
        )

    return arrange


def test_a_first_request_filed_in_another_tab_just_before_is_told(
    session: Session, add_operator, file, seen_too_early
) -> None:
    operator = add_operator(session)
    first = file(session, operator)
    seen_too_early()
    with pytest.raises(RequestAlreadyOpen) as refusal:
        file(session, operator, conversation_id="b")
    assert refusal.value.reference == first.reference
    assert count(session, AuthorisationRequest) == count(session, User) == 1


def test_two_first_requests_at_once_for_two_organisations_are_one_persons(
    session: Session, add_operator, file, seen_too_early
) -> None:
    first = file(session, add_operator(session, "Moulin Bio"))
    seen_too_early()
    second = file(session, add_operator(session, "Ferme Bio"), conversation_id="b")
    assert second.reference != first.reference
    assert count(session, AuthorisationRequest) == 2
    assert count(session, User) == 1


def test_another_draft_for_the_same_access_is_refused(session: Session, add_operator, file) -> None:
    operator = add_operator(session)
    first = file(session, operator)
    with pytest.raises(RequestAlreadyOpen) as refusal:
        file(session, operator, conversation_id="b", email="CAMILLE.exemple@example.org")
    assert refusal.value.reference == first.reference
    assert count(session, AuthorisationRequest) == 1


def test_someone_who_has_the_role_is_told(
    session: Session, now: datetime, add_operator, file, request_of
) -> None:
    operator = add_operator(session)
    request = request_of(session, file(session, operator).reference)
    move(session, request, AuthorisationStatus.VALID, NATIONAL_AUTHORITY, None, now)
    with pytest.raises(RequestAlreadyValid) as refusal:
        file(session, operator, conversation_id="b")
    assert refusal.value.reference == request.reference


def test_after_a_rejection_a_new_request_can_be_made(
    session: Session, now: datetime, add_operator, file, request_of
) -> None:
    operator = add_operator(session)
    request = request_of(session, file(session, operator).reference)
    move(session, request, AuthorisationStatus.REJECTED, NATIONAL_AUTHORITY, "Unknown", now)
    assert file(session, operator, conversation_id="b").reference != request.reference


def test_somebody_else_may_ask_for_the_same_organisation(
    session: Session, add_operator, file
) -> None:
    operator = add_operator(session)
    file(session, operator)
    file(session, operator, conversation_id="b", email="dominique@example.org")
    assert count(session, AuthorisationRequest) == count(session, User) == 2


def test_a_returning_person_is_one_user_with_the_latest_language(
    session: Session, add_operator, file
) -> None:
    file(session, add_operator(session))
    file(session, add_operator(session), conversation_id="b", language="en")
    user = session.scalars(select(User)).one()
    assert user.email_language == "en"


def test_an_unverified_draft_is_not_filed(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft
) -> None:
    draft = full_draft(session, add_operator(session))
    with pytest.raises(NotVerified):
        file_request(session, draft.id, hash_key, now)
    assert count(session, AuthorisationRequest) == count(session, User) == 0


def test_a_draft_changed_after_the_code_is_not_filed(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft, verify
) -> None:
    draft = full_draft(session, add_operator(session))
    verify(session, draft)
    drafts.save_field(session, draft.id, "email", "dominique@example.org", now)
    with pytest.raises(NotVerified):
        file_request(session, draft.id, hash_key, now)


def test_a_code_sent_to_another_address_proves_nothing(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft, verify
) -> None:
    draft = full_draft(session, add_operator(session), email="dominique@example.org")
    elsewhere = drafts.DraftState(
        draft.id,
        draft.conversation_id,
        draft.journey,
        {**draft.fields, "email": "camille@example.org"},
        draft.version,
        draft.state,
    )
    verify(session, elsewhere)
    with pytest.raises(NotVerified):
        file_request(session, draft.id, hash_key, now)


@pytest.mark.parametrize(
    "field", ["environment", "organisation_id", "full_name", "email", "language"]
)
def test_each_missing_field_is_named(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft, field: str
) -> None:
    draft = full_draft(session, add_operator(session))
    drafts.save_field(session, draft.id, field, None, now)
    with pytest.raises(DraftIncomplete) as refusal:
        file_request(session, draft.id, hash_key, now)
    assert refusal.value.fields == (field,)


@pytest.mark.parametrize(
    ("field", "value"),
    [("environment", "acceptance"), ("organisation_id", "5 or 6"), ("language", "de")],
)
def test_an_unusable_field_counts_as_missing(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft, field, value
) -> None:
    draft = full_draft(session, add_operator(session))
    drafts.save_field(session, draft.id, field, value, now)
    with pytest.raises(DraftIncomplete) as refusal:
        file_request(session, draft.id, hash_key, now)
    assert refusal.value.fields == (field,)


def test_a_cancelled_draft_is_not_filed(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft, verify
) -> None:
    draft = full_draft(session, add_operator(session))
    verify(session, draft)
    drafts.cancel(session, draft.id, now)
    with pytest.raises(drafts.DraftClosed):
        file_request(session, draft.id, hash_key, now)


def test_an_unknown_draft_is_not_filed(session: Session, now: datetime, hash_key: str) -> None:
    with pytest.raises(drafts.UnknownDraft):
        file_request(session, "none", hash_key, now)


@pytest.mark.parametrize("change", ["rejected", "other site", "gone"])
def test_an_organisation_that_is_not_there_is_said(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft, verify, change
) -> None:
    operator = add_operator(session)
    draft = full_draft(session, operator)
    if change == "gone":
        draft = drafts.save_field(session, draft.id, "organisation_id", 12345, now)
    verify(session, draft)
    if change == "rejected":
        operator.status = OrganisationStatus.REJECTED
    if change == "other site":
        operator.environment = Environment.TRAINING
    with pytest.raises(OrganisationUnavailable):
        file_request(session, draft.id, hash_key, now)


def test_a_suspended_role_is_not_asked_for_anew(
    session: Session, now: datetime, add_operator, file, request_of
) -> None:
    operator = add_operator(session)
    request = request_of(session, file(session, operator).reference)
    for status in (AuthorisationStatus.VALID, AuthorisationStatus.SUSPENDED):
        move(session, request, status, NATIONAL_AUTHORITY, None, now)
    with pytest.raises(RequestSuspended) as refusal:
        file(session, operator, conversation_id="b")
    assert refusal.value.reference == request.reference


@pytest.mark.parametrize(
    "end",
    [
        (AuthorisationStatus.CANCELLED,),
        (AuthorisationStatus.REJECTED,),
        (AuthorisationStatus.VALID, AuthorisationStatus.REMOVED),
    ],
    ids=str,
)
def test_after_a_request_has_ended_a_new_one_can_be_made(
    session: Session, now: datetime, add_operator, file, request_of, end
) -> None:
    operator = add_operator(session)
    request = request_of(session, file(session, operator).reference)
    requester = Actor(ActorKind.REQUESTER, user_identity(request.user_id))
    for status in end:
        by = requester if status == AuthorisationStatus.CANCELLED else NATIONAL_AUTHORITY
        move(session, request, status, by, None, now)
    again = file(session, operator, conversation_id="b")
    assert again.reference != request.reference
    assert request_of(session, again.reference).status == "Requested"


def test_the_second_site_is_a_request_of_its_own(session: Session, add_operator, file) -> None:
    """S22, S23: nothing is copied from one to the other."""
    filed = [
        file(
            session,
            add_operator(session, environment=environment, traces_number="BE-ORG-OP-9"),
            conversation_id=environment,
        )
        for environment in Environment
    ]
    assert [one.environment for one in filed] == ["production", "training"]
    assert count(session, AuthorisationRequest) == 2
    assert count(session, User) == 1


def test_another_role_in_the_same_authority_is_a_request_of_its_own(
    session: Session, add_authority, file
) -> None:
    authority = add_authority(session, role=AuthorityRole.CAFOP)
    first = file(session, authority)
    other = file(session, authority, conversation_id="b", requested_role="CAOPL")
    assert (first.requested_role, other.requested_role) == ("CAFOP", "CAOPL")
    assert first.reference != other.reference
    with pytest.raises(RequestAlreadyOpen) as refusal:
        file(session, authority, conversation_id="c", requested_role="CAFOP")
    assert refusal.value.reference == first.reference


def test_an_authority_without_a_role_is_asked_for_the_role_in_the_draft(
    session: Session, add_authority, file
) -> None:
    filed = file(session, add_authority(session, role=None), requested_role="CO")
    assert filed.requested_role == "CO"


def test_a_role_that_an_organisation_cannot_have_is_refused(
    session: Session, add_operator, add_authority, file
) -> None:
    for organisation, role, conversation in (
        (add_operator(session), "CAFOP", "a"),
        (add_authority(session), "operator", "b"),
        (add_authority(session), "anything", "c"),
    ):
        with pytest.raises(DraftIncomplete) as refusal:
            file(session, organisation, requested_role=role, conversation_id=conversation)
        assert refusal.value.fields == ("requested_role",)
    assert count(session, AuthorisationRequest) == count(session, User) == 0


def test_a_refused_request_changes_nothing_of_the_person(
    session: Session, add_operator, full_draft, verify, file, now: datetime, hash_key: str
) -> None:
    operator = add_operator(session)
    file(session, operator)
    draft = full_draft(session, operator, conversation_id="b", language="en", full_name="Robin X")
    verify(session, draft)
    with pytest.raises(RequestAlreadyOpen):
        file_request(session, draft.id, hash_key, now)
    user = session.scalars(select(User)).one()
    assert (user.full_name, user.email_language) == ("Camille Exemple", "fr")


def test_a_code_for_another_journey_files_nothing(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft, short_draft, verify
) -> None:
    draft = full_draft(session, add_operator(session))
    verify(session, short_draft(session, Journey.OWN_REQUESTS))
    with pytest.raises(NotVerified):
        file_request(session, draft.id, hash_key, now)
