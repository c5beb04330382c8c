"""What belongs to a conversation: its session, drafts, codes, mails, figures and feedback.

Conversation ids carry no foreign key: a conversation can be forgotten while its figures stay.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base, UtcDateTime, word
from registry.vocabulary import CodeOutcome, DraftStatus

ONLY_OPEN = text("state = 'open'")
ONLY_UNSENT = text("sent_at IS NULL")


class ConversationSession(Base):
    """Who may go on with a conversation: its id, and the keyed hash of the token for it.

    The row stays until the conversation is forgotten: nothing else knows its id.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("lang IN ('fr', 'en')", name="lang"),
        Index("ix_sessions_expires_at", "expires_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    lang: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # From when on the token opens nothing and the conversation is to be forgotten; it may lie
    # ahead, for the last answer to reach whoever ended it.
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Draft(Base):
    """What someone is entering. The version moves with every change of a field."""

    __tablename__ = "drafts"
    __table_args__ = (
        Index(
            "uq_drafts_open",
            "conversation_id",
            "journey",
            unique=True,
            sqlite_where=ONLY_OPEN,
            postgresql_where=ONLY_OPEN,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64))
    journey: Mapped[str] = mapped_column(String(40))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int]
    state: Mapped[DraftStatus] = mapped_column(word(DraftStatus, "state"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VerificationCode(Base):
    """A code sent to an address for one version of one draft; neither is kept in clear."""

    __tablename__ = "verification_codes"
    __table_args__ = (
        Index("ix_verification_codes_conversation_id", "conversation_id"),
        Index("ix_verification_codes_draft_id", "draft_id"),
        Index("ix_verification_codes_address_hash_created_at", "address_hash", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64))
    draft_id: Mapped[str] = mapped_column(String(32))
    draft_version: Mapped[int]
    address_hash: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int]
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_message_id: Mapped[str | None] = mapped_column(String(64))
    last_outcome: Mapped[CodeOutcome | None] = mapped_column(word(CodeOutcome, "last_outcome"))


class OutboxMail(Base):
    """A mail to send, written in the transaction that made it due.

    Sent or given up, it has no recipient and no parameters any more.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        Index(
            "ix_outbox_unsent_due_at",
            "due_at",
            sqlite_where=ONLY_UNSENT,
            postgresql_where=ONLY_UNSENT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(String(200))


class Turn(Base):
    """One turn, for the figures: what it was taken for and what came of it, never its text."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_id", "message_id"),
        Index("ix_turns_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64))
    message_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    topic: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str | None] = mapped_column(String(8))
    confidence: Mapped[float | None]
    outcome: Mapped[str] = mapped_column(String(32))


class Feedback(Base):
    """What someone thinks of an answer, with the topic and the language of its turn."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("score IN (-1, 1)", name="score"),
        UniqueConstraint("conversation_id", "message_id"),
        Index("ix_feedback_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64))
    message_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    score: Mapped[int]
    topic: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str | None] = mapped_column(String(8))


class FeedbackComment(Base):
    """Why, in the person's words: apart from the figures, since it may name somebody."""

    __tablename__ = "feedback_comments"
    __table_args__ = (Index("ix_feedback_comments_at", "at"),)

    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    comment: Mapped[str] = mapped_column(String(500))
