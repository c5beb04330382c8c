"""Questions handed to a person: what was asked, the conversation that led there, what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.models.base import Base, UtcDateTime, word
from registry.vocabulary import Environment, TicketStatus


class Ticket(Base):
    """One question to a person, with all that helps to answer it."""

    __tablename__ = "tickets"
    __table_args__ = (
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        Index("ix_tickets_status_created_at", "status", "created_at"),
        Index("ix_tickets_email_created_at", "email", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    # No foreign key, as for requests. Unique: opening the same draft again must find this ticket.
    draft_id: Mapped[str] = mapped_column(String(32), unique=True)
    conversation_id: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str | None] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(1000))
    # What the assistant took the question for; a guess.
    topic: Mapped[str | None] = mapped_column(String(64))
    environment: Mapped[Environment | None] = mapped_column(word(Environment, "environment"))
    # A list of journeys, each with what was entered in it.
    entered: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # A list of lines, each with who said it.
    story: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    status: Mapped[TicketStatus] = mapped_column(word(TicketStatus, "status"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    events: Mapped[list["TicketEvent"]] = relationship(order_by="TicketEvent.id")


class TicketEvent(Base):
    """Something that happened to a ticket; the actor is an opaque id, nobody where it opens."""

    __tablename__ = "ticket_events"
    __table_args__ = (Index("ix_ticket_events_ticket_id", "ticket_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str | None] = mapped_column(String(64))
    to_status: Mapped[TicketStatus] = mapped_column(word(TicketStatus, "to_status"))
    answer: Mapped[str | None] = mapped_column(Text)
