"""What has expired is removed; what is still needed stays."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.models import ConversationSession, OutboxMail, VerificationCode
from registry.services import outbox, sessions, verification
from registry.services.retention import remove_expired


def counts(session: Session) -> list[int]:
    tables = (ConversationSession, VerificationCode, OutboxMail)
    return [session.scalars(select(func.count()).select_from(table)).one() for table in tables]


def test_sessions_and_codes_go_when_they_are_over(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft, verify
) -> None:
    sessions.create(session, "fr", hash_key, 24, now)
    draft = full_draft(session, add_operator(session))
    verify(session, draft)
    remove_expired(session, now + timedelta(hours=23))
    assert counts(session) == [1, 1, 0]
    assert verification.is_verified(session, draft.id, draft.version)
    remove_expired(session, now + timedelta(hours=24))
    assert counts(session) == [0, 0, 0]


def test_only_code_mails_that_cannot_be_used_any_more_are_dropped(
    session: Session, now: datetime
) -> None:
    outbox.enqueue(session, "code", "camille@example.org", "fr", {"code": "123456"}, now)
    outbox.enqueue(session, "request_filed", "camille@example.org", "fr", {}, now)
    remove_expired(session, now + timedelta(minutes=9))
    assert counts(session)[2] == 2
    remove_expired(session, now + timedelta(minutes=10))
    assert session.scalars(select(OutboxMail.kind)).all() == ["request_filed"]


def test_a_code_mail_that_was_given_up_leaves_its_trace(session: Session, now: datetime) -> None:
    outbox.enqueue(session, "code", "camille@example.org", "fr", {"code": "123456"}, now)
    (mail,) = outbox.due(session, now, 1)
    outbox.mark_failed(session, mail.id, "MailRefused", now, for_good=True)
    remove_expired(session, now + timedelta(days=1))
    assert session.scalars(select(OutboxMail.given_up_at)).all() == [now]
