"""Journeys asked for inside one another: one is parked, and offered back when the other ends.

A journey is a form with its slots. Parked, its form's name stands in a slot and its own slots
stay as they are, so that it goes on where it was.
"""

from rasa_sdk.events import ActiveLoop, FollowupAction

from actions.address_proof import FORMS as PROOF_FORMS
from actions.base import PlainAction
from actions.find_organisation import SEARCH_SLOTS
from actions.guide import place_of, show, tell_place
from actions.house import House
from actions.request_draft import REQUEST_SLOTS
from actions.status import STATUS_SLOTS
from actions.ticket import TICKET_SLOTS
from actions.turn import Events, Turn, empty_slots, set_slots

REQUEST_FORM = "access_request_form"
TICKET_FORM = "ticket_form"
PARKED_SLOT = "parked_form"
# The slots of each journey's form.
JOURNEYS: dict[str, tuple[str, ...]] = {
    REQUEST_FORM: REQUEST_SLOTS,
    "search_form": SEARCH_SLOTS,
    "status_form": STATUS_SLOTS,
    **{name: form.slots for name, form in PROOF_FORMS.items()},
    TICKET_FORM: TICKET_SLOTS,
}
# The form that an intent begins; the rules of data/rules/journeys.yml say the same.
BEGUN_BY = {
    "request_access": REQUEST_FORM,
    "create_here": REQUEST_FORM,
    "find_organisation": "search_form",
    "check_status": "status_form",
    "list_my_requests": "listing_form",
    "withdraw_here": "withdrawal_form",
    "resume_elsewhere": "resumption_form",
    "export_my_data": "export_form",
    "erase_my_data": "erasure_form",
    "talk_to_human": TICKET_FORM,
}
# Who has lost the reference that a form asks for goes on with another: that is one journey.
GOES_ON_AS = {"status_form": "listing_form"}


class ActionBeginJourney(PlainAction):
    """Makes room for the journey that a message begins: what runs is parked."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_begin_journey"

    def act(self, turn: Turn) -> Events:
        """Park the form that runs, unless it is the one asked for."""
        return make_room(turn, self.house, BEGUN_BY[turn.intent])


class ActionEndJourney(PlainAction):
    """Follows the end of a journey with the way back to what it had interrupted."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_end_journey"

    def act(self, turn: Turn) -> Events:
        """Offer the parked journey, else tell the place in a guide under way."""
        place, parked = place_of(turn), turn.slot(PARKED_SLOT)
        if turn.active_form:
            return []
        if parked:
            turn.say("utter_journey_offered", journey=journey_name(parked, self.house, turn))
        elif place.is_under_way:
            tell_place(turn, self.house, place, "utter_guide_place_kept")
        return []


class ActionResumeJourney(PlainAction):
    """Goes on with what was interrupted."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_resume_journey"

    def act(self, turn: Turn) -> Events:
        """Go on with the parked journey, else with the guide; say where there is neither."""
        place, parked = place_of(turn), turn.slot(PARKED_SLOT)
        if parked:
            return [*make_room(turn, self.house, parked), FollowupAction(parked)]
        if turn.active_form:
            turn.say("utter_form_under_way")
        elif place.step and place.site:
            return show(turn, self.house, place.at(place.step))
        else:
            turn.say("utter_nothing_to_resume")
        return []


def make_room(turn: Turn, house: House, form: str) -> Events:
    """Return the events after which ``form`` may begin, or go on where it was parked."""
    running, parked = turn.active_form, turn.slot(PARKED_SLOT)
    if running is None or running == form:
        return empty_slots(PARKED_SLOT) if parked == form else []
    kept = _kept(running, None if parked == form else parked, form)
    if kept == running:
        turn.say("utter_journey_parked", journey=journey_name(kept, house, turn))
    # Depth 1: of two that were left only one is kept.
    dropped = {running, parked} - {kept, form, None}
    emptied = [slot for left in dropped for slot in JOURNEYS[str(left)]]
    return [
        ActiveLoop(None),
        *empty_slots("requested_slot", *emptied),
        *set_slots(**{PARKED_SLOT: kept}),
    ]


def _kept(running: str, parked: str | None, form: str) -> str | None:
    if GOES_ON_AS.get(running) == form:
        return parked
    # The request is the one with most in it.
    return parked if parked == REQUEST_FORM else running


def end_form(form: str) -> Events:
    """Return the events that end a form and empty what was typed into it."""
    return [ActiveLoop(None), *empty_slots("requested_slot", *JOURNEYS[form])]


def end_all_forms() -> Events:
    """Return the events that end any form, the parked one too."""
    typed = (slot for slots in JOURNEYS.values() for slot in slots)
    return [ActiveLoop(None), *empty_slots("requested_slot", PARKED_SLOT, *typed)]


def journey_name(form: str, house: House, turn: Turn) -> str:
    """Return what a journey is called in the conversation's language."""
    return house.terms.say(f"journey_{form.removesuffix('_form')}", turn.language)
