"""The guide's place: slots that only this action moves, on either site, for every kind."""

import pytest

from actions.conversation import ActionCancelJourney, ActionGreet, ActionStartOver
from actions.guide import (
    ASKING_TO_RESUME,
    GUIDE_SLOTS,
    PROBLEMS,
    ActionGuide,
    ActionTellPlace,
)
from actions.guide_path import (
    FINDING,
    FINISHED,
    FIRST_OF_STEP_TWO,
    KINDS,
    SITE_URLS,
    STEP_ONE,
    STEPS,
    way,
)
from tests.actions.talk import Talk

SITES = tuple(SITE_URLS)
CONTROLS = ("done", "go_back", "where_am_i")
LEADING_AWAY = (*CONTROLS, "stuck", "start_registration", "affirm", "deny")
KIND_INTENTS = {f"request_{kind}": kind for kind in KINDS}


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def other_site(site: str) -> str:
    return next(name for name in SITES if name != site)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def at(talk: Talk, step: str | None, site: str | None, kind: str | None = None) -> Talk:
    talk.slots |= {"guide_site": site, "guide_kind": kind, "guide_step": step}
    return talk


def place(talk: Talk) -> tuple[str | None, str | None]:
    return talk.slots.get("guide_site"), talk.slots.get("guide_step")


def guide(talk: Talk, intent: str, **entities: str) -> list[str]:
    return talk.call(ActionGuide, intent, entities)


def choose(talk: Talk, site: str) -> list[str]:
    return guide(talk, "choose_environment", environment=site)


# Coming in


def test_asking_how_to_register_gives_the_overview(talk: Talk) -> None:
    assert guide(talk, "start_registration") == ["utter_guide_overview"]
    assert place(talk) == (None, None)


@pytest.mark.parametrize("step", STEPS)
def test_asking_how_to_register_on_the_way_tells_where_one_is_and_moves_nothing(
    talk: Talk, step: str, site: str
) -> None:
    said = guide(at(talk, step, site), "start_registration")
    assert said == ["utter_guide_under_way"]
    assert place(talk) == (site, step)


def test_asking_how_to_register_after_the_end_begins_anew(talk: Talk, site: str) -> None:
    assert guide(at(talk, FINISHED, site), "start_registration") == ["utter_guide_overview"]
    assert place(talk) == (None, None)


def test_the_guide_begins_anew_when_asked_to_and_remembers_the_kind(talk: Talk, site: str) -> None:
    assert guide(at(talk, "see_profile", site, "authority"), "restart_guide") == [
        "utter_guide_overview"
    ]
    assert place(talk) == (None, None)
    assert talk.slots["guide_kind"] == "authority"


def test_choosing_a_site_shows_its_first_step_with_its_address(talk: Talk, site: str) -> None:
    """S07, S08: each site has an address of its own."""
    assert choose(talk, site) == ["utter_guide_open_home"]
    assert talk.messages[0]["site_url"] == SITE_URLS[site]
    assert place(talk) == (site, "open_home")


@pytest.mark.parametrize("said", [{}, {"environment": "acceptance"}])
def test_a_site_that_there_is_not_is_asked_for_again(talk: Talk, said: dict[str, str]) -> None:
    at(talk, "fill_form", "training")
    assert guide(talk, "choose_environment", **said) == ["utter_guide_choose_site"]
    assert place(talk) == ("training", "fill_form")


def test_with_an_account_at_the_end_the_site_is_asked_for(talk: Talk, site: str) -> None:
    """S22: it is most likely the other one."""
    said = guide(at(talk, FINISHED, site, "authority"), "already_have_account")
    assert said == ["utter_already_have_account", "utter_guide_choose_site"]
    assert place(talk) == (None, FIRST_OF_STEP_TWO)


@pytest.mark.parametrize("step", STEP_ONE)
def test_with_an_account_step_two_comes_at_once(talk: Talk, step: str, site: str) -> None:
    """S06, read with its missing "pas"."""
    said = guide(at(talk, step, site), "already_have_account")
    assert said == ["utter_already_have_account", "utter_guide_log_in"]
    assert place(talk) == (site, FIRST_OF_STEP_TWO)


