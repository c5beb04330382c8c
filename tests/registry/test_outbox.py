"""Mails wait in the outbox until they are sent, and longer after each failure."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import OutboxMail
from registry.services import outbox


def enqueue(session: Session, now: datetime, recipient: str = "camille@example.org") -> None:
    outbox.enqueue(session, "code", recipient, "fr", {"code": "123456"}, now)


def test_a_mail_is_due_at_once(session: Session, now: datetime) -> None:
    enqueue(session, now)
    (mail,) = outbox.due(session, now, 10)
    assert (mail.kind, mail.recipient, mail.language, mail.parameters, mail.attempts) == (
        "code",
        "camille@example.org",
        "fr",
        {"code": "123456"},
        0,
    )


def test_the_longest_due_come_first_and_no_more_than_asked(session: Session, now: datetime) -> None:
    for minute in (3, 1, 2):
        enqueue(session, now + timedelta(minutes=minute), f"{minute}@example.org")
    mails = outbox.due(session, now + timedelta(hours=1), 2)
    assert [mail.recipient for mail in mails] == ["1@example.org", "2@example.org"]


def test_a_sent_mail_is_not_due_and_forgets_its_reader_and_parameters(
    session: Session, now: datetime
) -> None:
    enqueue(session, now)
    (mail,) = outbox.due(session, now, 10)
    outbox.mark_sent(session, mail.id, now)
    assert outbox.due(session, now + timedelta(days=1), 10) == ()
    row = session.scalars(select(OutboxMail)).one()
    assert (row.sent_at, row.recipient, row.parameters) == (now, "", {})


def test_a_failed_mail_waits_twice_as_long_each_time(session: Session, now: datetime) -> None:
    enqueue(session, now)
    waits = []
    at = now
    for _ in range(12):
        (mail,) = outbox.due(session, at, 10)
        outbox.mark_failed(session, mail.id, "OSError", at)
        due_at = session.scalars(select(OutboxMail.due_at)).one()
        waits.append((due_at - at).total_seconds())
        assert outbox.due(session, due_at - timedelta(seconds=1), 10) == ()
        at = due_at
    assert waits[:4] == [30, 60, 120, 240]
    assert waits[-1] == 6 * 3600


def test_a_mail_that_fails_for_good_is_given_up_and_forgets_the_same(
    session: Session, now: datetime
) -> None:
    enqueue(session, now)
    (mail,) = outbox.due(session, now, 10)
    assert outbox.mark_failed(session, mail.id, "MailRefused", now, for_good=True)
    assert outbox.due(session, now + timedelta(days=1), 10) == ()
    row = session.scalars(select(OutboxMail)).one()
    assert (row.given_up_at, row.sent_at, row.last_error) == (now, None, "MailRefused")
    assert (row.recipient, row.parameters, row.attempts) == ("", {}, 1)


def test_a_mail_that_keeps_failing_is_given_up_after_five_days(
    session: Session, now: datetime
) -> None:
    enqueue(session, now)
    five_days = now + timedelta(days=5)
    (mail,) = outbox.due(session, now, 10)
    assert not outbox.mark_failed(session, mail.id, "OSError", five_days - timedelta(seconds=1))
    assert outbox.mark_failed(session, mail.id, "OSError", five_days)
    assert session.scalars(select(OutboxMail.given_up_at)).one() == five_days
    assert outbox.due(session, five_days + timedelta(days=1), 10) == ()


def test_a_failure_keeps_the_parameters(session: Session, now: datetime) -> None:
    enqueue(session, now)
    (mail,) = outbox.due(session, now, 10)
    outbox.mark_failed(session, mail.id, "OSError", now)
    (again,) = outbox.due(session, now + timedelta(hours=1), 10)
    assert (again.parameters, again.attempts) == ({"code": "123456"}, 1)


def test_a_mail_that_was_taken_away_while_it_was_sent_needs_no_note(
    session: Session, now: datetime
) -> None:
    outbox.mark_sent(session, 1, now)
    outbox.mark_failed(session, 1, "ConnectionRefusedError", now)
    assert session.scalars(select(OutboxMail)).all() == []
