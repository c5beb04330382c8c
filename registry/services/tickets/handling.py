"""What becomes of a ticket: it is listed, shown, answered by mail, closed, and its status told."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import Ticket, TicketEvent
from registry.references import parse_ticket_reference
from registry.services import outbox
from registry.vocabulary import Environment, TicketStatus


class TicketUnknown(LookupError):
    """There is no ticket of that reference."""


class TicketClosed(Exception):
    """The ticket is closed: nothing is added to it any more."""


@dataclass(frozen=True)
class TicketSummary:
    """A ticket as a list shows it."""

    reference: str
    status: TicketStatus
    created_at: datetime
    language: str
    topic: str | None
    question: str


@dataclass(frozen=True)
class TicketDetails(TicketSummary):
    """A ticket with all that is known of it; the events are when, by whom, what, the answer."""

    email: str
    name: str | None
    environment: Environment | None
    entered: Sequence[Mapping[str, Any]]
    story: Sequence[Mapping[str, str]]
    events: Sequence[tuple[datetime, str | None, TicketStatus, str | None]]


def waiting(session: Session) -> tuple[TicketSummary, ...]:
    """The open tickets, the oldest first."""
    found = session.scalars(
        select(Ticket)
        .where(Ticket.status == TicketStatus.OPEN)
        .order_by(Ticket.created_at, Ticket.id)
    )
    return tuple(TicketSummary(**_summary(ticket)) for ticket in found)


def details_of(session: Session, reference: str) -> TicketDetails:
    """The whole ticket. Raises BadReference and TicketUnknown."""
    ticket = _find(session, reference)
    return TicketDetails(
        **_summary(ticket),
        email=ticket.email,
        name=ticket.name,
        environment=ticket.environment,
        entered=tuple(ticket.entered),
        story=tuple(ticket.story),
        events=tuple(
            (event.at, event.actor, event.to_status, event.answer) for event in ticket.events
        ),
    )


def answer(
    session: Session,
    reference: str,
    text: str,
    actor: str,
    helpdesk_email: str | None,
    now: datetime,
) -> TicketStatus:
    """Mail `text` to the person and note it; what they reply goes to the help-desk.

    Raises BadReference, TicketUnknown and TicketClosed.
    """
    ticket = _find_open(session, reference)
    _note(session, ticket, TicketStatus.ANSWERED, actor, text, now)
    parameters = {"reference": ticket.reference, "answer": text, "reply_to": helpdesk_email}
    outbox.enqueue(session, "ticket_answered", ticket.email, ticket.language, parameters, now)
    return ticket.status


def close(session: Session, reference: str, actor: str, now: datetime) -> TicketStatus:
    """Close the ticket. Raises BadReference, TicketUnknown and TicketClosed."""
    ticket = _find_open(session, reference)
    _note(session, ticket, TicketStatus.CLOSED, actor, None, now)
    return ticket.status


def status_of(session: Session, reference: str, email: str) -> TicketStatus | None:
    """How the ticket stands, or None: unknown and not yours are answered alike.

    Raises BadReference for a text that cannot be a ticket's reference.
    """
    statement = select(Ticket).where(Ticket.reference == parse_ticket_reference(reference))
    ticket = session.scalar(statement)
    # The same comparison when there is no ticket: the time tells nothing.
    owner = ticket.email if ticket else ""
    is_owner = hmac.compare_digest(owner.encode(), email.strip().lower().encode())
    return ticket.status if ticket and is_owner else None


def _find(session: Session, reference: str) -> Ticket:
    statement = select(Ticket).where(Ticket.reference == parse_ticket_reference(reference))
    ticket = session.scalar(statement.with_for_update())
    if ticket is None:
        raise TicketUnknown("There is no such ticket.")
    return ticket


def _find_open(session: Session, reference: str) -> Ticket:
    ticket = _find(session, reference)
    if ticket.status == TicketStatus.CLOSED:
        raise TicketClosed("The ticket is closed.")
    return ticket


def _note(
    session: Session,
    ticket: Ticket,
    to: TicketStatus,
    actor: str,
    text: str | None,
    now: datetime,
) -> None:
    ticket.status = to
    ticket.events.append(TicketEvent(at=now, actor=actor, to_status=to, answer=text))
    session.flush()


def _summary(ticket: Ticket) -> dict[str, Any]:
    return {
        "reference": ticket.reference,
        "status": ticket.status,
        "created_at": ticket.created_at,
        "language": ticket.language,
        "topic": ticket.topic,
        "question": ticket.question,
    }
