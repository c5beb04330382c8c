"""The guide's place: two slots that only this action moves, on either site."""

import pytest

from actions.guide import FINISHED, FIRST_OF_STEP_TWO, SITE_URLS, STEPS, ActionGuide
from tests.actions.talk import Talk

SITES = tuple(SITE_URLS)
STEP_ONE = STEPS[: STEPS.index(FIRST_OF_STEP_TWO)]
STEP_TWO = STEPS[STEPS.index(FIRST_OF_STEP_TWO) :]
CONTROLS = ("done", "go_back", "stuck", "where_am_i")


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def other_site(site: str) -> str:
    return next(name for name in SITES if name != site)


def at(talk: Talk, step: str | None, site: str | None) -> Talk:
    talk.slots |= {"guide_site": site, "guide_step": step}
    return talk


def place(talk: Talk) -> tuple[str | None, str | None]:
    return talk.slots.get("guide_site"), talk.slots.get("guide_step")


def choose(talk: Talk, site: str) -> list[str]:
    return talk.call(ActionGuide, "choose_environment", {"environment": site})


# Coming in


@pytest.mark.parametrize("step", [*STEPS, FINISHED])
def test_asking_how_to_register_gives_the_overview_and_begins_anew(
    talk: Talk, step: str, site: str
) -> None:
    assert at(talk, step, site).call(ActionGuide, "start_registration") == ["utter_guide_overview"]
    assert place(talk) == (None, None)


def test_choosing_a_site_shows_its_first_step_with_its_address(talk: Talk, site: str) -> None:
    """S07, S08: each site has an address of its own."""
    assert choose(talk, site) == ["utter_guide_open_home"]
    assert talk.messages[0]["site_url"] == SITE_URLS[site]
    assert place(talk) == (site, "open_home")


@pytest.mark.parametrize("said", [{}, {"environment": "acceptance"}])
def test_a_site_that_there_is_not_is_asked_for_again(talk: Talk, said: dict[str, str]) -> None:
    at(talk, "fill_form", "training")
    assert talk.call(ActionGuide, "choose_environment", said) == ["utter_guide_choose_site"]
    assert place(talk) == ("training", "fill_form")


@pytest.mark.parametrize("step", [*STEPS, FINISHED])
def test_with_an_account_step_two_comes_at_once(talk: Talk, step: str, site: str) -> None:
    """S06, read with its missing "pas"."""
    said = at(talk, step, site).call(ActionGuide, "already_have_account")
    assert said == ["utter_already_have_account", "utter_guide_log_in"]
    assert place(talk) == (site, FIRST_OF_STEP_TWO)


def test_with_an_account_and_no_site_the_site_is_asked_and_step_one_left_out(
    talk: Talk, site: str
) -> None:
    said = talk.call(ActionGuide, "already_have_account")
    assert said == ["utter_already_have_account", "utter_guide_choose_site"]
    assert choose(talk, site) == ["utter_guide_log_in"]


@pytest.mark.parametrize("intent", CONTROLS)
def test_while_the_site_is_asked_for_every_control_asks_for_it_again(
    talk: Talk, intent: str
) -> None:
    talk.call(ActionGuide, "already_have_account")
    assert talk.call(ActionGuide, intent) == ["utter_guide_choose_site"]
    assert place(talk) == (None, FIRST_OF_STEP_TWO)


@pytest.mark.parametrize("intent", CONTROLS)
def test_its_controls_say_so_when_no_guide_runs(talk: Talk, intent: str) -> None:
    assert talk.call(ActionGuide, intent) == ["utter_guide_not_started"]
    assert place(talk) == (None, None)


# Going through


def test_done_goes_through_every_step_in_order(talk: Talk, site: str) -> None:
    choose(talk, site)
    shown = [talk.call(ActionGuide, "done") for _ in STEPS[1:]]
    assert shown == [[f"utter_guide_{step}"] for step in STEPS[1:]]
    assert place(talk) == (site, STEPS[-1])


