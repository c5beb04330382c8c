"""One journey inside another: what is put aside, what is dropped, what is offered back."""

import pytest

from actions.access_request import ValidateAccessRequestForm
from actions.conversation import ActionCancelJourney, ActionStartOver
from actions.journeys import (
    BEGUN_BY,
    JOURNEYS,
    ActionBeginJourney,
    ActionEndJourney,
    ActionResumeJourney,
)
from tests.actions.talk import Said, Talk

BEGINNING = {form: intent for intent, form in BEGUN_BY.items()}


def begin(talk: Talk, form: str) -> Said:
    said = talk.call(ActionBeginJourney, BEGINNING[form])
    talk.form = form
    return said


def running_inside(talk: Talk, form: str, outer: str) -> Talk:
    begin(talk, outer)
    begin(talk, form)
    return talk


def follows(talk: Talk) -> list[str]:
    """The forms that the action named to follow it."""
    return [event["name"] for event in talk.events if event["event"] == "followup"]


def test_where_nothing_runs_nothing_is_put_aside(talk: Talk) -> None:
    assert begin(talk, "status_form") == []
    assert talk.slots.get("parked_form") is None


@pytest.mark.parametrize("form", JOURNEYS)
def test_the_same_journey_asked_for_again_goes_on(talk: Talk, form: str) -> None:
    begin(talk, form)
    assert begin(talk, form) == []
    assert talk.slots.get("parked_form") is None


def test_what_runs_is_put_aside_as_it_is(talk: Talk) -> None:
    talk.slots |= {"status_reference": "TR-7K3M-9QXW-C", "requested_slot": "status_email"}
    begin(talk, "status_form")
    assert begin(talk, "search_form") == ["utter_journey_parked"]
    assert talk.messages[0]["journey"] == "le suivi de votre demande"
    assert talk.slots["parked_form"] == "status_form"
    assert talk.slots["status_reference"] == "TR-7K3M-9QXW-C"
    assert talk.slots["requested_slot"] is None


def test_of_two_that_were_left_the_later_is_kept(talk: Talk) -> None:
    talk.slots["status_reference"] = "TR-7K3M-9QXW-C"
    running_inside(talk, "search_form", outer="status_form")
    assert begin(talk, "withdrawal_form") == ["utter_journey_parked"]
    assert talk.slots["parked_form"] == "search_form"
    assert talk.slots["status_reference"] is None


def test_a_request_is_never_dropped_for_another_journey(talk: Talk) -> None:
    talk.slots["request_name"] = "Camille Exemple"
    running_inside(talk, "search_form", outer="access_request_form")
    assert begin(talk, "status_form") == []
    assert talk.slots["parked_form"] == "access_request_form"
    assert talk.slots["request_name"] == "Camille Exemple"


def test_the_list_asked_for_instead_of_a_lost_reference_is_the_same_journey(talk: Talk) -> None:
    begin(talk, "status_form")
    assert begin(talk, "listing_form") == []
    assert talk.slots["parked_form"] is None


def test_the_journey_put_aside_begins_again_where_it_was(talk: Talk) -> None:
    running_inside(talk, "search_form", outer="status_form")
    assert begin(talk, "status_form") == ["utter_journey_parked"]
    assert talk.slots["parked_form"] == "search_form"


def test_at_the_end_the_other_is_offered_back(talk: Talk) -> None:
    running_inside(talk, "search_form", outer="status_form").form = None
    assert talk.call(ActionEndJourney) == ["utter_journey_offered"]


def test_nothing_is_offered_while_the_journey_still_runs(talk: Talk) -> None:
    running_inside(talk, "search_form", outer="status_form")
    assert talk.call(ActionEndJourney) == []


def test_at_the_end_the_place_in_the_guide_is_told(talk: Talk) -> None:
    talk.slots |= {"guide_site": "production", "guide_step": "log_in"}
    assert talk.call(ActionEndJourney) == ["utter_guide_place_kept"]


def test_at_the_end_nothing_is_told_where_nothing_waits(talk: Talk) -> None:
    assert talk.call(ActionEndJourney) == []


def test_to_go_on_takes_up_what_was_put_aside(talk: Talk) -> None:
    running_inside(talk, "search_form", outer="status_form").form = None
    assert talk.call(ActionResumeJourney, "resume_journey") == []
    assert follows(talk) == ["status_form"]
    assert talk.slots["parked_form"] is None


def test_to_go_on_inside_another_journey_puts_that_one_aside(talk: Talk) -> None:
    running_inside(talk, "search_form", outer="status_form")
    assert talk.call(ActionResumeJourney, "resume_journey") == ["utter_journey_parked"]
    assert follows(talk) == ["status_form"]
    assert talk.slots["parked_form"] == "search_form"


def test_to_go_on_where_a_form_asks_is_to_answer_it(talk: Talk) -> None:
    begin(talk, "search_form")
    assert talk.call(ActionResumeJourney, "resume_journey") == ["utter_form_under_way"]


def test_to_go_on_with_the_guide_shows_its_step(talk: Talk) -> None:
    talk.slots |= {"guide_site": "production", "guide_step": "log_in", "guide_left": "yes"}
    assert talk.call(ActionResumeJourney, "resume_journey") == ["utter_guide_log_in"]
    assert talk.slots["guide_left"] is None


def test_to_go_on_with_nothing_says_so_and_offers_to_look_elsewhere(talk: Talk) -> None:
    assert talk.call(ActionResumeJourney, "resume_journey") == ["utter_nothing_to_resume"]


def test_to_cancel_ends_the_inner_journey_alone(talk: Talk) -> None:
    talk.slots["status_reference"] = "TR-7K3M-9QXW-C"
    running_inside(talk, "search_form", outer="status_form")
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_stopped"]
    assert talk.slots["parked_form"] == "status_form"
    assert talk.slots["status_reference"] == "TR-7K3M-9QXW-C"


def test_to_cancel_where_none_runs_drops_what_was_put_aside(talk: Talk) -> None:
    talk.form = "access_request_form"
    talk.call(ValidateAccessRequestForm, "request_access")
    begin(talk, "search_form")
    talk.form = None
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_request_cancelled"]
    assert (talk.slots["parked_form"], talk.slots["request_draft"]) == (None, None)
    assert talk.call(ActionEndJourney) == []


def test_to_start_over_forgets_what_was_put_aside(talk: Talk) -> None:
    talk.slots["status_reference"] = "TR-7K3M-9QXW-C"
    running_inside(talk, "search_form", outer="status_form")
    talk.call(ActionStartOver, "start_over")
    assert (talk.slots["parked_form"], talk.slots["status_reference"]) == (None, None)


def test_a_guess_does_not_start_over_while_something_is_put_aside(talk: Talk) -> None:
    running_inside(talk, "search_form", outer="status_form").form = None
    said = talk.call(ActionStartOver, "start_over", confidence=0.8)
    assert said == ["utter_start_over_sure"]
