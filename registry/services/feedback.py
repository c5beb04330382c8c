"""What people think of an answer: a thumb with the turn's topic and language, and why."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import Feedback, FeedbackComment
from registry.services import turns

LONGEST_COMMENT = 500


class UnknownMessage(LookupError):
    """No turn of that message was taken in that conversation."""


def give(
    session: Session,
    conversation_id: str,
    message_id: str,
    score: int,
    comment: str | None,
    now: datetime,
) -> None:
    """Keep a thumb up (1) or down (-1) for the answer to a message; the last one counts.

    The comment, at most LONGEST_COMMENT characters, is kept apart; one that is not given again
    goes. Raises UnknownMessage.
    """
    turn = turns.find(session, conversation_id, message_id)
    if turn is None:
        raise UnknownMessage("There is no such turn.")
    given = session.scalar(
        select(Feedback).where(
            Feedback.conversation_id == conversation_id, Feedback.message_id == message_id
        )
    )
    if given is None:
        given = Feedback(conversation_id=conversation_id, message_id=message_id)
        session.add(given)
    given.at, given.score = now, score
    given.topic, given.language = turn.topic, turn.language
    session.flush()
    _keep_comment(session, given.id, comment, now)


def _keep_comment(session: Session, feedback_id: int, comment: str | None, now: datetime) -> None:
    kept = session.get(FeedbackComment, feedback_id)
    if comment:
        kept = kept or FeedbackComment(feedback_id=feedback_id)
        kept.at, kept.comment = now, comment
        session.add(kept)
    elif kept is not None:
        session.delete(kept)
    session.flush()
