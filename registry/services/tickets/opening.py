"""Opening: a draft becomes one ticket, once, with the mails to the help-desk and to the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, Draft, Organisation, Ticket, TicketEvent
from registry.references import new_ticket_reference
from registry.services import drafts, outbox
from registry.services.directory import summarise
from registry.services.drafts import DraftState
from registry.services.requests.proof import DraftIncomplete, check_journey, email_in
from registry.validation import cleaned
from registry.vocabulary import (
    LANGUAGES,
    DraftStatus,
    Environment,
    Journey,
    Speaker,
    TicketStatus,
)

# Each makes a mail to an address that nobody has proven: whoever has it must not be flooded.
MOST_OF_AN_ADDRESS = 5
WITHIN = timedelta(hours=24)
# The register's own, which tell a person nothing.
NOT_TOLD = frozenset(("language", "email_suggestion", "operator_is_new"))


class TooManyTickets(Exception):
    """The address has asked as often as may be within a day."""


@dataclass(frozen=True)
class Line:
    """A line of a conversation."""

    speaker: Speaker
    text: str


@dataclass(frozen=True)
class OpenedTicket:
    """A ticket in the register; `already_open` when the same draft had been opened before."""

    reference: str
    email: str
    already_open: bool


def open_ticket(
    session: Session,
    draft_id: str,
    story: Sequence[Line],
    helpdesk_email: str | None,
    now: datetime,
) -> OpenedTicket:
    """Turn a draft of the journey TICKET into a ticket, with its event and its mails.

    The draft holds `question`, `email`, `language` and, where known, `topic` and `environment`;
    what was entered in the other journeys of the conversation goes along. Opening the same
    draft again gives the first result with `already_open`. Raises UnknownDraft, DraftClosed
    (it was cancelled), DraftIncomplete and TooManyTickets.
    """
    draft = drafts.lock(session, draft_id)
    check_journey(draft, Journey.TICKET)
    if draft.state == DraftStatus.FILED:
        return opened_by(session, draft_id)
    if draft.state == DraftStatus.CANCELLED:
        raise drafts.DraftClosed("The draft was cancelled.")
    email = email_in(draft)
    _check_not_too_many(session, email, now)
    ticket = _ticket(session, draft, email, story, now)
    ticket.events.append(TicketEvent(at=now, actor=None, to_status=TicketStatus.OPEN))
    session.add(ticket)
    draft.state = DraftStatus.FILED
    draft.updated_at = now
    session.flush()
    _announce(session, ticket, helpdesk_email, now)
    return OpenedTicket(ticket.reference, ticket.email, already_open=False)


def opened_by(session: Session, draft_id: str) -> OpenedTicket:
    """The ticket that a draft has become. Raises sqlalchemy's NoResultFound where it has not."""
    known = session.scalars(select(Ticket).where(Ticket.draft_id == draft_id)).one()
    return OpenedTicket(known.reference, known.email, already_open=True)


def known_before(session: Session, conversation_id: str, field: str) -> str | None:
    """What was last entered as `field` in any journey of the conversation, if anything was."""
    entered = [
        draft.fields.get(field) for draft in drafts.of_conversation(session, conversation_id)
    ]
    return next((str(value) for value in reversed(entered) if value), None)


def _check_not_too_many(session: Session, email: str, now: datetime) -> None:
    asked = session.scalars(
        select(func.count())
        .select_from(Ticket)
        .where(Ticket.email == email, Ticket.created_at > now - WITHIN)
    ).one()
    if asked >= MOST_OF_AN_ADDRESS:
        raise TooManyTickets("The address has asked often enough today.")


def _ticket(
    session: Session, draft: Draft, email: str, story: Sequence[Line], now: datetime
) -> Ticket:
    """The ticket of a draft. Raises DraftIncomplete for one without a question or language."""
    fields = draft.fields
    unusable = [name for name in ("question", "language") if not fields.get(name)]
    if unusable or fields["language"] not in LANGUAGES:
        raise DraftIncomplete(tuple(unusable or ["language"]))
    environment = fields.get("environment") or known_before(
        session, draft.conversation_id, "environment"
    )
    return Ticket(
        reference=new_ticket_reference(),
        draft_id=draft.id,
        conversation_id=draft.conversation_id,
        language=fields["language"],
        email=email,
        name=known_before(session, draft.conversation_id, "full_name"),
        question=fields["question"],
        topic=fields.get("topic"),
        environment=Environment(environment) if environment else None,
        entered=_entered(session, draft.conversation_id),
        story=[{"by": line.speaker.value, "text": cleaned(line.text)} for line in story],
        status=TicketStatus.OPEN,
        created_at=now,
    )


def _entered(session: Session, conversation_id: str) -> list[dict[str, Any]]:
    """What was entered in each other journey; an organisation by its name, what it was filed as."""
    others = (
        draft
        for draft in drafts.of_conversation(session, conversation_id)
        if draft.journey != Journey.TICKET and draft.fields
    )
    return [
        {"journey": draft.journey, "state": draft.state.value, "fields": _fields(session, draft)}
        for draft in others
    ]


def _fields(session: Session, draft: DraftState) -> dict[str, str]:
    told = {}
    filed = AuthorisationRequest.draft_id == draft.id
    reference = session.scalar(select(AuthorisationRequest.reference).where(filed))
    if reference is not None:
        told["reference"] = reference
    for name, value in draft.fields.items():
        if name == "organisation_id" and str(value).isdecimal():
            told["organisation"] = _organisation(session, int(str(value)))
        elif name not in NOT_TOLD:
            told[name] = str(value)
    return told


def _organisation(session: Session, organisation_id: int) -> str:
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        return str(organisation_id)
    summary = summarise(organisation)
    return f"{summary.name} ({summary.number})" if summary.number else summary.name


def _announce(session: Session, ticket: Ticket, helpdesk_email: str | None, now: datetime) -> None:
    """The mail to the help-desk, where there is one; the person's, without what they typed."""
    if helpdesk_email:
        forwarded = {
            "reference": ticket.reference,
            "email": ticket.email,
            "name": ticket.name,
            "question": ticket.question,
            "topic": ticket.topic,
            "environment": ticket.environment.value if ticket.environment else None,
            "entered": ticket.entered,
            "story": ticket.story,
            "reply_to": ticket.email,
        }
        outbox.enqueue(session, "ticket_forwarded", helpdesk_email, ticket.language, forwarded, now)
    kept = {"reference": ticket.reference, "is_forwarded": helpdesk_email is not None}
    outbox.enqueue(session, "ticket_opened", ticket.email, ticket.language, kept, now)
