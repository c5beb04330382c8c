"""`make tickets`: the questions to a person are listed, shown, answered by mail and closed."""

import argparse
import re
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from registry.cli.base import CommandRefused, moment, now, register, table
from registry.references import BadReference
from registry.services import tickets
from registry.settings import Settings
from registry.ticket_words import entered_lines, site_in_words, story_lines, topic_in_words
from registry.validation import BadAnswer, read_message

if TYPE_CHECKING:
    from registry.cli.base import Commands

# Stays with the ticket: an opaque mark, as in the trail of a request.
ACTOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,63}")
# What is written here is for whoever answers: in one language, whatever the ticket's is.
LANGUAGE = "en"


def add_to(commands: "Commands") -> None:
    """Add the command and its options."""
    parser = commands.add_parser("tickets", help="questions to a person")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--show", metavar="REFERENCE", help="the whole ticket")
    act.add_argument("--answer", metavar="REFERENCE", help="mail --text to the person")
    act.add_argument("--close", metavar="REFERENCE", help="nothing more is to be done")
    parser.add_argument("--text", help="the answer")
    parser.add_argument("--actor", help="who answers or closes: a short mark, no name")
    parser.set_defaults(run=run)


def run(settings: Settings, parsed: argparse.Namespace) -> str:
    """Do what was asked; without anything asked, list the open tickets."""
    try:
        with register(settings) as session:
            if parsed.show:
                return _shown(tickets.details_of(session, parsed.show))
            if parsed.answer:
                return _answer(session, parsed, settings.helpdesk_email)
            if parsed.close:
                tickets.close(session, parsed.close, _actor(parsed), now())
                return f"{parsed.close} is closed."
            return _listed(tickets.waiting(session))
    except BadReference:
        raise CommandRefused("That is no reference of a ticket (TK-XXXX-XXXX-X).") from None
    except tickets.TicketUnknown:
        raise CommandRefused("There is no ticket of that reference.") from None
    except tickets.TicketClosed:
        raise CommandRefused("The ticket is closed: nothing is added to it.") from None


def _answer(session: Session, parsed: argparse.Namespace, helpdesk_email: str | None) -> str:
    try:
        text = read_message(parsed.text or "")
    except BadAnswer:
        text = None
    if text is None:
        raise CommandRefused("Say what is answered, in at most 1,000 characters: TEXT=…")
    tickets.answer(session, parsed.answer, text, _actor(parsed), helpdesk_email, now())
    return f"{parsed.answer} is answered: the mail is on its way."


def _actor(parsed: argparse.Namespace) -> str:
    actor = parsed.actor or ""
    if not ACTOR.fullmatch(actor):
        raise CommandRefused("Say who acts, by a short mark and no name: ACTOR=desk-1")
    return str(actor)


def _listed(found: tuple[tickets.TicketSummary, ...]) -> str:
    if not found:
        return "No question waits for a person."
    rows = [
        (
            ticket.reference,
            moment(ticket.created_at),
            ticket.language,
            topic_in_words(ticket.topic, LANGUAGE),
            ticket.question,
        )
        for ticket in found
    ]
    return table(("REFERENCE", "ASKED (UTC)", "LANGUAGE", "PROBABLE TOPIC", "QUESTION"), rows)


def _shown(ticket: tickets.TicketDetails) -> str:
    history = [
        f"{moment(at)}  {status}{f' by {actor}' if actor else ''}{f': {text}' if text else ''}"
        for at, actor, status, text in ticket.events
    ]
    return "\n".join(
        (
            f"{ticket.reference}, {ticket.status}, in {ticket.language}",
            f"From: {ticket.name or 'name unknown'}, {ticket.email}",
            f"Site: {site_in_words(ticket.environment, LANGUAGE)}",
            f"Probable topic: {topic_in_words(ticket.topic, LANGUAGE)}",
            "",
            "QUESTION",
            ticket.question,
            "",
            "ENTERED",
            *entered_lines(ticket.entered, LANGUAGE),
            "",
            "CONVERSATION",
            *story_lines(ticket.story, LANGUAGE),
            "",
            "HISTORY (UTC)",
            *history,
        )
    )
