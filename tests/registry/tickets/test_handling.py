"""A ticket is listed, shown, answered by mail, closed; its status is told to its owner alone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import OutboxMail
from registry.references import BadReference, new_ticket_reference
from registry.services import tickets
from registry.services.drafts import DraftState
from registry.vocabulary import Journey, Speaker, TicketStatus

DESK = "desk@example.org"
EMAIL = "camille.exemple@example.org"
Open = Callable[..., str]


@pytest.fixture
def open_one(short_draft: Callable[..., DraftState], now: datetime) -> Open:
    """Opens a ticket and returns its reference: `open_one(session, conversation_id, at=…)`."""

    def do(session: Session, conversation_id: str = "conversation-1", at: datetime = now) -> str:
        draft = short_draft(
            session, Journey.TICKET, conversation_id=conversation_id, question="Pourquoi ?"
        )
        story = [tickets.Line(Speaker.PERSON, "bonjour")]
        return tickets.open_ticket(session, draft.id, story, None, at).reference

    return do


def answers(session: Session) -> list[OutboxMail]:
    wanted = select(OutboxMail).where(OutboxMail.kind == "ticket_answered")
    return list(session.scalars(wanted))


def test_the_open_ones_are_listed_the_oldest_first(
    session: Session, now: datetime, open_one: Open
) -> None:
    newer = open_one(session, "conversation-1", at=now + timedelta(hours=1))
    older = open_one(session, "conversation-2")
    closed = open_one(session, "conversation-3")
    tickets.close(session, closed, "desk-1", now)
    assert [ticket.reference for ticket in tickets.waiting(session)] == [older, newer]


def test_a_ticket_is_shown_whole(session: Session, now: datetime, open_one: Open) -> None:
    reference = open_one(session)
    shown = tickets.details_of(session, reference.lower())
    assert (shown.reference, shown.question, shown.email) == (reference, "Pourquoi ?", EMAIL)
    assert shown.story == ({"by": "person", "text": "bonjour"},)
    assert shown.events == ((now, None, TicketStatus.OPEN, None),)


def test_an_answer_is_mailed_to_the_person_and_noted(
    session: Session, now: datetime, open_one: Open
) -> None:
    reference = open_one(session)
    tickets.answer(session, reference, "Essayez sans accent.", "desk-1", DESK, now)
    (mail,) = answers(session)
    assert (mail.recipient, mail.language) == (EMAIL, "fr")
    assert mail.parameters == {
        "reference": reference,
        "answer": "Essayez sans accent.",
        "reply_to": DESK,
    }
    shown = tickets.details_of(session, reference)
    assert shown.status is TicketStatus.ANSWERED
    assert shown.events[-1] == (now, "desk-1", TicketStatus.ANSWERED, "Essayez sans accent.")


def test_it_can_be_answered_twice(session: Session, now: datetime, open_one: Open) -> None:
    reference = open_one(session)
    for text in ("Une réponse.", "Une autre."):
        tickets.answer(session, reference, text, "desk-1", None, now)
    assert [mail.parameters["answer"] for mail in answers(session)] == [
        "Une réponse.",
        "Une autre.",
    ]


def test_a_closed_one_is_neither_answered_nor_closed_again(
    session: Session, now: datetime, open_one: Open
) -> None:
    reference = open_one(session)
    assert tickets.close(session, reference, "desk-1", now) is TicketStatus.CLOSED
    with pytest.raises(tickets.TicketClosed):
        tickets.close(session, reference, "desk-1", now)
    with pytest.raises(tickets.TicketClosed):
        tickets.answer(session, reference, "Trop tard.", "desk-1", None, now)
    assert answers(session) == []


def test_an_unknown_or_mistyped_reference_is_told_apart(session: Session) -> None:
    with pytest.raises(tickets.TicketUnknown):
        tickets.details_of(session, new_ticket_reference())
    with pytest.raises(BadReference):
        tickets.details_of(session, "TR-7K3M-9QXW-C")


def test_its_status_is_told_to_its_owner_alone(
    session: Session, now: datetime, open_one: Open
) -> None:
    reference = open_one(session)
    assert tickets.status_of(session, reference, EMAIL.upper()) is TicketStatus.OPEN
    assert tickets.status_of(session, reference, "robin@example.org") is None
    assert tickets.status_of(session, new_ticket_reference(), EMAIL) is None
