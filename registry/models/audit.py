"""What was done with a person's data: the fact stays, no personal data does."""

from datetime import datetime

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base, UtcDateTime, word
from registry.vocabulary import ActorKind


class AuditEntry(Base):
    """One act on a person's data. Triggers of the database refuse any change to it.

    The address is there as its keyed hash alone: whoever names the address can be told what was
    done, whoever reads the table cannot name it.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_address_hash", "address_hash"),
        # The same act by the same draft is done once.
        Index("ix_audit_draft_id", "draft_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str] = mapped_column(String(40))
    actor_kind: Mapped[ActorKind] = mapped_column(word(ActorKind, "actor_kind"))
    address_hash: Mapped[str] = mapped_column(String(64))
    draft_id: Mapped[str] = mapped_column(String(32))
    # How many rows of which kind.
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
