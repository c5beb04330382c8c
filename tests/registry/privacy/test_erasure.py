"""All of an address is erased after a code; the history, the figures and the fact of it stay."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.models import (
    AuditEntry,
    AuthorisationRequest,
    Draft,
    Feedback,
    FeedbackComment,
    Operator,
    OutboxMail,
    Ticket,
    TicketEvent,
    User,
    VerificationCode,
)
from registry.services import drafts, outbox, privacy
from registry.services.drafts import DraftClosed, UnknownDraft
from registry.services.requests import FiledRequest, NotVerified, status_of
from registry.services.tickets import open_ticket
from registry.session import Database
from registry.vocabulary import AuthorisationStatus, Journey, OrganisationStatus
from tests.registry.privacy.conftest import ADDRESS, Known


def test_nothing_readable_of_the_person_is_left(
    database: Database, database_url: str, session: Session, now, hash_key, known: Known, proven
) -> None:
    draft = proven(Journey.DATA_ERASURE)
    privacy.erase(session, draft.id, hash_key, now)
    # The mail that says so is the last to know the address.
    session.execute(delete(OutboxMail).where(OutboxMail.kind == "data_erased"))
    session.commit()
    database.close()
    kept = Path(database_url.removeprefix("sqlite:///")).read_bytes().lower()
    for word in (b"camille", b"exemple@", b"bureau@", b"+32 2 000"):
        assert word not in kept


def test_open_requests_are_cancelled_and_their_history_stays(
    session: Session, now: datetime, hash_key: str, known: Known, proven, request_of
) -> None:
    erasure = privacy.erase(session, proven(Journey.DATA_ERASURE).id, hash_key, now)
    assert (erasure.cancelled_requests, erasure.already_done) == (1, False)
    request = request_of(session, known.filed.reference)
    assert request.status is AuthorisationStatus.CANCELLED
    assert [event.to_status.value for event in request.events] == ["Requested", "Cancelled"]
    assert {event.actor for event in request.events} == {f"user:{request.user_id}"}


def test_a_decided_request_keeps_its_status_without_its_person(
    session: Session, now: datetime, hash_key: str, known: Known, proven, request_of
) -> None:
    request = request_of(session, known.filed.reference)
    session.execute(update(AuthorisationRequest).values(status=AuthorisationStatus.VALID))
    session.refresh(request)
    assert privacy.erase(session, proven(Journey.DATA_ERASURE).id, hash_key, now) == (
        privacy.Erasure(cancelled_requests=0, already_done=False)
    )
    assert request.status is AuthorisationStatus.VALID
    assert (request.message, request.contact_email, request.contact_phone) == (None, None, None)
    assert (request.user.full_name, request.user.email) == ("", f"erased:{request.user_id}")


def test_the_status_is_not_found_any_more(
    session: Session, now: datetime, hash_key: str, known: Known, proven
) -> None:
    assert status_of(session, known.filed.reference, ADDRESS) is not None
    privacy.erase(session, proven(Journey.DATA_ERASURE).id, hash_key, now)
    assert status_of(session, known.filed.reference, ADDRESS) is None


def test_whoever_comes_back_begins_anew(
    session: Session, now, hash_key, known: Known, proven, file, add_operator
) -> None:
    privacy.erase(session, proven(Journey.DATA_ERASURE).id, hash_key, now)
    filed = file(session, add_operator(session), conversation_id="later")
    assert status_of(session, filed.reference, ADDRESS) is not None
    assert status_of(session, known.filed.reference, ADDRESS) is None
    assert session.scalars(select(func.count()).select_from(User)).one() == 2


def test_two_people_can_be_erased(
    session: Session, now, hash_key, file, add_operator, proven
) -> None:
    operator = add_operator(session)
    for name in ("a", "b"):
        file(session, operator, conversation_id=name, email=f"{name}@example.org")
        draft = proven(Journey.DATA_ERASURE, f"{name}@example.org")
        privacy.erase(session, draft.id, hash_key, now)
    assert {user.full_name for user in session.scalars(select(User))} == {""}


def test_others_keep_what_is_theirs(
    session: Session, now: datetime, hash_key: str, file, add_operator, proven, request_of, ends
) -> None:
    """Robin has Camille as contact, and an address that ends like Camille's."""
    robin = "not-" + ADDRESS
    filed = file(session, add_operator(session), email=robin, contact_email=ADDRESS, message="M")
    privacy.erase(session, proven(Journey.DATA_ERASURE).id, hash_key, now)
    request = request_of(session, filed.reference)
    assert (request.status, request.message) == (AuthorisationStatus.REQUESTED, "M")
    assert (request.user.email, request.contact_email) == (robin, None)
    (draft,) = session.scalars(select(Draft).where(Draft.journey == Journey.ACCESS_REQUEST))
    assert draft.fields["email"] == robin
    assert "contact_email" not in draft.fields
    recipients = session.scalars(select(OutboxMail.recipient)).all()
    assert sorted(recipients) == sorted([robin, robin, ADDRESS])


