"""Reads what has to be said of an operator that is created with the request (S45, S46, S48)."""

from collections.abc import Callable

from actions.operator_creation import alike, ask_anew_whether_new, proposed_name, the_same
from actions.operator_questions import activity_buttons, section_buttons
from actions.organisation_buttons import organisation_label
from actions.request_state import RequestState
from registry import sections
from registry.validation import (
    BadAnswer,
    is_agreed,
    read_address,
    read_city,
    read_contact_means,
    read_country,
    read_operator_name,
)

IS_NEW = "yes"


def read_name_of_operator(state: RequestState, typed: str) -> None:
    """Take the name; "yes" takes the one that is proposed."""
    proposed = proposed_name(state)
    text = proposed if proposed and is_agreed(typed) else typed
    _take(state, "operator_name", text, read_operator_name)
    ask_anew_whether_new(state)


def read_country_of_operator(state: RequestState, typed: str) -> None:
    """Take the country; a section that is none of its own is asked for again (X23)."""
    _take(state, "operator_country", typed, read_country)
    ask_anew_whether_new(state)
    country, code = state.slots["operator_country"], state.slots["operator_section"]
    section = sections.of_code(code) if code else None
    if country and section and not section.is_for(country):
        state.set("operator_section", None)
        state.set("operator_activity", None)


def read_city_of_operator(state: RequestState, typed: str) -> None:
    """Take the city."""
    _take(state, "operator_city", typed, read_city)
    ask_anew_whether_new(state)


def read_whether_new(state: RequestState, typed: str) -> None:
    """Take it that none of the operators shown is meant; "yes" means the only one there is."""
    shown = alike(state)
    if typed == IS_NEW and the_same(state) is None:
        state.keep("operator_is_new", IS_NEW)
    elif typed != IS_NEW and len(shown) == 1:
        state.keep("request_organisation", shown[0].id)
        label = organisation_label(shown[0], state.house, state.turn.language)
        state.turn.say("utter_organisation_taken", organisation=label)


def read_address_of_operator(state: RequestState, typed: str) -> None:
    """Take the address."""
    _take(state, "operator_address", typed, read_address)


def read_contact(state: RequestState, typed: str) -> None:
    """Take the one means of contact, whichever of the four it is (S45)."""
    country = state.slots["operator_country"]
    _take(state, "operator_contact", typed, lambda text: read_contact_means(text, country).written)


def read_section(state: RequestState, typed: str) -> None:
    """Take the section; its only activity with it (S48)."""
    section = sections.read(typed, state.slots["operator_country"] or "")
    if section is None:
        state.refuse("operator_section", buttons=section_buttons(state))
        return
    state.keep("operator_section", section.code.value)
    kept = state.draft_value("operator_activity")
    if len(section.activities) == 1:
        state.keep("operator_activity", next(iter(section.activities)))
    else:
        state.set("operator_activity", kept if kept in section.activities else None)


def read_activity(state: RequestState, typed: str) -> None:
    """Take one of the activities of the section (S48)."""
    section = sections.of_code(state.slots["operator_section"] or "")
    activity = sections.activity_in(typed, section) if section else None
    if activity is None:
        state.refuse("operator_activity", buttons=activity_buttons(state))
    else:
        state.keep("operator_activity", activity)


READERS_OF_FIELDS: dict[str, Callable[[RequestState, str], None]] = {
    "operator_name": read_name_of_operator,
    "operator_country": read_country_of_operator,
    "operator_city": read_city_of_operator,
    "operator_is_new": read_whether_new,
    "operator_address": read_address_of_operator,
    "operator_contact": read_contact,
    "operator_section": read_section,
    "operator_activity": read_activity,
}


def _take(state: RequestState, slot: str, typed: str, read: Callable[[str], str]) -> None:
    try:
        state.keep(slot, read(typed))
    except BadAnswer:
        state.refuse(slot)
