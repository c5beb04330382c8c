"""What has expired is removed, each kind after its own days; what is still needed stays."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.models import (
    ConversationSession,
    Draft,
    Feedback,
    FeedbackComment,
    OutboxMail,
    RequestEvent,
    Ticket,
    TicketEvent,
    Turn,
    User,
    VerificationCode,
)
from registry.services import drafts, feedback, outbox, sessions, tickets, turns, verification
from registry.services.requests import status_of
from registry.services.retention import remove_expired
from registry.settings import Retention
from registry.transitions import Actor, move, user_identity
from registry.vocabulary import ActorKind, AuthorisationStatus, Journey

KEPT = Retention(
    conversation=1,
    open_draft=30,
    closed_draft=7,
    ended_request=100,
    ticket=50,
    mail=20,
    comment=40,
    turn=300,
)
DAY = timedelta(days=1)
LITTLE = timedelta(seconds=1)
ADDRESS = "camille.exemple@example.org"


def count(session: Session, *tables: type) -> list[int]:
    return [session.scalars(select(func.count()).select_from(table)).one() for table in tables]


def test_codes_go_when_they_prove_nothing_any_more(
    session: Session, now: datetime, add_operator, full_draft, verify
) -> None:
    draft = full_draft(session, add_operator(session))
    verify(session, draft)
    remove_expired(session, KEPT, now + timedelta(hours=23))
    assert verification.verified_address(session, draft.id, draft.version)
    remove_expired(session, KEPT, now + timedelta(hours=24))
    assert count(session, VerificationCode) == [0]


def test_sessions_stay_until_their_conversation_is_forgotten(
    session: Session, now: datetime, hash_key: str
) -> None:
    sessions.create(session, "fr", hash_key, 24, now)
    remove_expired(session, KEPT, now + 1000 * DAY)
    assert count(session, ConversationSession) == [1]


def test_only_code_mails_that_cannot_be_used_any_more_are_dropped(
    session: Session, now: datetime
) -> None:
    outbox.enqueue(session, "code", ADDRESS, "fr", {"code": "123456"}, now)
    outbox.enqueue(session, "request_filed", ADDRESS, "fr", {}, now)
    remove_expired(session, KEPT, now + timedelta(minutes=9))
    assert count(session, OutboxMail) == [2]
    remove_expired(session, KEPT, now + timedelta(minutes=10))
    assert session.scalars(select(OutboxMail.kind)).all() == ["request_filed"]


def test_mails_go_after_their_days_sent_or_not(session: Session, now: datetime) -> None:
    outbox.enqueue(session, "request_filed", ADDRESS, "fr", {}, now)
    outbox.enqueue(session, "request_filed", ADDRESS, "fr", {}, now)
    outbox.mark_sent(session, 1, now)
    remove_expired(session, KEPT, now + 20 * DAY - LITTLE)
    assert count(session, OutboxMail) == [2]
    remove_expired(session, KEPT, now + 20 * DAY)
    assert count(session, OutboxMail) == [0]


def test_drafts_go_some_days_after_the_last_answer(
    session: Session, now: datetime, short_draft
) -> None:
    draft = short_draft(session, Journey.ACCESS_REQUEST)
    drafts.save_field(session, draft.id, "full_name", "Camille Exemple", now + 10 * DAY)
    remove_expired(session, KEPT, now + 40 * DAY - LITTLE)
    assert count(session, Draft) == [1]
    remove_expired(session, KEPT, now + 40 * DAY)
    assert count(session, Draft) == [0]


def test_drafts_that_were_cancelled_go_sooner(session: Session, now: datetime, short_draft) -> None:
    draft = short_draft(session, Journey.ACCESS_REQUEST)
    drafts.cancel(session, draft.id, now)
    remove_expired(session, KEPT, now + 7 * DAY - LITTLE)
    assert count(session, Draft) == [1]
    remove_expired(session, KEPT, now + 7 * DAY)
    assert count(session, Draft) == [0]


def test_figures_outlive_the_words_given_with_them(session: Session, now: datetime) -> None:
    turns.record(session, "a", "m1", "how_long", "fr", 0.9, "answered", now)
    feedback.give(session, "a", "m1", -1, "too long", now)
    remove_expired(session, KEPT, now + 40 * DAY - LITTLE)
    assert count(session, Turn, Feedback, FeedbackComment) == [1, 1, 1]
    remove_expired(session, KEPT, now + 40 * DAY)
    assert count(session, Turn, Feedback, FeedbackComment) == [1, 1, 0]
    remove_expired(session, KEPT, now + 300 * DAY)
    assert count(session, Turn, Feedback, FeedbackComment) == [0, 0, 0]


@pytest.fixture
def cancel(request_of):
    """Has the requester of a reference cancel it: `cancel(session, reference, at)`."""

    def do(session: Session, reference: str, at: datetime) -> None:
        request = request_of(session, reference)
        requester = Actor(ActorKind.REQUESTER, user_identity(request.user_id))
        move(session, request, AuthorisationStatus.CANCELLED, requester, None, at)

    return do


def test_an_ended_request_loses_its_person_and_keeps_its_history(
    session: Session, now: datetime, add_operator, file, cancel, request_of
) -> None:
    filed = file(session, add_operator(session), message="Bonjour", contact_phone="+32 2 1")
    cancel(session, filed.reference, now + 10 * DAY)
    remove_expired(session, KEPT, now + 110 * DAY - LITTLE)
    assert status_of(session, filed.reference, ADDRESS) is not None
    remove_expired(session, KEPT, now + 110 * DAY)
    request = request_of(session, filed.reference)
    assert (request.message, request.contact_phone, request.user.full_name) == (None, None, "")
    assert ADDRESS not in session.scalars(select(User.email)).all()
    assert count(session, RequestEvent) == [2]


def test_a_request_under_way_keeps_its_person_however_old_it_is(
    session: Session, now: datetime, add_operator, file
) -> None:
    filed = file(session, add_operator(session), message="Bonjour")
    remove_expired(session, KEPT, now + 5000 * DAY)
    assert status_of(session, filed.reference, ADDRESS) is not None


def test_a_person_stays_for_the_sake_of_another_request(
    session: Session, now: datetime, add_operator, file, cancel, request_of
) -> None:
    ended = file(session, add_operator(session), message="Bonjour")
    cancel(session, ended.reference, now)
    other = file(session, add_operator(session), conversation_id="2", message="Bonsoir")
    remove_expired(session, KEPT, now + 100 * DAY)
    assert request_of(session, ended.reference).message is None
    assert request_of(session, other.reference).message == "Bonsoir"
    assert request_of(session, other.reference).user.full_name == "Camille Exemple"


def test_a_question_to_a_person_goes_after_its_last_answer(
    session: Session, now: datetime, short_draft
) -> None:
    draft = short_draft(session, Journey.TICKET, question="Pourquoi ?")
    opened = tickets.open_ticket(session, draft.id, [], None, now)
    tickets.answer(session, opened.reference, "Parce que.", "desk", None, now + 10 * DAY)
    remove_expired(session, KEPT, now + 60 * DAY - LITTLE)
    assert count(session, Ticket, TicketEvent) == [1, 2]
    remove_expired(session, KEPT, now + 60 * DAY)
    assert count(session, Ticket, TicketEvent) == [0, 0]


def test_removing_again_changes_nothing(
    session: Session, now: datetime, add_operator, file, cancel, statements
) -> None:
    cancel(session, file(session, add_operator(session), message="Bonjour").reference, now)
    remove_expired(session, KEPT, now + 100 * DAY)
    statements.clear()
    remove_expired(session, KEPT, now + 100 * DAY)
    assert [statement for statement in statements if statement.startswith("UPDATE")] == []


def test_a_code_mail_that_was_given_up_leaves_its_trace(session: Session, now: datetime) -> None:
    outbox.enqueue(session, "code", "camille@example.org", "fr", {"code": "123456"}, now)
    (mail,) = outbox.due(session, now, 1)
    outbox.mark_failed(session, mail.id, "MailRefused", now, for_good=True)
    remove_expired(session, KEPT, now + DAY)
    assert session.scalars(select(OutboxMail.given_up_at)).all() == [now]
