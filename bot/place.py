"""Reads where a conversation stands out of its tracker, for the router."""

from collections.abc import Iterable

from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.meaning import Meaning, Place
from bot.messages import yes_and_no
from bot.payloads import parse_payload

# Answers that end in the question which site is meant.
ASKING_FOR_SITE = {
    "utter_guide_overview",
    "utter_guide_choose_site",
    "utter_guide_not_started",
    "utter_guide_finished",
    "utter_prod_vs_training",
}
# What is typed after one of these may narrow the search.
TELLING_WHAT_WAS_FOUND = {
    "utter_organisations_found",
    "utter_organisations_found_more",
    "utter_organisations_found_similar",
    "utter_organisations_not_found",
    "utter_none_of_these",
}
# Questions with a button for yes, the first, and one for no, the last: who types it means it.
YES_OR_NO = {
    "utter_cancel_sure",
    "utter_field_erasure_sure",
    "utter_start_over_sure",
    "utter_field_request_kind_before",
    "utter_field_request_organisation_one",
    "utter_typed_may_be_message",
}
# What stands in the place of an organisation's id where the request describes a new operator.
NEW_OPERATOR = "new"
OFFERING_PARKED = "utter_journey_offered"
MISUNDERSTOOD = {"utter_not_understood", "utter_not_understood_again", "utter_unsure"}


def said_last(tracker: DialogueStateTracker) -> set[str]:
    """Return the ids of the responses that were said last."""
    return {said["response"] for said in tracker.get_slot("last_answer") or ()}


def place_in(tracker: DialogueStateTracker, latest_turn: Iterable[Event]) -> Place:
    """Return where the conversation stands.

    ``latest_turn`` is read for the buttons of a question of ``YES_OR_NO`` alone.
    """
    in_form = tracker.active_loop_name is not None
    said = said_last(tracker)
    yes, no = yes_and_no(latest_turn, YES_OR_NO)
    return Place(
        language=tracker.get_slot("language"),
        requested_field=tracker.get_slot("requested_slot") if in_form else None,
        was_misunderstood=bool(MISUNDERSTOOD & said),
        asks_for_site=bool(ASKING_FOR_SITE & said),
        has_searched=bool(TELLING_WHAT_WAS_FOUND & said),
        has_parked=tracker.get_slot("parked_form") is not None,
        offers_parked=OFFERING_PARKED in said,
        describes_operator=tracker.get_slot("request_organisation") == NEW_OPERATOR,
        if_yes=_meaning_of(yes),
        if_no=_meaning_of(no),
    )


def _meaning_of(payload: str | None) -> Meaning | None:
    if payload is None:
        return None
    parsed = parse_payload(payload)
    return Meaning(parsed["intent"]["name"], parsed["intent"]["confidence"], parsed["entities"])
