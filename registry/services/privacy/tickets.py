"""Questions handed to a person: with the address go the question and the conversation in it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.models import OutboxMail, Ticket, TicketEvent
from registry.services.privacy.holding import Holding, Row, deleted, moment
from registry.services.privacy.person import Person


def remove_tickets(session: Session, tickets: Sequence[int]) -> None:
    """Delete the tickets of these ids with all that happened to them."""
    session.execute(delete(TicketEvent).where(TicketEvent.ticket_id.in_(tickets)))
    session.execute(delete(Ticket).where(Ticket.id.in_(tickets)))


def _tickets(session: Session, person: Person) -> Sequence[Ticket]:
    return session.scalars(
        select(Ticket).where(func.lower(Ticket.email) == person.email).order_by(Ticket.id)
    ).all()


def _tell(session: Session, person: Person) -> list[Row]:
    return [_told(ticket, person) for ticket in _tickets(session, person)]


def _told(ticket: Ticket, person: Person) -> Row:
    asked = {"email": ticket.email, "asked_at": moment(ticket.created_at)}
    if ticket.conversation_id not in person.proven_conversations:
        # Whoever typed the address may have mistyped their own: the rest is theirs.
        return asked
    return asked | {
        "reference": ticket.reference,
        "status": ticket.status.value,
        "name": ticket.name,
        "question": ticket.question,
        "topic": ticket.topic,
        "entered": ticket.entered,
        "conversation": ticket.story,
        "history": [
            {"at": moment(event.at), "to": event.to_status.value, "answer": event.answer}
            for event in ticket.events
        ],
    }


def _erase(session: Session, person: Person, now: datetime) -> int:
    """The tickets, and what is still to be sent of them to the help-desk."""
    tickets = [ticket.id for ticket in _tickets(session, person)]
    remove_tickets(session, tickets)
    of_theirs = func.lower(OutboxMail.parameters["email"].as_string()) == person.email
    is_forwarded = OutboxMail.kind == "ticket_forwarded"
    deleted(session, select(OutboxMail).where(is_forwarded, of_theirs))
    return len(tickets)


TICKETS = Holding("questions", _tell, _erase)
