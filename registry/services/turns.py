"""Figures of the conversation: one row a turn, without any text."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import Turn

# The outcomes of a turn that was not taken: the same message may be sent again and succeed.
FAILURES = frozenset(("nothing_saved", "outcome_unknown", "store_unavailable"))


def record(
    session: Session,
    conversation_id: str,
    message_id: str,
    topic: str | None,
    language: str | None,
    confidence: float | None,
    outcome: str,
    now: datetime,
) -> None:
    """Count a turn. A message sent again counts once: as what first came of it, failures apart."""
    turn = find(session, conversation_id, message_id)
    if turn is None:
        turn = Turn(conversation_id=conversation_id, message_id=message_id)
        session.add(turn)
    elif turn.outcome not in FAILURES:
        return
    turn.at, turn.outcome = now, outcome
    turn.topic, turn.language, turn.confidence = topic, language, confidence
    session.flush()


def find(session: Session, conversation_id: str, message_id: str) -> Turn | None:
    """The turn of that message in that conversation, or None."""
    return session.scalar(
        select(Turn).where(Turn.conversation_id == conversation_id, Turn.message_id == message_id)
    )
