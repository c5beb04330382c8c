"""Takes what access is asked to: the site, the kind, and the organisation or a new operator."""

import re

from actions.operator_creation import ask_anew_whether_new, begin_creation, environment
from actions.operator_details import forget_control_body
from actions.organisation_buttons import choice_of, organisation_label
from actions.organisation_search import search
from actions.request_state import RequestState
from registry import query
from registry.services import directory
from registry.validation import is_skipped
from registry.vocabulary import Environment, OrganisationKind, OrganisationStatus

# Said of authorities and control bodies, which nobody creates here (S43, X25).
NO_CREATION = "_no_creation"
POSTAL_CODE = re.compile(r"\b\d{4,5}\b")


def read_environment(state: RequestState, typed: str) -> None:
    """Take the site. S22: nothing is shared between the sites, neither is an organisation."""
    if typed not in list(Environment):
        return
    state.keep("request_environment", typed)
    chosen = state.organisation()
    if chosen and chosen.environment != typed:
        state.set("request_organisation", None)
    if state.is_creating:
        # It may be there on the other site.
        ask_anew_whether_new(state)
        forget_control_body(state)


def read_kind(state: RequestState, typed: str) -> None:
    """Take the kind of organisation (S29); an organisation of another kind is dropped."""
    if typed not in list(OrganisationKind):
        return
    state.keep("request_kind", typed)
    chosen = state.organisation()
    if (chosen and chosen.kind != typed) or (
        state.is_creating and typed != OrganisationKind.OPERATOR
    ):
        state.set("request_organisation", None)


def read_organisation(state: RequestState, typed: str) -> None:
    """Take the organisation of a button, search for what was typed, or begin to create one."""
    turn = state.turn
    if turn.entity("organisation_id") is not None:
        _choose_organisation(state, typed)
    elif turn.intent == "create_here":
        _create(state)
    elif turn.intent == "none_of_these":
        _ask_for_more(state)
    elif turn.is_only_an_entity("environment"):
        # "Training" as an answer here corrects the site that was taken over.
        read_environment(state, turn.entity("environment") or "")
    elif turn.slot("request_search") and is_skipped(typed):
        # "Non", "none" to the organisations that were shown.
        _ask_for_more(state)
    else:
        _search_organisation(state, typed)


def _create(state: RequestState) -> None:
    """Begin to describe an operator, after a search for it alone (S42, X20)."""
    searched = state.turn.slot("operator_searched") or state.draft.fields.get("searched")
    if state.slots["request_kind"] not in (None, OrganisationKind.OPERATOR):
        state.set("request_organisation", state.draft_value("request_organisation"))
        state.say_and_wait("utter_create_operators_only")
    elif searched is None:
        state.turn.say("utter_search_before_creating")
    else:
        begin_creation(state, str(searched))


def _ask_for_more(state: RequestState) -> None:
    """Ask for more of the name after none of those shown was the right one."""
    if state.turn.slot("request_search"):
        state.say_and_wait(f"utter_none_of_these{_creation(state)}")


def _creation(state: RequestState) -> str:
    """Return what tells the responses that offer a creation from those that cannot."""
    is_operator = state.slots["request_kind"] == OrganisationKind.OPERATOR
    return "" if is_operator else NO_CREATION


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
        environment=environment(state),
        kind=state.slots["request_kind"],
    )
    state.changed["request_search"] = searched.typed
    _remember_name(state, text)
    found = searched.found
    if not found.organisations:
        creation = _creation(state)
        help_by = f"utter_field_request_organisation_help{creation}"
        state.refuse("request_organisation", f"none{creation}", help_by, typed=text)
    elif found.is_named:
        only = found.organisations[0]
        _take_organisation(state, only)
        label = organisation_label(only, state.house, state.turn.language)
        state.turn.say("utter_organisation_taken", organisation=label)
    else:
        _offer_organisations(state, found)


def _remember_name(state: RequestState, text: str) -> None:
    """Keep what was searched for: who creates an operator needs the name in it.

    That is not the number, the country or the postal code that may follow.
    """
    said = query.read(text, environment(state))
    is_name = said.text and not POSTAL_CODE.search(text)
    if is_name or not (said.says_nothing or state.turn.slot("operator_searched")):
        state.changed["operator_searched"] = text


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
