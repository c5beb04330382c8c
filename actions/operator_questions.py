"""Asks for what describes a new operator, with the answers that can be chosen as buttons."""

import json
from collections.abc import Callable, Iterable

from actions.operator_creation import alike, proposed_name, the_same
from actions.organisation_buttons import organisation_buttons
from actions.request_state import RequestState
from actions.turn import Button
from registry import countries, sections
from registry.services.directory import OrganisationSummary


def ask_name(state: RequestState) -> None:
    """Ask for the name; what was searched for is proposed (S43, S46)."""
    name = proposed_name(state)
    if name is None or state.draft_value("operator_name"):
        state.turn.say("utter_field_operator_name")
        return
    keep = answer_button(state, "operator_name", state.say_word("keep_this_name"), name)
    state.turn.say("utter_field_operator_name_proposed", [keep], name=name)


def ask_city(state: RequestState) -> None:
    """Ask for the city, naming the country: it may have been taken from the search."""
    country = countries.name(state.slots["operator_country"] or "", state.turn.language)
    state.turn.say("utter_field_operator_city", country=country)


def ask_whether_new(state: RequestState) -> None:
    """Show the operators that may be meant; the very same cannot be created once more."""
    buttons = organisation_buttons(
        alike(state), "choose_organisation", state.house, state.turn.language, **state.stamp()
    )
    if the_same(state):
        for field in ("operator_name", "operator_city"):
            buttons.append(change_button(state, field, state.say_word(f"change_{field}")))
        state.turn.say("utter_operator_exists", buttons)
        return
    create = {"title": state.say_word("create_mine"), "payload": "/create_here"}
    state.turn.say("utter_field_operator_is_new", [*buttons, create])


def ask_section(state: RequestState) -> None:
    """Ask for the section, of those of the operator's country (S48, X23)."""
    state.turn.say("utter_field_operator_section", section_buttons(state))


def ask_activity(state: RequestState) -> None:
    """Ask for the activity where the section has several (S48)."""
    state.turn.say("utter_field_operator_activity", activity_buttons(state))


def ask_which(state: RequestState, fields: Iterable[str], value: str | None) -> None:
    """Ask which of several fields is meant; a value that was said goes with the answer."""
    buttons = []
    for field in fields:
        title = state.say_word(f"called_{field}")
        if value is None:
            buttons.append(change_button(state, field, title))
        else:
            told = state.say_word("title_and_value", title=title, value=value)
            buttons.append(answer_button(state, field, told, value))
    state.say_and_wait("utter_which_is_meant", buttons=buttons)


QUESTIONS: dict[str, Callable[[RequestState], None]] = {
    "operator_name": ask_name,
    "operator_city": ask_city,
    "operator_is_new": ask_whether_new,
    "operator_section": ask_section,
    "operator_activity": ask_activity,
}


def section_buttons(state: RequestState) -> list[Button]:
    """Return a button for each section of the operator's country."""
    return [
        answer_button(state, "operator_section", state.say_word(section.title_key), section.code)
        for section in sections.of_country(state.slots["operator_country"] or "")
    ]


def activity_buttons(state: RequestState) -> list[Button]:
    """Return a button for each activity of the section, as the site names them."""
    section = sections.of_code(state.slots["operator_section"] or "")
    return [
        answer_button(state, "operator_activity", activity, activity)
        for activity in (section.activities if section else ())
    ]


def body_buttons(state: RequestState, bodies: Iterable[OrganisationSummary]) -> list[Button]:
    """Return a button for each control body."""
    slot = "operator_control_body"
    return [
        answer_button(state, slot, f"{body.name} ({body.number or body.country})", str(body.id))
        for body in bodies
    ]


def answer_button(state: RequestState, field: str, title: str, value: str) -> Button:
    """Return a button that answers ``field`` with ``value``."""
    return {
        "title": title,
        "payload": _change_payload(state, {"field": field, "new_value": value}),
    }


def change_button(state: RequestState, field: str, title: str) -> Button:
    """Return a button that has ``field`` asked for again."""
    return {"title": title, "payload": _change_payload(state, {"field": field})}


def _change_payload(state: RequestState, values: dict[str, str]) -> str:
    stamp = {name: str(value) for name, value in state.stamp().items()}
    return "/change_field" + json.dumps({**values, **stamp})
