"""`make tickets`: what a help-desk does with the questions until there is a console."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from registry.models import OutboxMail
from registry.services import tickets
from registry.services.drafts import DraftState
from registry.session import Database
from registry.vocabulary import Journey, Speaker, TicketStatus

Run = Callable[..., str]
EMAIL = "camille.exemple@example.org"
STORY = (tickets.Line(Speaker.PERSON, "bonjour"), tickets.Line(Speaker.ASSISTANT, "Bonjour."))


@pytest.fixture
def reference(database: Database, short_draft: Callable[..., DraftState], now: datetime) -> str:
    """The reference of an open ticket."""
    with database.transaction() as session:
        fields = {"question": "Pourquoi est-ce que\nla page reste blanche ?", "topic": "no_email"}
        draft = short_draft(session, Journey.TICKET, environment="training", **fields)
        return tickets.open_ticket(session, draft.id, STORY, None, now).reference


def status_of(database: Database, reference: str) -> TicketStatus:
    with database.transaction() as session:
        return tickets.details_of(session, reference).status


def answers(database: Database) -> list[tuple[str, str]]:
    with database.transaction() as session:
        wanted = select(OutboxMail).where(OutboxMail.kind == "ticket_answered")
        return [(mail.recipient, mail.parameters["answer"]) for mail in session.scalars(wanted)]


def test_without_any_it_says_so(database: Database, run: Run) -> None:
    assert run("tickets") == "No question waits for a person.\n"


def test_the_open_ones_are_listed_a_line_each_without_an_address(run: Run, reference: str) -> None:
    header, line = run("tickets").splitlines()
    assert header.split() == [
        "REFERENCE",
        "ASKED",
        "(UTC)",
        "LANGUAGE",
        "PROBABLE",
        "TOPIC",
        "QUESTION",
    ]
    assert line.startswith(f"{reference}  2026-11-23 09:00  fr ")
    assert "I did not receive the e-mail" in line
    assert line.endswith("Pourquoi est-ce que la page reste blanche ?")
    assert "@" not in line


def test_one_is_shown_with_its_conversation_and_its_history(run: Run, reference: str) -> None:
    shown = run("tickets", "--show", reference)
    for said in (
        f"{reference}, open, in fr\n",
        f"From: name unknown, {EMAIL}\n",
        "Site: Training\n",
        "QUESTION\nPourquoi est-ce que\nla page reste blanche ?\n",
        "CONVERSATION\nPerson: bonjour\nAssistant: Bonjour.\n",
        "HISTORY (UTC)\n2026-11-23 09:00  open\n",
    ):
        assert said in shown


def test_an_answer_is_mailed_and_stands_in_the_history(
    database: Database, run: Run, reference: str
) -> None:
    said = run("tickets", "--answer", reference, "--text", "C'est l'autre page.", "--actor", "d-1")
    assert said == f"{reference} is answered: the mail is on its way.\n"
    assert answers(database) == [(EMAIL, "C'est l'autre page.")]
    assert status_of(database, reference) is TicketStatus.ANSWERED
    assert " answered by d-1: C'est l'autre page." in run("tickets", "--show", reference)


def test_one_is_closed_and_listed_no_more(database: Database, run: Run, reference: str) -> None:
    run("tickets", "--close", reference, "--actor", "d-1")
    assert status_of(database, reference) is TicketStatus.CLOSED
    assert run("tickets") == "No question waits for a person.\n"


@pytest.mark.parametrize("actor", [[], ["--actor", ""], ["--actor", "jo@example.org"]])
def test_who_acts_is_said_by_a_mark_that_is_no_address(
    database: Database, refused: Run, reference: str, actor: list[str]
) -> None:
    assert "ACTOR=desk-1" in refused("tickets", "--close", reference, *actor)
    assert status_of(database, reference) is TicketStatus.OPEN


@pytest.mark.parametrize("text", [[], ["--text", " "], ["--text", "x" * 1001]])
def test_an_empty_or_endless_answer_is_refused(
    database: Database, refused: Run, reference: str, text: list[str]
) -> None:
    assert "TEXT=" in refused("tickets", "--answer", reference, "--actor", "d-1", *text)
    assert answers(database) == []


def test_a_wrong_reference_is_said_to_be_one(database: Database, run: Run, refused: Run) -> None:
    assert "no reference of a ticket" in refused("tickets", "--show", "TR-7K3M-9QXW-C")
    assert "no reference of a ticket" in refused("tickets", "--close", "12", "--actor", "d-1")


def test_a_closed_one_stays_closed(run: Run, refused: Run, reference: str) -> None:
    run("tickets", "--close", reference, "--actor", "d-1")
    assert "is closed" in refused("tickets", "--close", reference, "--actor", "d-1")
