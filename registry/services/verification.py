"""Codes by e-mail: they prove that whoever files a draft reads the address in it."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.hashing import address_hash, keyed_hash
from registry.models import Draft, VerificationCode
from registry.services import outbox
from registry.vocabulary import CodeOutcome, DraftStatus

LIFE = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES = 3
WINDOW = timedelta(hours=1)
STILL_TYPED = timedelta(hours=1)


@dataclass(frozen=True)
class CodeRequest:
    """Whether a code went out; if not, after how many seconds the address may ask again."""

    sent: bool
    retry_after_seconds: int


def request_code(
    session: Session,
    *,
    conversation_id: str,
    draft_id: str,
    draft_version: int,
    journey: str,
    email: str,
    language: str,
    hash_key: str,
    now: datetime,
) -> CodeRequest:
    """Put a mail with six new digits into the outbox, unless the address had three this hour.

    The mail says what they do, by the draft's `journey`. The limit holds across conversations:
    it protects whoever owns the address. On PostgreSQL, two that ask for the same address at the
    same instant do not see each other, and may pass it by one.
    """
    owner = address_hash(hash_key, email)
    recent, oldest = session.execute(
        select(func.count(), func.min(VerificationCode.created_at)).where(
            VerificationCode.address_hash == owner, VerificationCode.created_at > now - WINDOW
        )
    ).one()
    if recent >= MOST_CODES:
        return CodeRequest(sent=False, retry_after_seconds=_seconds(oldest + WINDOW - now))
    code = f"{secrets.randbelow(1_000_000):06d}"
    session.add(
        VerificationCode(
            conversation_id=conversation_id,
            draft_id=draft_id,
            draft_version=draft_version,
            address_hash=owner,
            code_hash=_code_hash(hash_key, draft_id, code),
            created_at=now,
            expires_at=now + LIFE,
            attempts=0,
        )
    )
    parameters = {"code": code, "journey": journey}
    outbox.enqueue(session, "code", email.strip(), language, parameters, now)
    return CodeRequest(sent=True, retry_after_seconds=0)


def check_code(
    session: Session,
    *,
    conversation_id: str,
    message_id: str,
    code: str,
    hash_key: str,
    now: datetime,
) -> CodeOutcome:
    """What six typed digits are, held against the latest code of the conversation.

    NONE_AWAITED for digits that are not meant as a code. The same message gets its first outcome
    again and counts once. The right code typed anew in another message is accepted again: the
    first answer may have been lost on its way. The fifth wrong try exhausts the code.
    """
    # Held before anything is looked at: the same message may come twice at once.
    latest = _latest(session, conversation_id, lock=True)
    if latest is None:
        return CodeOutcome.NONE_AWAITED
    seen = session.scalar(
        select(VerificationCode.last_outcome).where(
            VerificationCode.conversation_id == conversation_id,
            VerificationCode.last_message_id == message_id,
        )
    )
    if seen is not None:
        return seen
    is_right = hmac.compare_digest(latest.code_hash, _code_hash(hash_key, latest.draft_id, code))
    if not is_right and not _is_awaited(session, latest, now):
        return CodeOutcome.NONE_AWAITED
    outcome = _outcome(latest, is_right, now)
    latest.last_message_id = message_id
    latest.last_outcome = outcome
    session.flush()
    return outcome


def await_again(session: Session, draft_id: str, draft_version: int, now: datetime) -> bool:
    """Hold what is typed next against this draft's code, whichever was awaited.

    For someone who comes back to a journey that was parked while another one's code was sent:
    its mail is there already, and a new code would count as one of three. Returns False where
    no code for exactly this version can still be typed.
    """
    sent = _live_code(session, draft_id, draft_version, now)
    if sent is None:
        return False
    latest = _latest(session, sent.conversation_id)
    if latest is not sent:
        # The latest row is the one awaited: the same row once more, under a new number.
        kept = {
            column.key: getattr(sent, column.key)
            for column in VerificationCode.__table__.columns
            if column.key != "id"
        }
        session.delete(sent)
        session.flush()
        session.add(VerificationCode(**kept))
        session.flush()
    return True


def verified_address(session: Session, draft_id: str, draft_version: int) -> str | None:
    """The hash of the address proven for exactly this version of the draft, or None."""
    return session.scalar(
        select(VerificationCode.address_hash)
        .where(
            VerificationCode.draft_id == draft_id,
            VerificationCode.draft_version == draft_version,
            VerificationCode.accepted_at.is_not(None),
        )
        .order_by(VerificationCode.id.desc())
        .limit(1)
    )


def _live_code(
    session: Session, draft_id: str, draft_version: int, now: datetime
) -> VerificationCode | None:
    """The latest code for this version of the draft, while it can be typed."""
    sent = session.scalar(
        select(VerificationCode)
        .where(
            VerificationCode.draft_id == draft_id,
            VerificationCode.draft_version == draft_version,
        )
        .order_by(VerificationCode.id.desc())
        .limit(1)
    )
    return sent if sent and now < sent.expires_at and sent.attempts < MOST_TRIES else None


def _latest(
    session: Session, conversation_id: str, *, lock: bool = False
) -> VerificationCode | None:
    statement = (
        select(VerificationCode)
        .where(VerificationCode.conversation_id == conversation_id)
        .order_by(VerificationCode.id.desc())
        .limit(1)
    )
    return session.scalar(statement.with_for_update() if lock else statement)


def _is_awaited(session: Session, latest: VerificationCode, now: datetime) -> bool:
    """Whether digits that are not this code are a mistyped one, and not a postcode or a number.

    They are until it was accepted or its draft was closed, and for an hour after it expired:
    someone late must be told so, and their digits must not be taken for an answer.
    """
    if latest.accepted_at is not None or now >= latest.expires_at + STILL_TYPED:
        return False
    draft = session.get(Draft, latest.draft_id)
    return draft is not None and draft.state == DraftStatus.OPEN


def _outcome(latest: VerificationCode, is_right: bool, now: datetime) -> CodeOutcome:
    """Judge a try and count it on the row; what was accepted once stays accepted."""
    if is_right and latest.accepted_at is not None:
        return CodeOutcome.ACCEPTED
    if now >= latest.expires_at:
        return CodeOutcome.EXPIRED
    if latest.attempts >= MOST_TRIES:
        return CodeOutcome.EXHAUSTED
    if is_right:
        latest.accepted_at = now
        return CodeOutcome.ACCEPTED
    latest.attempts += 1
    return CodeOutcome.EXHAUSTED if latest.attempts == MOST_TRIES else CodeOutcome.WRONG


def _code_hash(hash_key: str, draft_id: str, code: str) -> str:
    return keyed_hash(hash_key, "code", f"{draft_id}:{code}")


def _seconds(wait: timedelta) -> int:
    """Whole seconds, rounded up: a second too early would be refused again."""
    return -(-wait // timedelta(seconds=1))