@pytest.mark.parametrize("step", [step for step in STEPS if step not in STEP_ONE])
def test_with_an_account_and_past_step_one_the_place_is_kept(
    talk: Talk, step: str, site: str
) -> None:
    said = guide(at(talk, step, site), "already_have_account")
    assert said == ["utter_already_have_account"]
    assert place(talk) == (site, step)


def test_with_an_account_and_no_site_the_site_is_asked_and_step_one_left_out(
    talk: Talk, site: str
) -> None:
    said = guide(talk, "already_have_account")
    assert said == ["utter_already_have_account", "utter_guide_choose_site"]
    assert choose(talk, site) == ["utter_guide_log_in"]


@pytest.mark.parametrize("step", ["open_home", "log_in"])
def test_an_earlier_step_is_looked_up_without_going_back(talk: Talk, step: str, site: str) -> None:
    at(talk, "confirm_request", site, "operator")
    said = guide(talk, "show_step", guide_step=step)
    assert said == [f"utter_guide_{step}", "utter_guide_place_kept"]
    assert place(talk) == (site, "confirm_request")


@pytest.mark.parametrize("step", STEPS)
def test_a_button_leads_to_any_step(talk: Talk, step: str, site: str) -> None:
    choose(talk, site)
    assert guide(talk, "show_step", guide_step=step) == [f"utter_guide_{step}"]
    assert place(talk) == (site, step)


@pytest.mark.parametrize("step", STEPS)
def test_a_button_to_a_step_asks_for_the_site_where_it_is_not_known(talk: Talk, step: str) -> None:
    assert guide(talk, "show_step", guide_step=step) == ["utter_guide_choose_site"]
    assert choose(talk, "training") == [f"utter_guide_{step}"]


def test_step_two_can_be_asked_for_by_its_number(talk: Talk, site: str) -> None:
    choose(talk, site)
    assert guide(talk, "show_step", step_number="2") == ["utter_guide_log_in"]


def test_the_number_of_the_step_one_is_in_shows_the_place(talk: Talk, site: str) -> None:
    at(talk, "see_profile", site, "operator")
    assert guide(talk, "show_step", step_number="2") == ["utter_guide_see_profile"]


def test_a_step_that_there_is_not_shows_the_place(talk: Talk, site: str) -> None:
    assert guide(at(talk, "log_in", site), "show_step", guide_step="sleep") == [
        "utter_guide_log_in"
    ]


@pytest.mark.parametrize("intent", CONTROLS)
def test_while_the_site_is_asked_for_every_control_asks_for_it_again(
    talk: Talk, intent: str
) -> None:
    guide(talk, "already_have_account")
    assert guide(talk, intent) == ["utter_guide_choose_site"]
    assert place(talk) == (None, FIRST_OF_STEP_TWO)


@pytest.mark.parametrize("intent", CONTROLS)
def test_its_controls_say_so_when_no_guide_runs(talk: Talk, intent: str) -> None:
    assert guide(talk, intent) == ["utter_guide_not_started"]
    assert place(talk) == (None, None)


# Going through


def test_done_goes_through_every_step_of_the_kind_in_order(
    talk: Talk, site: str, kind: str
) -> None:
    choose(at(talk, None, None, kind), site)
    steps = (*way(kind)[1:], FINISHED)
    shown = [guide(talk, "done") for _ in steps]
    assert shown == [[f"utter_guide_{step}"] for step in steps]
    assert place(talk) == (site, FINISHED)


def test_done_at_the_role_asks_which_one_where_none_was_said(talk: Talk, site: str) -> None:
    assert guide(at(talk, "choose_role", site), "done") == ["utter_guide_choose_kind"]
    assert place(talk) == (site, "choose_role")


def test_done_too_often_stays_at_the_end(talk: Talk, site: str) -> None:
    at(talk, "wait", site)
    for _ in range(3):
        assert guide(talk, "done") == ["utter_guide_finished"]
        assert place(talk) == (site, FINISHED)


