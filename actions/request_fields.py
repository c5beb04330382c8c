"""Reads the answer to each field of the request's form, or says what is wrong with it."""

from collections.abc import Callable

from actions.operator_details import READERS_OF_DETAILS
from actions.operator_fields import READERS_OF_FIELDS
from actions.request_draft import LEFT_OUT
from actions.request_organisation import read_environment, read_kind, read_organisation
from actions.request_state import RequestState
from registry.validation import (
    BadAnswer,
    read_contact_email,
    read_email,
    read_full_name,
    read_message,
    read_phone,
    suggest_email,
)

# What was typed into the message's field and answered as a question, in the draft.
TYPED_MESSAGE = "typed_message"


def read_name(state: RequestState, typed: str) -> None:
    """Take the first and last name."""
    try:
        state.keep("request_name", read_full_name(typed))
    except BadAnswer:
        state.refuse("request_name")


def read_request_email(state: RequestState, typed: str) -> None:
    """Take the EU Login e-mail (S26); a likely slip of its domain is pointed out."""
    try:
        address = read_email(typed)
    except BadAnswer:
        state.refuse("request_email")
        return
    state.keep("request_email", address)
    suggestion = suggest_email(address)
    if suggestion:
        state.save("email_suggestion", suggestion)
        draft_id = state.draft.id
        state.turn.say("utter_email_suggestion", suggestion=suggestion, draft_id=draft_id)


def take_suggestion(state: RequestState) -> None:
    """Take the address that was suggested instead of the one typed."""
    suggestion = state.draft.fields.get("email_suggestion")
    if suggestion:
        state.keep("request_email", str(suggestion))


def read_request_message(state: RequestState, typed: str) -> None:
    """Take the optional message (S55)."""
    _read_optional(state, "request_message", typed, read_message)
    state.forget(TYPED_MESSAGE)


def offer_as_message(state: RequestState, typed: str) -> None:
    """Offer to take as the message what was answered as a question.

    The draft keeps it, so that the button need not; a later one makes this button stale.
    """
    state.save(TYPED_MESSAGE, typed)
    state.turn.say("utter_typed_may_be_message", **state.stamp())


def take_typed_message(state: RequestState) -> None:
    """Take as the message what was typed instead of it."""
    typed = state.draft.fields.get(TYPED_MESSAGE)
    if typed:
        read_request_message(state, str(typed))


def read_request_contact_email(state: RequestState, typed: str) -> None:
    """Take the optional contact e-mail (S55)."""
    _read_optional(state, "request_contact_email", typed, read_contact_email)


def read_request_contact_phone(state: RequestState, typed: str) -> None:
    """Take the optional contact phone (S55), read as one of the organisation's country."""
    country = state.country()
    _read_optional(state, "request_contact_phone", typed, lambda text: read_phone(text, country))


READERS: dict[str, Callable[[RequestState, str], None]] = {
    "request_environment": read_environment,
    "request_kind": read_kind,
    "request_organisation": read_organisation,
    **READERS_OF_FIELDS,
    **READERS_OF_DETAILS,
    "request_name": read_name,
    "request_email": read_request_email,
    "request_message": read_request_message,
    "request_contact_email": read_request_contact_email,
    "request_contact_phone": read_request_contact_phone,
}


def _read_optional(
    state: RequestState, slot: str, typed: str, read: Callable[[str], str | None]
) -> None:
    try:
        value = read(typed)
    except BadAnswer:
        state.refuse(slot)
        return
    state.keep(slot, LEFT_OUT if value is None else value)