def test_done_too_often_stays_at_the_end(talk: Talk, site: str) -> None:
    at(talk, STEPS[-1], site)
    for _ in range(3):
        assert talk.call(ActionGuide, "done") == ["utter_guide_finished"]
        assert place(talk) == (site, FINISHED)


@pytest.mark.parametrize(("step", "before"), list(zip(STEPS[1:], STEPS, strict=False)))
def test_back_shows_the_step_before(talk: Talk, step: str, before: str, site: str) -> None:
    assert at(talk, step, site).call(ActionGuide, "go_back") == [f"utter_guide_{before}"]
    assert place(talk) == (site, before)


def test_back_at_the_first_step_stays_there(talk: Talk, site: str) -> None:
    assert at(talk, STEPS[0], site).call(ActionGuide, "go_back") == ["utter_guide_first_step"]
    assert place(talk) == (site, STEPS[0])


def test_back_from_the_end_shows_the_last_step(talk: Talk, site: str) -> None:
    assert at(talk, FINISHED, site).call(ActionGuide, "go_back") == [f"utter_guide_{STEPS[-1]}"]
    assert place(talk) == (site, STEPS[-1])


@pytest.mark.parametrize("step", [*STEPS, FINISHED])
def test_where_am_i_shows_the_step_again_and_moves_nothing(
    talk: Talk, step: str, site: str
) -> None:
    assert at(talk, step, site).call(ActionGuide, "where_am_i") == [f"utter_guide_{step}"]
    assert place(talk) == (site, step)


@pytest.mark.parametrize("step", [*STEPS, FINISHED])
def test_being_stuck_moves_nothing(talk: Talk, step: str, site: str) -> None:
    assert at(talk, step, site).call(ActionGuide, "stuck") == ["utter_guide_stuck"]
    assert place(talk) == (site, step)


@pytest.mark.parametrize(("lang", "name"), [("fr", "Formation"), ("en", "Training")])
def test_the_site_is_named_in_the_language(talk: Talk, lang: str, name: str) -> None:
    talk.slots["language"] = lang
    at(talk, "log_in", "training").call(ActionGuide, "where_am_i")
    assert talk.messages[0]["site"] == name


# The other site


def test_the_second_pass_goes_through_step_two_only(talk: Talk, site: str, other_site: str) -> None:
    """S22: the account serves both sites, a role is asked for on each."""
    at(talk, FINISHED, site)
    shown = [choose(talk, other_site), *(talk.call(ActionGuide, "done") for _ in STEP_TWO)]
    assert shown == [[f"utter_guide_{step}"] for step in (*STEP_TWO, FINISHED)]
    assert place(talk) == (other_site, FINISHED)


def test_the_same_site_again_after_its_end_goes_through_step_two(talk: Talk, site: str) -> None:
    assert choose(at(talk, FINISHED, site), site) == ["utter_guide_log_in"]


@pytest.mark.parametrize("step", STEP_ONE)
def test_changing_the_site_within_step_one_keeps_the_step(
    talk: Talk, step: str, site: str, other_site: str
) -> None:
    assert choose(at(talk, step, site), other_site) == [f"utter_guide_{step}"]
    assert talk.messages[0]["site_url"] == SITE_URLS[other_site]
    assert place(talk) == (other_site, step)


@pytest.mark.parametrize("step", STEP_TWO)
def test_changing_the_site_within_step_two_begins_step_two_there(
    talk: Talk, step: str, site: str, other_site: str
) -> None:
    assert choose(at(talk, step, site), other_site) == ["utter_guide_log_in"]
    assert place(talk) == (other_site, FIRST_OF_STEP_TWO)


@pytest.mark.parametrize("step", STEPS)
def test_naming_the_site_one_is_on_keeps_the_place(talk: Talk, step: str, site: str) -> None:
    assert choose(at(talk, step, site), site) == [f"utter_guide_{step}"]
    assert place(talk) == (site, step)
