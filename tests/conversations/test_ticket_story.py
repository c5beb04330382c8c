"""The ticket that reaches a person holds the whole conversation, and no code."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import select

from registry.models import Ticket
from tests.conversations.client import Body, Conversation
from tests.conversations.house import House
from tests.conversations.register import conversation_of

DESK = "desk@example.org"


@pytest.fixture
def talk(house: House) -> Iterator[Conversation]:
    conversation = Conversation.open(house, "fr")
    yield conversation
    conversation.close()


def type_a_code(talk: Conversation, email: str) -> str:
    """Prove an address by the code mailed to it; returns the code."""
    talk.say("où en est ma demande ?")
    talk.press_titled("Je n'ai pas de référence")
    talk.say(email)
    mail = talk.mails_to(email, at_least=1)[0]
    code = re.findall(r"\d{6}", mail["text"])[0]
    talk.say(code)
    return str(code)


def ask_a_person(talk: Conversation, email: str) -> None:
    talk.say("parler à une personne")
    talk.say("Pourquoi n'y a-t-il aucune demande <à moi> ?")
    talk.press_titled(email)
    talk.press_titled("Oui, c'est bien cela")


def ticket_of(house: House, talk: Conversation) -> Ticket:
    with house.database.transaction() as session:
        mine = Ticket.conversation_id == conversation_of(house, talk.token)
        ticket = session.scalars(select(Ticket).where(mine)).one()
        session.expunge_all()
    return ticket


def forwarded(talk: Conversation, reference: str) -> Body:
    """The help-desk's mail about the ticket."""
    mails = talk.mails_to(DESK, at_least=1)
    (mail,) = (mail for mail in mails if reference in mail["subject"])
    return mail


def test_the_story_is_the_whole_conversation_without_the_code(
    house: House, talk: Conversation
) -> None:
    email = f"jo.{uuid4().hex[:10]}@example.org"
    code = type_a_code(talk, email)
    ask_a_person(talk, email)
    ticket = ticket_of(house, talk)
    sides = {"assistant": "assistant", "user": "person"}
    told = [{"by": sides[said["from"]], "text": said["text"]} for said in talk.history()]
    # All but the answer that says that it is filed.
    assert ticket.story == told[: -len(talk.messages)]
    assert ticket.story[-1] == {"by": "person", "text": "Oui, c'est bien cela"}
    assert code not in str(ticket.story)


def test_the_help_desk_reads_the_story_and_the_question(house: House, talk: Conversation) -> None:
    email = f"jo.{uuid4().hex[:10]}@example.org"
    type_a_code(talk, email)
    ask_a_person(talk, email)
    ticket = ticket_of(house, talk)
    talk.mails_to(email, at_least=2)
    text = forwarded(talk, ticket.reference)["text"]
    for said in (
        "« Pourquoi n'y a-t-il aucune demande <à moi> ? »",
        f"- E-mail : {email}",
        "- Assistant : Bonjour. Je suis un assistant automatique",
        "- Personne : où en est ma demande ?",
        "- Liste de ses demandes (en cours) : e-mail : ",
    ):
        assert said in text
