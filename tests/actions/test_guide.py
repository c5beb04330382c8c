"""The guide's place: two slots that only this action moves."""

import pytest

from actions.guide import FINISHED, FIRST_OF_STEP_TWO, SITE_URLS, STEPS, ActionGuide
from tests.actions.talk import Talk

SITES = tuple(SITE_URLS)


def at(talk: Talk, step: str | None, site: str | None = "production") -> Talk:
    talk.slots |= {"guide_site": site, "guide_step": step}
    return talk


def place(talk: Talk) -> tuple[str | None, str | None]:
    return talk.slots.get("guide_site"), talk.slots.get("guide_step")


def test_asking_how_to_register_gives_the_overview(talk: Talk) -> None:
    assert talk.call(ActionGuide, "start_registration") == ["utter_guide_overview"]


@pytest.mark.parametrize("site", SITES)
def test_choosing_a_site_shows_its_first_step_with_its_address(talk: Talk, site: str) -> None:
    said = talk.call(ActionGuide, "choose_environment", {"environment": site})
    assert said == ["utter_guide_open_home"]
    assert talk.messages[0]["site_url"] == SITE_URLS[site]
    assert place(talk) == (site, "open_home")


def test_done_goes_through_every_step_in_order(talk: Talk) -> None:
    talk.call(ActionGuide, "choose_environment", {"environment": "production"})
    shown = [talk.call(ActionGuide, "done")[0] for _ in STEPS[1:]]
    assert shown == [f"utter_guide_{step}" for step in STEPS[1:]]


def test_done_too_often_stays_at_the_end(talk: Talk) -> None:
    at(talk, STEPS[-1])
    for _ in range(3):
        assert talk.call(ActionGuide, "done") == ["utter_guide_finished"]
        assert place(talk) == ("production", FINISHED)


@pytest.mark.parametrize(("step", "before"), list(zip(STEPS[1:], STEPS, strict=False)))
def test_back_shows_the_step_before(talk: Talk, step: str, before: str) -> None:
    assert at(talk, step).call(ActionGuide, "go_back") == [f"utter_guide_{before}"]
    assert place(talk) == ("production", before)


def test_back_at_the_first_step_stays_there(talk: Talk) -> None:
    assert at(talk, STEPS[0]).call(ActionGuide, "go_back") == ["utter_guide_first_step"]
    assert place(talk) == ("production", STEPS[0])


def test_back_from_the_end_shows_the_last_step(talk: Talk) -> None:
    assert at(talk, FINISHED).call(ActionGuide, "go_back") == [f"utter_guide_{STEPS[-1]}"]


@pytest.mark.parametrize("step", STEPS)
def test_where_am_i_shows_the_step_again_and_moves_nothing(talk: Talk, step: str) -> None:
    assert at(talk, step).call(ActionGuide, "where_am_i") == [f"utter_guide_{step}"]
    assert place(talk) == ("production", step)


@pytest.mark.parametrize("step", STEPS)
def test_being_stuck_moves_nothing(talk: Talk, step: str) -> None:
    assert at(talk, step).call(ActionGuide, "stuck") == ["utter_guide_stuck"]
    assert place(talk) == ("production", step)


@pytest.mark.parametrize("intent", ["done", "go_back", "stuck", "where_am_i"])
def test_its_controls_say_so_when_no_guide_runs(talk: Talk, intent: str) -> None:
    assert talk.call(ActionGuide, intent) == ["utter_guide_not_started"]
    assert place(talk) == (None, None)


def test_with_an_account_step_two_comes_at_once(talk: Talk) -> None:
    """S06, read with its missing "pas"."""
    said = at(talk, "open_home").call(ActionGuide, "already_have_account")
    assert said == ["utter_already_have_account", "utter_guide_log_in"]


def test_with_an_account_and_no_site_the_site_is_asked_and_step_one_left_out(talk: Talk) -> None:
    said = talk.call(ActionGuide, "already_have_account")
    assert said == ["utter_already_have_account", "utter_guide_choose_site"]
    said = talk.call(ActionGuide, "choose_environment", {"environment": "training"})
    assert said == ["utter_guide_log_in"]


def test_the_second_site_needs_step_two_only(talk: Talk) -> None:
    """S22: the account serves both sites, a role is asked for on each."""
    said = at(talk, FINISHED).call(ActionGuide, "choose_environment", {"environment": "training"})
    assert said == ["utter_guide_log_in"]
    assert place(talk) == ("training", FIRST_OF_STEP_TWO)


def test_changing_the_site_within_step_one_keeps_the_step(talk: Talk) -> None:
    at(talk, "fill_form").call(ActionGuide, "choose_environment", {"environment": "training"})
    assert place(talk) == ("training", "fill_form")


def test_the_site_is_named_in_the_language(talk: Talk) -> None:
    at(talk, "log_in", "training").call(ActionGuide, "where_am_i")
    assert talk.messages[0]["site"] == "Formation"
    talk.slots["language"] = "en"
    talk.call(ActionGuide, "where_am_i")
    assert talk.messages[0]["site"] == "Training"
