"""Sessions: an opaque token, kept only as a keyed hash, that gives access to one conversation."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from registry.hashing import keyed_hash
from registry.models import ConversationSession


class UnknownSession(LookupError):
    """There is no session for that conversation."""


@dataclass(frozen=True)
class NewSession:
    """A session just made. The token is shown this once; the register keeps its hash."""

    conversation_id: str
    token: str
    expires_at: datetime


@dataclass(frozen=True)
class SessionState:
    """A session that is still good; `is_ending` when it was ended and awaits its last answer."""

    conversation_id: str
    lang: str
    expires_at: datetime
    is_ending: bool = False


def create(session: Session, lang: str, hash_key: str, hours: int, now: datetime) -> NewSession:
    """A new conversation for `hours` hours, in `fr` or `en`."""
    token = secrets.token_urlsafe(32)
    row = ConversationSession(
        id=secrets.token_hex(16),
        token_hash=_token_hash(hash_key, token),
        lang=lang,
        created_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    session.add(row)
    session.flush()
    return NewSession(row.id, token, row.expires_at)


def find(session: Session, token: str, hash_key: str, now: datetime) -> SessionState | None:
    """The session of that token, or None when it is unknown, expired or revoked."""
    row = session.scalar(
        select(ConversationSession).where(
            ConversationSession.token_hash == _token_hash(hash_key, token),
            ConversationSession.expires_at > now,
            or_(ConversationSession.revoked_at.is_(None), ConversationSession.revoked_at > now),
        )
    )
    if row is None:
        return None
    return SessionState(row.id, row.lang, row.expires_at, is_ending=row.revoked_at is not None)


def set_language(session: Session, conversation_id: str, lang: str) -> None:
    """Remember the language of the conversation, `fr` or `en`. Raises UnknownSession."""
    _row(session, conversation_id).lang = lang
    session.flush()


def revoke(session: Session, conversation_id: str, now: datetime) -> None:
    """End the session; its token opens nothing any more. Raises UnknownSession."""
    row = _row(session, conversation_id)
    row.revoked_at = min(row.revoked_at or now, now)
    session.flush()


def to_forget(session: Session, kept_days: int, now: datetime, limit: int) -> tuple[str, ...]:
    """At most `limit` conversations that are to be forgotten, the longest over first.

    They are those whose session was ended, and those whose session expired `kept_days` ago.
    """
    expired = ConversationSession.expires_at <= now - timedelta(days=kept_days)
    rows = session.scalars(
        select(ConversationSession.id)
        .where(or_(ConversationSession.revoked_at <= now, expired))
        .order_by(ConversationSession.expires_at)
        .limit(limit)
    )
    return tuple(rows)


def remove(session: Session, conversation_id: str) -> None:
    """Drop the session of a conversation that was forgotten; one already gone is as good."""
    session.execute(delete(ConversationSession).where(ConversationSession.id == conversation_id))


def _row(session: Session, conversation_id: str) -> ConversationSession:
    row = session.get(ConversationSession, conversation_id)
    if row is None:
        raise UnknownSession("There is no such session.")
    return row


def _token_hash(hash_key: str, token: str) -> str:
    return keyed_hash(hash_key, "token", token)