def test_step_one_said_to_be_done_leads_to_step_two(talk: Talk, site: str) -> None:
    choose(talk, site)
    assert guide(talk, "done", step_number="1") == ["utter_guide_log_in"]


def test_step_one_done_before_the_guide_began_asks_for_the_site_alone(talk: Talk) -> None:
    assert guide(talk, "done", step_number="1") == ["utter_guide_choose_site"]
    assert choose(talk, "training") == ["utter_guide_log_in"]


def test_back_shows_the_step_before(talk: Talk, site: str, kind: str) -> None:
    for before, step in zip(way(kind), way(kind)[1:], strict=False):
        assert guide(at(talk, step, site, kind), "go_back") == [f"utter_guide_{before}"]
        assert place(talk) == (site, before)


def test_back_at_the_first_step_stays_there(talk: Talk, site: str) -> None:
    assert guide(at(talk, STEPS[0], site), "go_back") == ["utter_guide_first_step"]
    assert place(talk) == (site, STEPS[0])


def test_back_from_the_end_shows_the_last_step(talk: Talk, site: str) -> None:
    assert guide(at(talk, FINISHED, site), "go_back") == ["utter_guide_wait"]
    assert place(talk) == (site, "wait")


@pytest.mark.parametrize("step", [*STEPS, FINISHED])
def test_where_am_i_shows_the_step_again_and_moves_nothing(
    talk: Talk, step: str, site: str
) -> None:
    assert guide(at(talk, step, site), "where_am_i") == [f"utter_guide_{step}"]
    assert place(talk) == (site, step)


@pytest.mark.parametrize("step", [*STEPS, FINISHED])
def test_being_stuck_offers_what_keeps_people_there_and_moves_nothing(
    talk: Talk, step: str, site: str
) -> None:
    assert guide(at(talk, step, site), "stuck") == ["utter_guide_stuck"]
    offered = [button["payload"] for button in talk.buttons()]
    assert offered == [f"/{topic}" for topic in (*PROBLEMS[step], "where_am_i", "contact_support")]
    assert place(talk) == (site, step)


def test_being_stuck_outside_of_the_guide_asks_what_is_in_the_way(talk: Talk) -> None:
    assert guide(talk, "stuck") == ["utter_stuck_outside_guide"]


@pytest.mark.parametrize(("lang", "name"), [("fr", "Formation"), ("en", "Training")])
def test_the_site_is_named_in_the_language(talk: Talk, lang: str, name: str) -> None:
    talk.slots["language"] = lang
    guide(at(talk, "log_in", "training"), "where_am_i")
    assert talk.messages[0]["site"] == name


def test_done_with_where_one_is_leads_there(talk: Talk, site: str) -> None:
    choose(talk, site)
    assert guide(talk, "done", step_next="log_in") == ["utter_guide_log_in"]


def test_the_role_said_with_done_is_the_news(talk: Talk, site: str) -> None:
    at(talk, "choose_role", site)
    said = guide(talk, "done", kind="authority", step_next="choose_role")
    assert said == ["utter_guide_find_authority"]


def test_a_button_begins_anew_at_the_step_it_names(talk: Talk, site: str) -> None:
    at(talk, "see_profile", site, "operator")
    assert guide(talk, "restart_guide", guide_step="log_in") == ["utter_guide_log_in"]
    assert place(talk) == (site, "log_in")


def test_yes_to_being_guided_begins(talk: Talk, kind: str) -> None:
    guide(talk, f"request_{kind}")
    assert guide(talk, "affirm") == ["utter_guide_overview"]


# The site named beside something else


def test_a_site_named_with_the_wish_to_register_begins_there(talk: Talk, site: str) -> None:
    assert guide(talk, "start_registration", environment=site) == ["utter_guide_open_home"]
    assert place(talk) == (site, "open_home")


