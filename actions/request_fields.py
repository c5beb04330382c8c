"""Reads the answer to each field of the request's form, or says what is wrong with it."""

from collections.abc import Callable

from actions.organisation_buttons import choice_of, organisation_label
from actions.organisation_search import search
from actions.request_draft import LEFT_OUT
from actions.request_state import RequestState
from registry.services import directory
from registry.validation import (
    BadAnswer,
    read_contact_email,
    read_email,
    read_full_name,
    read_message,
    read_phone,
    suggest_email,
)
from registry.vocabulary import Environment, OrganisationKind, OrganisationStatus

# What was typed into the message's field and answered as a question, in the draft.
TYPED_MESSAGE = "typed_message"


def read_environment(state: RequestState, typed: str) -> None:
    """Take the site. S22: nothing is shared between the sites, neither is an organisation."""
    if typed not in list(Environment):
        return
    state.keep("request_environment", typed)
    chosen = state.organisation()
    if chosen and chosen.environment != typed:
        state.set("request_organisation", None)


def read_kind(state: RequestState, typed: str) -> None:
    """Take the kind of organisation (S29); an organisation of another kind is dropped."""
    if typed not in list(OrganisationKind):
        return
    state.keep("request_kind", typed)
    chosen = state.organisation()
    if chosen and chosen.kind != typed:
        state.set("request_organisation", None)


def read_organisation(state: RequestState, typed: str) -> None:
    """Take the organisation of a button, or search for what was typed."""
    turn = state.turn
    if turn.entity("organisation_id") is not None:
        _choose_organisation(state, typed)
    elif turn.is_only_an_entity("environment"):
        # "Training" as an answer here corrects the site that was taken over.
        read_environment(state, turn.entity("environment") or "")
    else:
        _search_organisation(state, typed)


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
    organisation = state.organisation()
    country = organisation.country if organisation else None
    _read_optional(state, "request_contact_phone", typed, lambda text: read_phone(text, country))


READERS: dict[str, Callable[[RequestState, str], None]] = {
    "request_environment": read_environment,
    "request_kind": read_kind,
    "request_organisation": read_organisation,
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


def _choose_organisation(state: RequestState, organisation_id: str) -> None:
    chosen_before = state.draft_value("request_organisation")
    # Chosen once more is no stale choice: the first answer may have been lost.
    if state.is_stale() and organisation_id != chosen_before:
        state.set("request_organisation", chosen_before)
        state.turn.say("utter_recap_changed")
        return
    organisation = directory.get(state.session, int(organisation_id))
    if organisation is None or organisation.status == OrganisationStatus.REJECTED:
        state.say_and_wait("utter_field_request_organisation_unavailable")
        return
    _take_organisation(state, organisation)


def _take_organisation(state: RequestState, organisation: directory.OrganisationSummary) -> None:
    state.keep("request_environment", organisation.environment)
    state.keep("request_kind", organisation.kind)
    state.keep("request_organisation", organisation.id)
    state.changed["request_search"] = None


def _search_organisation(state: RequestState, text: str) -> None:
    searched = search(
        state.session,
        text,
        before=state.turn.slot("request_search"),
        environment=Environment(state.slots["request_environment"] or Environment.PRODUCTION),
        kind=state.slots["request_kind"],
    )
    state.changed["request_search"] = searched.typed
    found = searched.found
    if not found.organisations:
        state.refuse("request_organisation", "none", typed=text)
    elif found.is_named:
        only = found.organisations[0]
        _take_organisation(state, only)
        label = organisation_label(only, state.house, state.turn.language)
        state.turn.say("utter_organisation_taken", organisation=label)
    else:
        _offer_organisations(state, found)


def _offer_organisations(state: RequestState, found: directory.SearchResult) -> None:
    buttons = choice_of(
        found, "choose_organisation", state.house, state.turn.language, **state.stamp()
    )
    state.has_asked = True
    state.turn.say(f"utter_field_request_organisation_{_how_found(found)}", buttons=buttons)


def _how_found(found: directory.SearchResult) -> str:
    if len(found.organisations) == 1:
        return "one"
    if found.only_similar:
        return "similar"
    return "more" if found.more else "results"
