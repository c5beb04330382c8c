"""What the recap of a request tells, of an organisation of the directory or of a new operator."""

from datetime import date
from typing import Any

from babel.dates import format_date

from actions.request_draft import OPERATOR_DETAILS, OPTIONAL_FIELDS
from actions.request_state import RequestState
from registry import countries, sections
from registry.services import directory
from registry.validation import read_contact_means


def tell_recap(state: RequestState) -> None:
    """Say the whole request, with buttons of this state of the draft (A02)."""
    if state.is_creating:
        state.turn.say("utter_field_request_confirmation_new_operator", **_of_new_operator(state))
    else:
        state.turn.say("utter_field_request_confirmation", **_of_organisation(state))


def _of_organisation(state: RequestState) -> dict[str, Any]:
    organisation = state.organisation()
    if organisation is None:
        raise LookupError("the draft's organisation is gone")
    return {
        "environment": state.say_word(f"environment_{organisation.environment}"),
        "kind": state.say_word(f"kind_{organisation.kind}"),
        "organisation": organisation.name,
        "number": organisation.number or state.say_word("left_out"),
        **_of_requester(state),
    }


def _of_new_operator(state: RequestState) -> dict[str, Any]:
    slots = state.slots
    section = sections.of_code(slots["operator_section"] or "")
    contact = read_contact_means(slots["operator_contact"] or "")
    details = [told for slot in OPERATOR_DETAILS if (told := _detail(state, slot))]
    return {
        "environment": state.say_word(f"environment_{slots['request_environment']}"),
        "operator": slots["operator_name"],
        "country": countries.name(slots["operator_country"] or "", state.turn.language),
        "city": slots["operator_city"],
        "address": slots["operator_address"],
        "contact": state.say_word(f"contact_{contact.kind}", value=contact.value),
        "section": state.say_word(section.title_key) if section else None,
        "activity": slots["operator_activity"],
        "details": " ; ".join(details) or state.say_word("left_out"),
        **_of_requester(state),
    }


def _of_requester(state: RequestState) -> dict[str, Any]:
    nothing = state.say_word("left_out")
    optional = {
        slot.removeprefix("request_"): state.draft_value(slot) or nothing
        for slot in OPTIONAL_FIELDS
    }
    return {
        "name": state.slots["request_name"],
        "email": state.slots["request_email"],
        **optional,
        **state.stamp(),
    }


def _detail(state: RequestState, slot: str) -> str | None:
    """Return a detail in words, nothing where it was left out."""
    value = state.draft_value(slot)
    if value is None:
        return None
    if slot == "operator_control_body":
        body = directory.get(state.session, int(value))
        value = f"{body.name} ({body.number})" if body else value
    elif slot in ("operator_valid_from", "operator_valid_to"):
        value = format_date(date.fromisoformat(value), "long", locale=state.turn.language)
    return state.say_word(f"detail_{slot}", value=value)