def test_a_site_named_with_the_account_begins_step_two_there(talk: Talk, site: str) -> None:
    said = guide(talk, "already_have_account", environment=site)
    assert said == ["utter_already_have_account", "utter_guide_log_in"]
    assert place(talk) == (site, "log_in")


# The kind of organisation


@pytest.mark.parametrize(("intent", "kind"), KIND_INTENTS.items())
def test_the_kind_said_at_the_role_leads_its_own_way(
    talk: Talk, intent: str, kind: str, site: str
) -> None:
    assert guide(at(talk, "choose_role", site), intent) == [f"utter_guide_{FINDING[kind]}"]
    assert talk.slots["guide_kind"] == kind


@pytest.mark.parametrize(("intent", "kind"), KIND_INTENTS.items())
def test_another_kind_said_while_searching_changes_the_way(
    talk: Talk, intent: str, kind: str, site: str
) -> None:
    other = next(name for name in KINDS if name != kind)
    assert guide(at(talk, FINDING[other], site, other), intent) == [f"utter_guide_{FINDING[kind]}"]


@pytest.mark.parametrize("step", ["open_home", "log_in", "see_profile"])
def test_the_kind_said_on_the_way_is_noted_and_explained_when_said_again(
    talk: Talk, step: str, kind: str
) -> None:
    at(talk, step, "training")
    assert guide(talk, f"request_{kind}") == ["utter_guide_kind_noted"]
    assert talk.slots["guide_kind"] == kind
    assert guide(talk, f"request_{kind}") == [f"utter_request_{kind}"]
    assert place(talk) == ("training", step)


@pytest.mark.parametrize("step", [FINISHED, None])
def test_the_kind_said_elsewhere_is_answered_and_remembered(
    talk: Talk, step: str | None, kind: str
) -> None:
    at(talk, step, "training" if step else None)
    assert guide(talk, f"request_{kind}") == [f"utter_request_{kind}"]
    assert talk.slots["guide_kind"] == kind
    assert place(talk)[1] == step


# "Yes" and "no"


def test_yes_after_a_step_is_done(talk: Talk, site: str) -> None:
    choose(talk, site)
    assert guide(talk, "affirm") == ["utter_guide_fill_form"]


def test_yes_after_the_overview_asks_for_the_site(talk: Talk) -> None:
    guide(talk, "start_registration")
    assert guide(talk, "affirm") == ["utter_guide_choose_site"]


def test_yes_after_an_answer_tells_where_one_is_and_only_a_second_one_shows_it(
    talk: Talk, site: str
) -> None:
    """ "Ok" may be said of the answer: it must not move on by itself."""
    choose(talk, site)
    talk.last_answer = ["utter_which_email"]
    assert guide(talk, "affirm") == ["utter_guide_place_kept"]
    assert guide(talk, "affirm") == ["utter_guide_open_home"]


@pytest.mark.parametrize("asked", ASKING_TO_RESUME)
def test_yes_to_going_on_shows_the_step(talk: Talk, asked: str) -> None:
    at(talk, "fill_form", "production").last_answer = [asked]
    assert guide(talk, "affirm") == ["utter_guide_fill_form"]


def test_yes_to_the_question_which_kind_asks_it_again(talk: Talk, site: str) -> None:
    guide(at(talk, "choose_role", site), "done")
    assert guide(talk, "affirm") == ["utter_guide_choose_kind"]


def test_words_that_lead_nowhere_are_followed_by_the_place(talk: Talk, site: str) -> None:
    assert talk.call(ActionTellPlace, "thanks") == []
    at(talk, "fill_form", site)
    assert talk.call(ActionTellPlace, "thanks") == ["utter_guide_place_kept"]
    talk.form = "status_form"
    assert talk.call(ActionTellPlace, "thanks") == []


def test_yes_and_no_to_nothing_are_told_so(talk: Talk) -> None:
    assert guide(talk, "affirm") == ["utter_yes_to_what"]
    assert guide(talk, "deny") == ["utter_no_to_what"]