def test_only_the_mail_that_confirms_it_goes_out(
    session: Session, now: datetime, hash_key: str, known: Known, proven
) -> None:
    draft = proven(Journey.DATA_ERASURE)
    before = session.scalars(select(func.max(OutboxMail.id))).one()
    privacy.erase(session, draft.id, hash_key, now)
    (mail,) = outbox.due(session, now, 10)
    # A number that was given before could be that of a mail on its way.
    assert mail.id > before
    assert (mail.kind, mail.recipient, mail.language) == ("data_erased", ADDRESS, "fr")
    assert mail.parameters == {"cancelled": 1}


def test_drafts_codes_and_comments_go_and_figures_stay(
    session: Session, now: datetime, hash_key: str, known: Known, proven
) -> None:
    draft = proven(Journey.DATA_ERASURE)
    privacy.erase(session, draft.id, hash_key, now)
    assert [(kept.id, kept.fields) for kept in session.scalars(select(Draft))] == [(draft.id, {})]
    # The code that proved it: typed again, the same must come of it.
    assert session.scalars(select(VerificationCode.draft_id)).all() == [draft.id]
    assert session.scalars(select(FeedbackComment)).all() == []
    assert session.scalars(select(Feedback.score)).all() == [-1]


def test_a_question_to_a_person_goes_and_what_is_still_to_be_sent_of_it(
    session: Session, now: datetime, hash_key: str, proven, short_draft
) -> None:
    for email in (ADDRESS, "robin@example.org"):
        draft = short_draft(
            session, Journey.TICKET, conversation_id=email, email=email, question="Pourquoi ?"
        )
        open_ticket(session, draft.id, [], "desk@example.org", now)
    privacy.erase(session, proven(Journey.DATA_ERASURE).id, hash_key, now)
    assert session.scalars(select(Ticket.email)).all() == ["robin@example.org"]
    assert len(session.scalars(select(TicketEvent)).all()) == 1
    to_be_sent = [(mail.kind, mail.recipient) for mail in outbox.due(session, now, 10)]
    assert sorted(to_be_sent) == [
        ("data_erased", ADDRESS),
        ("ticket_forwarded", "desk@example.org"),
        ("ticket_opened", "robin@example.org"),
    ]


def test_its_conversations_end_this_one_once_its_answer_can_have_arrived(
    session: Session, now: datetime, hash_key: str, known: Known, proven, ends
) -> None:
    draft = proven(Journey.DATA_ERASURE)
    privacy.erase(session, draft.id, hash_key, now)
    assert ends(known.conversation) == now
    assert ends(draft.conversation_id) == now + timedelta(minutes=10)


def test_erasing_again_gives_the_first_result_and_writes_nothing(
    session: Session, now: datetime, hash_key: str, known: Known, proven
) -> None:
    draft = proven(Journey.DATA_ERASURE)
    privacy.erase(session, draft.id, hash_key, now)
    again = privacy.erase(session, draft.id, hash_key, now + timedelta(minutes=1))
    assert again == privacy.Erasure(cancelled_requests=1, already_done=True)
    assert len(session.scalars(select(AuditEntry)).all()) == 1
    assert len(outbox.due(session, now, 10)) == 1


