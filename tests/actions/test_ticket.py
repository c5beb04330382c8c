"""A question to a person: asked for, confirmed, filed once with the conversation."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from actions.conversation import ActionCancelJourney
from actions.house import House
from actions.ticket import TICKET_SLOTS, ActionOpenTicket, ValidateTicketForm
from registry.models import Ticket
from registry.services import drafts
from registry.vocabulary import DraftStatus
from tests.actions.talk import Said, Talk
from tests.actions.test_access_request import ADDRESS, file_a_request

QUESTION = "Je ne trouve pas mon moulin, pourquoi ?"
EMAIL = "robin@example.org"
ASKED_IN_VAIN: list[dict[str, Any]] = [
    {"event": "user", "text": "zorglub ?", "topic": "out_of_scope"},
    {"event": "bot", "text": "Je n'ai pas compris."},
]


@pytest.fixture
def desk_talk(house: House) -> Talk:
    """A conversation in a house that has a help-desk."""
    return Talk(replace(house, helpdesk_email="desk@example.org"))


def start(talk: Talk, **more: Any) -> Said:
    talk.form = "ticket_form"
    return talk.call(ValidateTicketForm, "talk_to_human", text="Parler à une personne", **more)


def answer(talk: Talk, slot: str, text: str, **more: Any) -> Said:
    talk.slots["requested_slot"] = slot
    return talk.call(ValidateTicketForm, answers={slot: text}, text=text, **more)


def press(talk: Talk, intent: str, slot: str, value: str, **entities: str) -> Said:
    return talk.call(ValidateTicketForm, intent, entities, answers={slot: value})


def ask(talk: Talk, question: str = QUESTION, email: str = EMAIL) -> Said:
    start(talk)
    answer(talk, "ticket_question", question, topic="organisation_not_found")
    return answer(talk, "ticket_email", email)


def stamp(talk: Talk) -> dict[str, str]:
    return {name: str(talk.messages[-1][name]) for name in ("draft_id", "draft_version")}


def confirm(talk: Talk, **entities: str) -> Said:
    talk.slots["requested_slot"] = "ticket_confirmation"
    press(talk, "send_ticket", "ticket_confirmation", "confirmed", **entities)
    return talk.call(ActionOpenTicket, "send_ticket", text="Oui", story=ASKED_IN_VAIN)


def kept(talk: Talk) -> list[Ticket]:
    with talk.house.database.transaction() as session:
        found = list(session.scalars(select(Ticket).order_by(Ticket.id)))
        session.expunge_all()
    return found


def test_the_question_the_address_and_a_recap_are_asked_for_in_turn(talk: Talk) -> None:
    assert start(talk) == ["utter_field_ticket_question"]
    assert answer(talk, "ticket_question", QUESTION) == ["utter_field_ticket_email"]
    assert answer(talk, "ticket_email", EMAIL) == ["utter_field_ticket_confirmation"]
    recap = talk.messages[-1]
    assert (recap["question"], recap["email"]) == (QUESTION, EMAIL)


def test_confirmed_it_is_filed_with_the_conversation_and_the_topic(talk: Talk) -> None:
    talk.slots["guide_site"] = "training"
    ask(talk)
    assert confirm(talk, **stamp(talk)) == ["utter_ticket_kept", "utter_confirmation_mailed"]
    (ticket,) = kept(talk)
    assert talk.messages[0]["reference"] == ticket.reference
    assert (ticket.question, ticket.email) == (QUESTION, EMAIL)
    assert (ticket.topic, ticket.environment) == ("organisation_not_found", "training")
    assert ticket.story == [
        {"by": "person", "text": "zorglub ?"},
        {"by": "assistant", "text": "Je n'ai pas compris."},
        {"by": "person", "text": "Oui"},
    ]
    assert {talk.slots[slot] for slot in TICKET_SLOTS} == {None}


def test_an_answer_is_promised_only_where_somebody_gets_the_question(
    talk: Talk, desk_talk: Talk
) -> None:
    """A04."""
    ask(talk)
    assert talk.messages[-1]["destination"] == "gardée ici, sans être envoyée"
    assert confirm(talk)[0] == "utter_ticket_kept"
    ask(desk_talk)
    assert "envoyée par courriel" in desk_talk.messages[-1]["destination"]
    assert confirm(desk_talk)[0] == "utter_ticket_forwarded"


def test_in_the_demonstration_the_mail_is_said_to_be_shown(demo_talk: Talk) -> None:
    """A03."""
    ask(demo_talk)
    assert confirm(demo_talk)[1] == "utter_mail_shown_in_demonstration"


# What is offered


@pytest.mark.parametrize(
    "last", ["utter_not_understood", "utter_not_understood_again", "utter_out_of_scope"]
)
def test_what_was_asked_last_is_offered_where_it_was_not_understood(talk: Talk, last: str) -> None:
    talk.last_answer = [last]
    start(talk, story=ASKED_IN_VAIN)
    (button,) = talk.buttons()
    assert button["title"] == "Ma dernière question"
    said = press(
        talk, "reuse_answer", "ticket_question", "reused", draft_id=talk.slots["ticket_draft"]
    )
    assert said == ["utter_field_ticket_email"]
    assert talk.slots["ticket_question"] == "zorglub ?"
    answer(talk, "ticket_email", EMAIL)
    confirm(talk)
    assert kept(talk)[0].topic == "out_of_scope"


def test_what_was_answered_is_not_offered(talk: Talk) -> None:
    talk.last_answer = ["utter_how_long"]
    start(talk, story=ASKED_IN_VAIN)
    assert talk.buttons() == []


def test_the_address_given_before_is_offered(talk: Talk) -> None:
    file_a_request(talk)
    start(talk)
    answer(talk, "ticket_question", QUESTION)
    (button,) = talk.buttons()
    assert button["title"] == ADDRESS
    press(talk, "reuse_answer", "ticket_email", "reused", draft_id=talk.slots["ticket_draft"])
    assert talk.slots["ticket_email"] == ADDRESS
    confirm(talk)
    assert kept(talk)[0].name == "Camille Exemple"


def test_a_button_of_another_question_offers_nothing(talk: Talk) -> None:
    file_a_request(talk)
    start(talk)
    answer(talk, "ticket_question", QUESTION)
    said = press(talk, "reuse_answer", "ticket_email", "reused", draft_id="another")
    assert said == ["utter_field_ticket_email_again"]


def test_it_starts_anew_after_another_form_has_asked(talk: Talk) -> None:
    talk.slots["requested_slot"] = "request_email"
    talk.last_answer = ["utter_not_understood"]
    start(talk, story=ASKED_IN_VAIN)
    assert len(talk.buttons()) == 1


# What cannot be used


def test_no_question_and_no_address_are_asked_for_again(talk: Talk) -> None:
    start(talk)
    for nothing in ("rien", "…", "x" * 1001):
        said = answer(talk, "ticket_question", nothing)
        assert said == ["utter_field_ticket_question_again"]
    answer(talk, "ticket_question", QUESTION)
    assert answer(talk, "ticket_email", "robin") == ["utter_field_ticket_email_again"]
    assert talk.slots["ticket_email"] is None


def test_a_mistyped_address_is_pointed_out_and_corrected_by_its_button(talk: Talk) -> None:
    assert ask(talk, email="robin@gmial.com") == [
        "utter_email_suggestion",
        "utter_field_ticket_confirmation",
    ]
    said = press(
        talk,
        "change_field",
        "ticket_confirmation",
        "change",
        field="email_suggestion",
        draft_id=talk.slots["ticket_draft"],
    )
    assert said == ["utter_field_ticket_confirmation"]
    assert talk.messages[-1]["email"] == "robin@gmail.com"


# Changing


def test_a_question_in_between_asks_again_and_sets_nothing(talk: Talk) -> None:
    ask(talk)
    talk.slots["requested_slot"] = "ticket_confirmation"
    assert talk.call(ValidateTicketForm, "how_long") == ["utter_field_ticket_confirmation"]
    assert talk.events == []


@pytest.mark.parametrize("slot", ["ticket_question", "ticket_email"])
def test_a_field_is_changed_from_the_recap(talk: Talk, slot: str) -> None:
    ask(talk)
    entities = {"field": slot, **stamp(talk)}
    said = press(talk, "change_field", "ticket_confirmation", "change", **entities)
    assert said == [f"utter_field_{slot}"]
    new = {"ticket_question": "Une autre ?", "ticket_email": "jo@example.org"}[slot]
    assert answer(talk, slot, new) == ["utter_field_ticket_confirmation"]
    assert talk.messages[-1][slot.removeprefix("ticket_")] == new


def test_a_sentence_brings_the_new_value(talk: Talk) -> None:
    ask(talk)
    entities = {"field": "ticket_email", "new_value": "jo@example.org"}
    said = press(talk, "change_field", "ticket_confirmation", "change", **entities)
    assert said == ["utter_field_ticket_confirmation"]
    assert talk.messages[-1]["email"] == "jo@example.org"


def test_no_asks_what_to_change(talk: Talk) -> None:
    ask(talk)
    said = press(talk, "deny", "ticket_confirmation", "refused")
    assert said == ["utter_ticket_what_to_change"]
    assert kept(talk) == []


@pytest.mark.parametrize("intent", ["send_ticket", "change_field"])
def test_a_button_of_an_earlier_recap_does_nothing(talk: Talk, intent: str) -> None:
    ask(talk)
    before = stamp(talk)
    press(talk, "change_field", "ticket_confirmation", "change", field="ticket_email", **before)
    answer(talk, "ticket_email", "jo@example.org")
    value = "confirmed" if intent == "send_ticket" else "change"
    said = press(talk, intent, "ticket_confirmation", value, field="ticket_question", **before)
    assert said == ["utter_ticket_changed", "utter_field_ticket_confirmation"]
    assert talk.slots["ticket_confirmation"] is None


# Once


def test_an_answer_that_was_lost_is_said_again_and_files_nothing_twice(talk: Talk) -> None:
    ask(talk)
    before = dict(talk.slots)
    confirm(talk)
    first = talk.messages[0]["reference"]
    # The turn was undone: the conversation is where it was, the register is not.
    talk.slots = before
    assert confirm(talk)[0] == "utter_ticket_kept"
    assert talk.messages[0]["reference"] == first
    assert len(kept(talk)) == 1


def test_after_a_lost_cancel_the_question_is_taken_on(talk: Talk) -> None:
    ask(talk)
    before, old = dict(talk.slots), stamp(talk)
    talk.call(ActionCancelJourney, "cancel")
    # The turn was undone: they see the recap, and press its button.
    talk.slots = before
    talk.slots["requested_slot"] = "ticket_confirmation"
    said = press(talk, "send_ticket", "ticket_confirmation", "confirmed", **old)
    assert said == ["utter_ticket_changed", "utter_field_ticket_confirmation"]
    assert confirm(talk, **stamp(talk))[0] == "utter_ticket_kept"
    assert kept(talk)[0].question == QUESTION


def test_a_second_question_is_another_ticket(talk: Talk) -> None:
    for _ in range(2):
        ask(talk)
        confirm(talk)
        talk.slots["requested_slot"] = None
    assert len({ticket.reference for ticket in kept(talk)}) == 2


def test_too_many_questions_of_an_address_are_sent_to_the_help_desk(talk: Talk) -> None:
    for _ in range(5):
        ask(talk)
        confirm(talk)
        talk.slots["requested_slot"] = None
    ask(talk)
    assert confirm(talk) == ["utter_too_many_tickets"]
    assert len(kept(talk)) == 5


# Giving up


def test_cancelled_nothing_is_filed_and_the_draft_is_closed(talk: Talk) -> None:
    ask(talk)
    draft_id = talk.slots["ticket_draft"]
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_stopped"]
    assert {talk.slots[slot] for slot in TICKET_SLOTS} == {None}
    with talk.house.database.transaction() as session:
        draft = drafts.get(session, draft_id)
    assert draft is not None and draft.state is DraftStatus.CANCELLED


def test_on_a_guess_it_is_asked_whether_to_give_up(talk: Talk) -> None:
    ask(talk)
    assert talk.call(ActionCancelJourney, "cancel", confidence=0.7) == ["utter_cancel_sure"]
    assert talk.slots["ticket_question"] == QUESTION


def test_where_nothing_is_lost_it_is_not_asked(talk: Talk) -> None:
    start(talk)
    assert talk.call(ActionCancelJourney, "cancel", confidence=0.7) == ["utter_stopped"]


def test_cancelled_after_a_lost_answer_it_is_said_to_be_filed(talk: Talk) -> None:
    ask(talk)
    before = dict(talk.slots)
    confirm(talk)
    talk.slots = before
    said = talk.call(ActionCancelJourney, "cancel")
    assert said == ["utter_ticket_kept", "utter_confirmation_mailed"]
