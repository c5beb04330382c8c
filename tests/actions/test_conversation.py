"""Cancelling, starting over, and two topics to choose from."""

import pytest
from sqlalchemy import select

from actions.access_request import ValidateAccessRequestForm
from actions.conversation import (
    ActionCancelJourney,
    ActionOfferTopics,
    ActionStartOver,
)
from actions.find_organisation import SEARCH_SLOTS
from actions.guide_path import FINISHED
from actions.my_requests import ValidateListingForm
from actions.request_draft import REQUEST_SLOTS
from actions.status import STATUS_SLOTS
from registry.models import Draft
from tests.actions.talk import Talk


def draft_states(talk: Talk) -> list[str]:
    with talk.house.database.transaction() as session:
        return list(session.scalars(select(Draft.state)))


def in_the_form(talk: Talk) -> Talk:
    talk.form = "access_request_form"
    talk.call(ValidateAccessRequestForm, "request_access")
    return talk


def ended_forms(talk: Talk) -> bool:
    return {"event": "active_loop", "name": None} in [
        {key: event.get(key) for key in ("event", "name")} for event in talk.events
    ]


def test_cancelling_a_request_drops_its_draft(talk: Talk) -> None:
    assert in_the_form(talk).call(ActionCancelJourney, "cancel") == ["utter_request_cancelled"]
    assert draft_states(talk) == ["cancelled"]
    assert ended_forms(talk)
    assert talk.slots["request_draft"] is None


@pytest.mark.parametrize("form", ["search_form", "status_form"])
def test_cancelling_another_form_ends_it(talk: Talk, form: str) -> None:
    talk.form = form
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_stopped"]
    assert ended_forms(talk)


def test_cancelling_a_proof_drops_its_draft_so_that_no_code_is_awaited(talk: Talk) -> None:
    talk.form = "listing_form"
    talk.call(ValidateListingForm, answers={"listing_email": "camille@example.org"})
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_stopped"]
    assert draft_states(talk) == ["cancelled"]


def test_cancelling_the_guide_leaves_it(talk: Talk) -> None:
    talk.slots |= {"guide_site": "production", "guide_step": "log_in"}
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_guide_left"]
    assert talk.slots["guide_left"] == "yes"


def test_a_form_is_cancelled_before_the_guide_around_it(talk: Talk) -> None:
    talk.slots |= {"guide_site": "production", "guide_step": "log_in"}
    in_the_form(talk).call(ActionCancelJourney, "cancel")
    assert talk.slots["guide_step"] == "log_in"


def test_cancelling_nothing_says_so(talk: Talk) -> None:
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_nothing_to_cancel"]
    assert talk.events == []


def test_starting_over_forgets_everything_but_the_language(talk: Talk) -> None:
    talk.slots |= {"language": "en", "guide_site": "training", "guide_step": "wait"}
    said = in_the_form(talk).call(ActionStartOver, "start_over")
    assert said == ["utter_started_over", "utter_greeting"]
    assert draft_states(talk) == ["cancelled"]
    assert talk.slots["language"] == "en"
    assert talk.slots["guide_site"] is None
    assert ended_forms(talk)


@pytest.mark.parametrize(("lang", "title"), [("fr", "Le lien a expiré"), ("en", "The link")])
def test_topics_are_offered_under_their_titles(talk: Talk, lang: str, title: str) -> None:
    talk.slots["language"] = lang
    assert talk.call(ActionOfferTopics, "unsure", {"topic": "link_expired"}) == ["utter_unsure"]
    button, something_else = talk.buttons()
    assert button["payload"] == "/link_expired"
    assert button["title"].startswith(title)
    assert something_else["payload"] == "/help"


@pytest.mark.parametrize("intent", ["unsure", "two_topics"])
def test_a_choice_of_topics_says_why_there_is_one(talk: Talk, intent: str) -> None:
    assert talk.call(ActionOfferTopics, intent, {"topic": "how_long"}) == [f"utter_{intent}"]
    assert [button["payload"] for button in talk.buttons()] == ["/how_long", "/help"]


@pytest.mark.parametrize("step", [FINISHED, None])
def test_a_guide_that_has_ended_is_nothing_to_cancel(talk: Talk, step: str | None) -> None:
    talk.slots |= {"guide_site": "production", "guide_step": step}
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_nothing_to_cancel"]


def test_starting_over_forgets_what_was_typed_into_any_form(talk: Talk) -> None:
    typed = dict.fromkeys((*REQUEST_SLOTS, *SEARCH_SLOTS, *STATUS_SLOTS), "typed")
    talk.slots |= {**typed, "request_draft": "0" * 32, "requested_slot": "status_email"}
    talk.call(ActionStartOver, "start_over")
    assert {talk.slots[slot] for slot in (*typed, "requested_slot")} == {None}


def test_starting_over_where_nothing_runs_greets(talk: Talk) -> None:
    said = talk.call(ActionStartOver, "start_over")
    assert said == ["utter_started_over", "utter_greeting"]
    assert draft_states(talk) == []


@pytest.mark.parametrize("form", [None, "access_request_form"])
def test_starting_over_is_asked_back_where_it_was_only_guessed(talk: Talk, form: str) -> None:
    talk.slots |= {"guide_site": "production", "guide_step": "log_in"}
    talk.form = form
    assert talk.call(ActionStartOver, "start_over", confidence=0.9) == ["utter_start_over_sure"]
    assert talk.slots["guide_step"] == "log_in"
    assert talk.call(ActionStartOver, "start_over")[0] == "utter_started_over"


def test_starting_over_where_nothing_would_be_lost_is_not_asked_back(talk: Talk) -> None:
    assert talk.call(ActionStartOver, "start_over", confidence=0.9)[0] == "utter_started_over"


def test_a_request_is_cancelled_on_no_guess(talk: Talk) -> None:
    said = in_the_form(talk).call(ActionCancelJourney, "cancel", confidence=0.9)
    assert said == ["utter_cancel_sure"]
    assert draft_states(talk) == ["open"]