def test_without_a_code_nothing_is_erased(
    session: Session, now: datetime, hash_key: str, known: Known, short_draft
) -> None:
    draft = short_draft(session, Journey.DATA_ERASURE)
    with pytest.raises(NotVerified):
        privacy.erase(session, draft.id, hash_key, now)
    assert status_of(session, known.filed.reference, ADDRESS) is not None


def test_the_code_of_an_export_erases_nothing(
    session: Session, now: datetime, hash_key: str, known: Known, proven
) -> None:
    draft = proven(Journey.DATA_EXPORT)
    with pytest.raises(UnknownDraft):
        privacy.erase(session, draft.id, hash_key, now)


def test_a_cancelled_draft_erases_nothing(
    session: Session, now: datetime, hash_key: str, known: Known, proven
) -> None:
    draft = proven(Journey.DATA_ERASURE)
    drafts.cancel(session, draft.id, now)
    with pytest.raises(DraftClosed):
        privacy.erase(session, draft.id, hash_key, now)


def test_the_audit_says_what_was_done_and_to_how_many_rows_but_to_nobody(
    session: Session, now: datetime, hash_key: str, known: Known, proven
) -> None:
    draft = proven(Journey.DATA_ERASURE)
    privacy.erase(session, draft.id, hash_key, now)
    (entry,) = session.scalars(select(AuditEntry))
    assert (entry.action, entry.actor_kind, entry.at) == ("erased", "requester", now)
    assert entry.counts == {
        "cancelled_requests": 1,
        "person": 1,
        "requests": 1,
        "contact_of_others": 0,
        "operators": 0,
        "questions": 0,
        "drafts": 1,
        "mails": 3,
        "codes": 1,
        "conversations": 2,
        "feedback": 1,
    }
    assert ADDRESS not in entry.address_hash


@pytest.mark.parametrize("change", [update(AuditEntry).values(action="x"), delete(AuditEntry)])
def test_the_audit_refuses_to_be_changed(
    database: Database, session: Session, now: datetime, hash_key: str, proven, change
) -> None:
    privacy.erase(session, proven(Journey.DATA_ERASURE).id, hash_key, now)
    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(change)


def test_what_was_not_filed_goes_with_a_conversation_that_is_erased(
    session: Session, now: datetime, known: Known, short_draft
) -> None:
    unfiled = short_draft(session, Journey.OWN_REQUESTS, conversation_id=known.conversation)
    privacy.erase_unfiled(session, known.conversation)
    assert drafts.get(session, unfiled.id) is None
    assert session.scalars(select(Draft.journey)).all() == [Journey.ACCESS_REQUEST]
    assert session.scalars(select(FeedbackComment)).all() == []
    assert session.scalars(select(VerificationCode)).all() != []


def test_the_contacts_of_an_operator_created_with_a_request_go_while_nobody_has_decided(
    session: Session,
    now: datetime,
    hash_key: str,
    proven,
    add_operator: Callable[..., Operator],
    file: Callable[..., FiledRequest],
) -> None:
    decided, created = add_operator(session), add_operator(session, traces_number="BE-ORG-OP-6")
    for operator in (decided, created):
        operator.phone = "+32 2 000 00 00"
        operator.email = ADDRESS
        file(session, operator, conversation_id=f"for-{operator.id}")
    created.status = OrganisationStatus.NEW
    told = privacy.export(session, proven(Journey.DATA_EXPORT).id, hash_key, now)["operators"]
    assert [row["phone"] for row in told] == ["+32 2 000 00 00"]
    later = now + timedelta(hours=2)
    privacy.erase(session, proven(Journey.DATA_ERASURE, at=later).id, hash_key, later)
    assert (created.name, created.phone, created.email) == ("Huilerie des Collines", None, None)
    assert decided.phone == "+32 2 000 00 00"
