"""Where a conversation stands is read from its slots, and from the buttons said last."""

from typing import Any

import pytest
from rasa.shared.core.events import ActiveLoop, BotUttered, Event, SlotSet
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.meaning import Meaning
from bot.place import place_in

SLOTS = ("language", "requested_slot", "last_answer", "parked_form")


def tracker_of(*events: Event, said: str | None = None) -> DialogueStateTracker:
    last_answer = [{"response": said, "needs_values": False}] if said else []
    slots = [AnySlot(name, mappings=[{}]) for name in SLOTS]
    setup = [SlotSet("language", "en"), SlotSet("last_answer", last_answer)]
    return DialogueStateTracker.from_events("conversation-1", [*setup, *events], slots)


def said_by_bot(response: str, *payloads: str) -> BotUttered:
    buttons = [{"title": payload, "payload": payload} for payload in payloads]
    return BotUttered("…", data={"buttons": buttons}, metadata={"utter_action": response})


def test_a_field_is_asked_for_while_its_form_runs() -> None:
    asked = SlotSet("requested_slot", "status_email")
    assert place_in(tracker_of(asked), []).requested_field is None
    place = place_in(tracker_of(ActiveLoop("status_form"), asked), [])
    assert (place.language, place.requested_field) == ("en", "status_email")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("utter_not_understood", {"was_misunderstood": True}),
        ("utter_guide_choose_site", {"asks_for_site": True}),
        ("utter_organisations_found", {"has_searched": True}),
        ("utter_greeting", {}),
    ],
)
def test_what_was_said_last_is_told(said: str, told: dict[str, Any]) -> None:
    place = place_in(tracker_of(said=said), [])
    names = ("was_misunderstood", "asks_for_site", "has_searched")
    assert {name: True for name in names if getattr(place, name)} == told


def test_yes_is_the_first_button_of_the_question_and_no_the_last() -> None:
    question = said_by_bot("utter_cancel_sure", "/cancel", "/where_am_i")
    asked_again = said_by_bot("utter_field_request_kind", "/request_operator", "/which_role")
    place = place_in(tracker_of(), [question, asked_again])
    assert place.if_yes == Meaning("cancel", 1.0, [])
    assert place.if_no == Meaning("where_am_i", 1.0, [])


def test_a_button_that_is_meant_brings_its_values() -> None:
    question = said_by_bot("utter_typed_may_be_message", '/change_field{"field": "typed_message"}')
    place = place_in(tracker_of(), [question])
    assert place.if_yes is not None
    assert [(e["entity"], e["value"]) for e in place.if_yes.entities] == [
        ("field", "typed_message")
    ]
    assert place.if_no is None


def test_another_question_has_no_yes() -> None:
    place = place_in(tracker_of(), [said_by_bot("utter_greeting", "/help")])
    assert (place.if_yes, place.if_no) == (None, None)
