"""The outbox: mails written in the transaction that made them due, sent later by the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import OutboxMail

FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=6)
# As RFC 5321 has it (4.5.4.1: four to five days); a mail server that is down, or a password of
# ours that is wrong, over a long weekend loses nothing.
GIVEN_UP_AFTER = timedelta(days=5)


@dataclass(frozen=True)
class DueMail:
    """A mail to send now; `kind` names its text in data/texts/mail.yml."""

    id: int
    kind: str
    recipient: str
    language: str
    parameters: Mapping[str, Any]
    created_at: datetime
    attempts: int


def enqueue(
    session: Session,
    kind: str,
    recipient: str,
    language: str,
    parameters: Mapping[str, Any],
    now: datetime,
) -> None:
    """Make a mail due at once; answers to it go to the address in `reply_to`, if one is given.

    Only the mail that forwards a ticket to the help-desk holds what a person typed in free text.
    """
    session.add(
        OutboxMail(
            kind=kind,
            recipient=recipient,
            language=language,
            parameters=dict(parameters),
            created_at=now,
            due_at=now,
            attempts=0,
        )
    )
    session.flush()


def due(session: Session, now: datetime, limit: int) -> tuple[DueMail, ...]:
    """At most `limit` mails still to send whose time has come, the longest due first."""
    rows = session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.sent_at.is_(None),
            OutboxMail.given_up_at.is_(None),
            OutboxMail.due_at <= now,
        )
        .order_by(OutboxMail.due_at, OutboxMail.id)
        .limit(limit)
    )
    return tuple(
        DueMail(
            id=row.id,
            kind=row.kind,
            recipient=row.recipient,
            language=row.language,
            parameters=dict(row.parameters),
            created_at=row.created_at,
            attempts=row.attempts,
        )
        for row in rows
    )


def mark_sent(session: Session, mail_id: int, now: datetime) -> None:
    """Note that the mail went out, and forget to whom and what: neither may stay.

    A mail that an erasure took away meanwhile needs no note.
    """
    row = session.get(OutboxMail, mail_id)
    if row is None:
        return
    row.attempts += 1
    row.sent_at = now
    row.last_error = None
    _forget(row)
    session.flush()


def mark_failed(
    session: Session, mail_id: int, error: str, now: datetime, *, for_good: bool = False
) -> bool:
    """Note a failed attempt; returns whether the mail is given up, and so forgotten.

    It is if it failed `for_good`, or once five days have passed. Otherwise the next attempt is
    due after 30 s, 1, 2, 4… minutes, at most six hours. `error` is the name of what went wrong:
    a message could hold an address. A mail that an erasure took away meanwhile needs no note.
    """
    row = session.get(OutboxMail, mail_id)
    if row is None:
        return False
    row.due_at = now + min(FIRST_RETRY * 2 ** min(row.attempts, 20), LONGEST_RETRY)
    row.attempts += 1
    row.last_error = error
    is_given_up = for_good or now >= row.created_at + GIVEN_UP_AFTER
    if is_given_up:
        row.given_up_at = now
        _forget(row)
    session.flush()
    return is_given_up


def _forget(row: OutboxMail) -> None:
    """Empty what nothing needs once no attempt follows: the address, and a code or reference."""
    row.recipient = ""
    row.parameters = {}
