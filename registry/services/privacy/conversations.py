"""The conversations in which the address was given, and what was thought of their answers.

The register knows of a conversation when it ends, not what was said: whoever keeps the texts
forgets them once the session has ended.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import ConversationSession, Draft, Feedback, FeedbackComment
from registry.services.privacy.holding import Holding, Row, deleted, moment
from registry.services.privacy.person import Person
from registry.vocabulary import DraftStatus

# The conversation of an erasure stays this long, for its last answer to arrive.
LAST_ANSWER = timedelta(minutes=10)


def erase_unfiled(session: Session, conversation_id: str) -> None:
    """Delete what was entered in a conversation and not filed, and the words on its answers.

    For someone who erases a conversation without proving an address. Its codes stay: they limit
    how many mails an address gets.
    """
    deleted(
        session,
        select(Draft).where(
            Draft.conversation_id == conversation_id, Draft.state != DraftStatus.FILED
        ),
    )
    _erase_comments(session, frozenset((conversation_id,)))


def _tell_conversations(session: Session, person: Person) -> list[Row]:
    rows = session.scalars(
        select(ConversationSession)
        .where(ConversationSession.id.in_(person.proven_conversations))
        .order_by(ConversationSession.created_at)
    )
    return [
        {
            "id": row.id,
            "language": row.lang,
            "begun_at": moment(row.created_at),
            "ends_at": moment(row.revoked_at or row.expires_at),
        }
        for row in rows
    ]


def _erase_conversations(session: Session, person: Person, now: datetime) -> int:
    proof = session.get_one(Draft, person.proof)
    rows = session.scalars(
        select(ConversationSession).where(ConversationSession.id.in_(person.conversations))
    ).all()
    for row in rows:
        at = now + LAST_ANSWER if row.id == proof.conversation_id else now
        row.revoked_at = min(row.revoked_at or at, at)
    return len(rows)


def _tell_feedback(session: Session, person: Person) -> list[Row]:
    given = session.execute(
        select(Feedback, FeedbackComment.comment)
        .outerjoin(FeedbackComment, FeedbackComment.feedback_id == Feedback.id)
        .where(Feedback.conversation_id.in_(person.proven_conversations))
        .order_by(Feedback.id)
    )
    return [
        {"at": moment(row.at), "topic": row.topic, "score": row.score, "comment": comment}
        for row, comment in given
    ]


def _erase_feedback(session: Session, person: Person, now: datetime) -> int:
    return _erase_comments(session, person.conversations)


def _erase_comments(session: Session, conversations: frozenset[str]) -> int:
    """The words go; the figures stay, they name nobody."""
    given = select(Feedback.id).where(Feedback.conversation_id.in_(conversations))
    return deleted(session, select(FeedbackComment).where(FeedbackComment.feedback_id.in_(given)))


CONVERSATIONS = Holding("conversations", _tell_conversations, _erase_conversations)
FEEDBACK = Holding("feedback", _tell_feedback, _erase_feedback)
