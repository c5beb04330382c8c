"""Figures of the conversation: one row a turn, without any text."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import Turn


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
    """Count a turn; a message sent again counts once."""
    known = session.scalar(
        select(Turn.id).where(
            Turn.conversation_id == conversation_id, Turn.message_id == message_id
        )
    )
    if known is not None:
        return
    session.add(
        Turn(
            conversation_id=conversation_id,
            message_id=message_id,
            at=now,
            topic=topic,
            language=language,
            confidence=confidence,
            outcome=outcome,
        )
    )
    session.flush()
