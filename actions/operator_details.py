"""Reads what may be told of a new operator beside the rest, from the recap (S47, S49)."""

from collections.abc import Callable
from dataclasses import replace

from actions.operator_creation import ask_anew_whether_new, environment
from actions.operator_questions import body_buttons
from actions.request_draft import LEFT_OUT
from actions.request_state import RequestState
from registry import query
from registry.identifiers import company_keys
from registry.services import directory, duplicates
from registry.services.directory import OrganisationSummary
from registry.services.requests.new_operator import IDENTIFIERS
from registry.validation import (
    BadAnswer,
    is_skipped,
    read_coordinates,
    read_date,
    read_eori,
    read_identifier,
    read_region,
    read_vat,
)
from registry.vocabulary import OrganisationKind

# Said of a detail that was refused several times: it may be left out.
HELP = "utter_operator_detail_help"
FROM, TO = "operator_valid_from", "operator_valid_to"

Reader = Callable[[str], str | None]


def read_region_of_operator(state: RequestState, typed: str) -> None:
    """Take the administrative region (S47)."""
    _take(state, "operator_region", typed, read_region)


def read_coordinates_of_operator(state: RequestState, typed: str) -> None:
    """Take latitude and longitude (S47)."""

    def read(text: str) -> str | None:
        coordinates = read_coordinates(text)
        return None if coordinates is None else f"{coordinates[0]}, {coordinates[1]}"

    _take(state, "operator_coordinates", typed, read)


def read_eori_of_operator(state: RequestState, typed: str) -> None:
    """Take the EORI number (X22)."""
    _take_identifier(state, "operator_eori", typed, read_eori)


def read_vat_of_operator(state: RequestState, typed: str) -> None:
    """Take the VAT number (X22), read as one of the operator's country."""
    country = state.slots["operator_country"]
    _take_identifier(state, "operator_vat", typed, lambda text: read_vat(text, country))


def read_identifier_of_operator(state: RequestState, typed: str) -> None:
    """Take any other identifier (S47)."""
    _take_identifier(state, "operator_identifier", typed, read_identifier)


def read_control_body(state: RequestState, typed: str) -> None:
    """Take the control body of a button, or search for it in the directory (S49)."""
    slot = "operator_control_body"
    if is_skipped(typed):
        state.keep(slot, LEFT_OUT)
        return
    if pressed := _pressed(state, typed):
        state.keep(slot, pressed.id)
        return
    asked = replace(
        query.read(typed, environment(state)), kind=OrganisationKind.CONTROL_BODY, role=None
    )
    found = directory.search(state.session, asked)
    if not found.organisations or asked.says_nothing:
        # "Oui" names nobody: searched for, it would find everyone.
        state.refuse(slot, help_by=HELP)
    elif len(found.organisations) == 1 and not found.only_similar:
        state.keep(slot, found.organisations[0].id)
    else:
        buttons = body_buttons(state, found.organisations)
        state.say_and_wait(f"utter_field_{slot}_results", buttons=buttons)


def forget_control_body(state: RequestState) -> None:
    """Leave the control body out: it is one of another site."""
    state.keep("operator_control_body", LEFT_OUT)


def read_valid_from(state: RequestState, typed: str) -> None:
    """Take the day from which the activity is valid (S49)."""
    _take(state, FROM, typed, _in_order(lambda day: (day, state.draft_value(TO))))


def read_valid_to(state: RequestState, typed: str) -> None:
    """Take the day until which the activity is valid, not before the first (S49)."""
    _take(state, TO, typed, _in_order(lambda day: (state.draft_value(FROM), day)))


READERS_OF_DETAILS: dict[str, Callable[[RequestState, str], None]] = {
    "operator_region": read_region_of_operator,
    "operator_coordinates": read_coordinates_of_operator,
    "operator_eori": read_eori_of_operator,
    "operator_vat": read_vat_of_operator,
    "operator_identifier": read_identifier_of_operator,
    "operator_control_body": read_control_body,
    FROM: read_valid_from,
    TO: read_valid_to,
}


def _take(state: RequestState, slot: str, typed: str, read: Reader) -> None:
    try:
        value = read(typed)
    except BadAnswer:
        state.refuse(slot, help_by=HELP)
        return
    state.keep(slot, LEFT_OUT if value is None else value)


def _take_identifier(state: RequestState, slot: str, typed: str, read: Reader) -> None:
    """Take an identifier; who has the same one may be the operator that is meant."""
    _take(state, slot, typed, read)
    value = state.draft_value(slot)
    if value is None:
        return
    same = [(IDENTIFIERS[slot], company_keys(value)[0])]
    if duplicates.of_identifiers(state.session, environment(state), same):
        ask_anew_whether_new(state)


def _pressed(state: RequestState, value: str) -> OrganisationSummary | None:
    """Return the control body of a button; what is typed is a name or a code."""
    is_button = state.turn.entity("draft_id") is not None and value.isdecimal()
    body = directory.get(state.session, int(value)) if is_button else None
    return body if body and body.kind == OrganisationKind.CONTROL_BODY else None


def _in_order(days: Callable[[str], tuple[str | None, str | None]]) -> Reader:
    """Return a reader of a day that refuses one by which the end comes before the beginning."""

    def read(text: str) -> str | None:
        day = read_date(text)
        if day is None:
            return None
        start, end = days(day.isoformat())
        if start and end and end < start:
            raise BadAnswer("it would end before it begins")
        return day.isoformat()

    return read