def test_not_yet_keeps_the_place(talk: Talk, site: str) -> None:
    choose(talk, site)
    assert guide(talk, "deny") == ["utter_guide_not_yet"]
    assert place(talk) == (site, "open_home")


# Leaving and coming back


def test_leaving_keeps_the_place_for_who_comes_back(talk: Talk, site: str) -> None:
    at(talk, "fill_form", site)
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_guide_left"]
    assert guide(talk, "where_am_i") == ["utter_guide_fill_form"]
    assert guide(talk, "done") == ["utter_guide_set_password"]


@pytest.mark.parametrize("intent", ["done", "go_back"])
def test_a_guide_that_was_left_moves_only_for_who_comes_back(
    talk: Talk, intent: str, site: str
) -> None:
    at(talk, "fill_form", site).call(ActionCancelJourney, "cancel")
    assert guide(talk, intent) == ["utter_guide_paused"]
    assert place(talk) == (site, "fill_form")


def test_choosing_the_site_again_comes_back_too(talk: Talk, site: str) -> None:
    at(talk, "fill_form", site).call(ActionCancelJourney, "cancel")
    assert choose(talk, site) == ["utter_guide_fill_form"]


def test_leaving_twice_and_leaving_the_end_have_nothing_to_leave(talk: Talk, site: str) -> None:
    at(talk, "fill_form", site).call(ActionCancelJourney, "cancel")
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_nothing_to_cancel"]
    at(talk, FINISHED, site).slots["guide_left"] = None
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_nothing_to_cancel"]


def test_leaving_before_a_site_was_chosen_forgets_the_step(talk: Talk) -> None:
    guide(talk, "already_have_account")
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_guide_left"]
    assert guide(talk, "where_am_i") == ["utter_guide_not_started"]


def test_starting_over_forgets_the_place(talk: Talk, site: str) -> None:
    at(talk, "see_profile", site, "authority").call(ActionStartOver, "start_over")
    assert {talk.slots[name] for name in GUIDE_SLOTS} == {None}


def test_greeting_again_tells_where_one_is(talk: Talk, site: str) -> None:
    assert talk.call(ActionGreet, "greet") == ["utter_greeting"]
    at(talk, "fill_form", site)
    assert talk.call(ActionGreet, "greet") == ["utter_greeting_back"]
    talk.form = "status_form"
    assert talk.call(ActionGreet, "greet") == ["utter_greeting"]


# The other site


def test_the_second_pass_goes_through_step_two_only(
    talk: Talk, site: str, other_site: str, kind: str
) -> None:
    """S22: the account serves both sites, a role is asked for on each."""
    at(talk, FINISHED, site, kind)
    steps = (*way(kind)[len(STEP_ONE) :], FINISHED)
    shown = [choose(talk, other_site), *(guide(talk, "done") for _ in steps[1:])]
    assert shown == [[f"utter_guide_{step}"] for step in steps]
    assert place(talk) == (other_site, FINISHED)


@pytest.mark.parametrize("step", STEP_ONE)
def test_changing_the_site_within_step_one_keeps_the_step(
    talk: Talk, step: str, site: str, other_site: str
) -> None:
    assert choose(at(talk, step, site), other_site) == [f"utter_guide_{step}"]
    assert talk.messages[0]["site_url"] == SITE_URLS[other_site]
    assert place(talk) == (other_site, step)


# Inside a form


@pytest.mark.parametrize("intent", LEADING_AWAY)
def test_inside_a_form_its_question_comes_first(talk: Talk, intent: str, site: str) -> None:
    at(talk, "fill_form", site).form = "access_request_form"
    assert guide(talk, intent) == ["utter_form_under_way"]
    assert place(talk) == (site, "fill_form")


@pytest.mark.parametrize("intent", ["already_have_account", *KIND_INTENTS])
def test_inside_a_form_what_can_be_answered_is_and_the_place_is_kept(
    talk: Talk, intent: str, site: str
) -> None:
    at(talk, "choose_role", site).form = "access_request_form"
    assert guide(talk, intent) == [f"utter_{intent}"]
    assert place(talk) == (site, "choose_role")
