"""A draft becomes one ticket, once, with the mails to the help-desk and to the person."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import Operator, OutboxMail, Ticket
from registry.references import parse_ticket_reference
from registry.services import drafts, tickets
from registry.services.drafts import DraftState
from registry.services.requests import DraftIncomplete, FiledRequest
from registry.vocabulary import DraftStatus, Environment, Journey, Speaker, TicketStatus

DESK = "desk@example.org"
QUESTION = "Je ne trouve pas mon moulin, <b>pourquoi</b> ?"
STORY = (
    tickets.Line(Speaker.PERSON, "bonjour\x1b[31m"),
    tickets.Line(Speaker.ASSISTANT, "Bonjour. Que souhaitez-vous faire ?"),
)


@pytest.fixture
def question(short_draft: Callable[..., DraftState]) -> Callable[..., DraftState]:
    """Enters a draft of a question: `question(session, conversation_id=…, email=…, …)`."""

    def enter(session: Session, **fields: str) -> DraftState:
        return short_draft(session, Journey.TICKET, **{"question": QUESTION, **fields})

    return enter


def mails(session: Session) -> dict[str, OutboxMail]:
    return {mail.kind: mail for mail in session.scalars(select(OutboxMail))}


def the_ticket(session: Session) -> Ticket:
    return session.scalars(select(Ticket)).one()


def test_a_ticket_holds_the_question_the_story_and_what_is_guessed(
    session: Session, now: datetime, question: Callable[..., DraftState]
) -> None:
    draft = question(session, topic="organisation_not_found", environment="training")
    opened = tickets.open_ticket(session, draft.id, STORY, None, now)
    ticket = the_ticket(session)
    assert parse_ticket_reference(opened.reference) == ticket.reference
    assert (opened.email, opened.already_open) == ("camille.exemple@example.org", False)
    assert (ticket.question, ticket.topic) == (QUESTION, "organisation_not_found")
    assert (ticket.environment, ticket.language) == (Environment.TRAINING, "fr")
    assert (ticket.status, ticket.created_at) == (TicketStatus.OPEN, now)
    assert ticket.story[1] == {"by": "assistant", "text": "Bonjour. Que souhaitez-vous faire ?"}
    assert [(e.at, e.actor, e.to_status) for e in ticket.events] == [(now, None, TicketStatus.OPEN)]


def test_control_signs_of_what_was_typed_are_not_kept(
    session: Session, now: datetime, question: Callable[..., DraftState]
) -> None:
    tickets.open_ticket(session, question(session).id, STORY, None, now)
    assert the_ticket(session).story[0] == {"by": "person", "text": "bonjour[31m"}


def test_what_was_entered_in_the_conversation_goes_along_by_its_names(
    session: Session,
    now: datetime,
    question: Callable[..., DraftState],
    full_draft: Callable[..., DraftState],
    add_operator: Callable[..., Operator],
) -> None:
    operator = add_operator(session, "Moulin Bio", traces_number="BE-ORG-OP-8")
    full_draft(session, operator, message="Bonjour")
    elsewhere = add_operator(session, "Huilerie", traces_number="BE-ORG-OP-9")
    full_draft(session, elsewhere, conversation_id="conversation-2")
    tickets.open_ticket(session, question(session).id, STORY, None, now)
    ticket = the_ticket(session)
    assert ticket.name == "Camille Exemple"
    assert ticket.entered == [
        {
            "journey": "access_request",
            "state": "open",
            "fields": {
                "environment": "production",
                "organisation": "Moulin Bio (BE-ORG-OP-8)",
                "full_name": "Camille Exemple",
                "email": "Camille.Exemple@example.org",
                "message": "Bonjour",
            },
        }
    ]


def test_a_request_that_was_filed_goes_along_with_its_reference_and_its_site(
    session: Session,
    now: datetime,
    question: Callable[..., DraftState],
    file: Callable[..., FiledRequest],
    add_operator: Callable[..., Operator],
) -> None:
    filed = file(session, add_operator(session), conversation_id=question(session).conversation_id)
    tickets.open_ticket(session, question(session).id, STORY, None, now)
    ticket = the_ticket(session)
    assert ticket.entered[0]["fields"]["reference"] == filed.reference
    assert ticket.environment == Environment.PRODUCTION


def test_what_stands_in_the_place_of_an_organisation_goes_along_as_it_is(
    session: Session,
    now: datetime,
    question: Callable[..., DraftState],
    short_draft: Callable[..., DraftState],
) -> None:
    """An operator that is still to be created has no number in the register."""
    short_draft(session, Journey.ACCESS_REQUEST, organisation_id="new", operator_name="Moulin")
    tickets.open_ticket(session, question(session).id, STORY, None, now)
    (entered,) = the_ticket(session).entered
    assert (entered["fields"]["organisation_id"], entered["fields"]["operator_name"]) == (
        "new",
        "Moulin",
    )


def test_what_was_cancelled_does_not_go_along(
    session: Session,
    now: datetime,
    question: Callable[..., DraftState],
    full_draft: Callable[..., DraftState],
    add_operator: Callable[..., Operator],
) -> None:
    drafts.cancel(session, full_draft(session, add_operator(session)).id, now)
    tickets.open_ticket(session, question(session).id, STORY, None, now)
    assert the_ticket(session).entered == []


def test_opening_the_same_draft_again_gives_the_first_ticket(
    session: Session, now: datetime, question: Callable[..., DraftState]
) -> None:
    draft = question(session)
    first = tickets.open_ticket(session, draft.id, STORY, DESK, now)
    again = tickets.open_ticket(session, draft.id, (), DESK, now)
    assert again.already_open and again.reference == first.reference
    assert len(mails(session)) == 2
    kept = drafts.get(session, draft.id)
    assert kept is not None and kept.state is DraftStatus.FILED


def test_the_help_desk_is_sent_the_whole_and_its_reply_goes_to_the_person(
    session: Session, now: datetime, question: Callable[..., DraftState]
) -> None:
    tickets.open_ticket(session, question(session, topic="no_email").id, STORY, DESK, now)
    mail = mails(session)["ticket_forwarded"]
    assert (mail.recipient, mail.language) == (DESK, "fr")
    assert mail.parameters["reply_to"] == "camille.exemple@example.org"
    assert mail.parameters["question"] == QUESTION
    assert mail.parameters["story"] == the_ticket(session).story


def test_the_person_is_sent_nothing_of_what_was_typed(
    session: Session, now: datetime, question: Callable[..., DraftState]
) -> None:
    opened = tickets.open_ticket(session, question(session).id, STORY, DESK, now)
    mail = mails(session)["ticket_opened"]
    assert mail.recipient == "camille.exemple@example.org"
    assert mail.parameters == {"reference": opened.reference, "is_forwarded": True}


def test_without_a_help_desk_it_is_kept_and_the_mail_says_so(
    session: Session, now: datetime, question: Callable[..., DraftState]
) -> None:
    tickets.open_ticket(session, question(session).id, STORY, None, now)
    assert list(mails(session)) == ["ticket_opened"]
    assert mails(session)["ticket_opened"].parameters["is_forwarded"] is False


@pytest.mark.parametrize("missing", ["question", "email", "language"])
def test_a_draft_that_lacks_something_opens_nothing(
    session: Session, now: datetime, question: Callable[..., DraftState], missing: str
) -> None:
    draft = question(session)
    drafts.save_field(session, draft.id, missing, None, now)
    with pytest.raises(DraftIncomplete) as refused:
        tickets.open_ticket(session, draft.id, STORY, DESK, now)
    assert refused.value.fields == (missing,)
    assert mails(session) == {}


def test_a_cancelled_draft_and_one_of_another_journey_open_nothing(
    session: Session,
    now: datetime,
    question: Callable[..., DraftState],
    short_draft: Callable[..., DraftState],
) -> None:
    draft = question(session)
    drafts.cancel(session, draft.id, now)
    with pytest.raises(drafts.DraftClosed):
        tickets.open_ticket(session, draft.id, STORY, DESK, now)
    other = short_draft(session, Journey.WITHDRAWAL)
    with pytest.raises(drafts.UnknownDraft):
        tickets.open_ticket(session, other.id, STORY, DESK, now)


def test_an_address_is_not_flooded(
    session: Session, now: datetime, question: Callable[..., DraftState]
) -> None:
    """Nobody has proven that the address is theirs, and each ticket makes a mail to it."""
    for number in range(5):
        draft = question(session, conversation_id=f"conversation-{number}")
        tickets.open_ticket(session, draft.id, STORY, None, now)
    sixth = question(session, conversation_id="conversation-6")
    with pytest.raises(tickets.TooManyTickets):
        tickets.open_ticket(session, sixth.id, STORY, None, now)
    other = question(session, conversation_id="conversation-7", email="robin@example.org")
    assert tickets.open_ticket(session, other.id, STORY, None, now).reference
    later = now + timedelta(hours=24)
    assert tickets.open_ticket(session, sixth.id, STORY, None, later).reference


def test_what_was_given_before_in_the_conversation_is_known(
    session: Session, now: datetime, short_draft: Callable[..., DraftState]
) -> None:
    assert tickets.known_before(session, "conversation-1", "email") is None
    short_draft(session, Journey.OWN_REQUESTS, email="robin@example.org")
    assert tickets.known_before(session, "conversation-1", "email") == "robin@example.org"
    assert tickets.known_before(session, "conversation-2", "email") is None
