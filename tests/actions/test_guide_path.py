"""The guide's path: which step follows which, for each kind of organisation and each site."""

import pytest

from actions.guide_path import (
    CREATING,
    FINDING,
    FINISHED,
    FIRST_OF_STEP_TWO,
    FIRST_STEP,
    KINDS,
    LAST_STEP,
    SITE_URLS,
    STEP_ONE,
    STEPS,
    Place,
    number_of,
    step_after,
    step_before,
    step_on_site,
    step_told,
    step_when_finished,
    way,
)

SITES = tuple(SITE_URLS)


def place(step: str | None, kind: str | None = "operator", site: str = "production") -> Place:
    return Place(site=site, kind=kind, step=step)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_finds_itself_between_the_role_and_the_confirmation(kind: str) -> None:
    """S29, S38, S52."""
    steps = way(kind)
    found = steps.index(FINDING[kind])
    assert (steps[found - 1], steps[found + 1]) == ("choose_role", "confirm_request")
    assert not {step for step in FINDING.values() if step != FINDING[kind]} & set(steps)


@pytest.mark.parametrize("kind", KINDS)
def test_going_on_leads_through_the_way_of_the_kind_to_the_end(kind: str) -> None:
    steps = [FIRST_STEP]
    while steps[-1] != FINISHED:
        steps.append(str(step_after(place(steps[-1], kind))))
    assert tuple(steps) == (*way(kind), FINISHED)


@pytest.mark.parametrize("kind", KINDS)
def test_going_back_leads_the_same_way_to_the_first_step(kind: str) -> None:
    steps = [FINISHED]
    while steps[-1] != FIRST_STEP:
        steps.append(str(step_before(place(steps[-1], kind))))
    assert tuple(reversed(steps)) == (*way(kind), FINISHED)
    assert step_before(place(FIRST_STEP, kind)) is None


def test_the_steps_are_those_of_the_three_ways_and_the_creation() -> None:
    assert set(STEPS) == {step for kind in KINDS for step in way(kind)} | {CREATING}


def test_the_kind_must_be_known_before_it_can_be_found() -> None:
    assert step_after(place("choose_role", kind=None)) is None


def test_a_step_after_the_finding_needs_no_kind() -> None:
    assert step_after(place("confirm_request", kind=None)) == "see_profile"
    assert step_before(place("confirm_request", kind=None)) == "choose_role"


def test_a_created_operator_needs_no_confirmation() -> None:
    """S51: creation and request are recorded together."""
    assert step_after(place(CREATING)) == "see_profile"
    assert step_before(place(CREATING)) == FINDING["operator"]


def test_a_step_of_one_kind_tells_the_kind() -> None:
    assert Place(site="production").at("find_authority").kind == "authority"
    assert Place(site="production", kind="authority").at(CREATING).kind == "operator"
    assert Place(site="production", kind="control_body").at("wait").kind == "control_body"


# The two steps of the guide, said by their numbers


@pytest.mark.parametrize("step", [None, *STEP_ONE])
def test_step_one_finished_leads_to_step_two(step: str | None) -> None:
    assert step_when_finished("1", place(step)) == FIRST_OF_STEP_TWO


@pytest.mark.parametrize("step", [*way("operator")[len(STEP_ONE) :], CREATING, FINISHED])
def test_step_one_finished_moves_nobody_who_is_past_it(step: str) -> None:
    assert step_when_finished("1", place(step)) == step


@pytest.mark.parametrize("step", [None, FIRST_STEP, "log_in", CREATING, "see_profile"])
def test_step_two_finished_leads_to_the_last_step(step: str | None) -> None:
    """S65: after the procedure, one writes to the help-desk."""
    assert step_when_finished("2", place(step)) == LAST_STEP


@pytest.mark.parametrize("step", [LAST_STEP, FINISHED])
def test_step_two_finished_at_its_last_step_is_the_end(step: str) -> None:
    assert step_when_finished("2", place(step)) == FINISHED


def test_each_step_belongs_to_one_of_the_guides_two() -> None:
    assert [number_of(step) for step in way("authority")] == ["1"] * 3 + ["2"] * 6
    assert number_of(FINISHED) == "2"


# Where one says one is


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("open_home", "fill_form"),
        ("fill_form", "log_in"),
        ("set_password", "choose_role"),
        ("find_operator", "confirm_request"),
        ("find_operator", "see_profile"),
        ("see_profile", "log_in"),
        (CREATING, "see_profile"),
    ],
)
def test_where_one_says_one_is_counts_forwards_and_backwards(step: str, told: str) -> None:
    assert step_told(place(step), told) == told


@pytest.mark.parametrize(
    ("step", "told"),
    [("open_home", "see_profile"), ("fill_form", "wait"), ("log_in", "fill_form"), ("log_in", "")],
)
def test_words_of_the_guides_other_step_lead_nowhere(step: str, told: str) -> None:
    """ "Sent" said of the EU Login form is not the request sent."""
    assert step_told(place(step), told) is None


# Production and Training


@pytest.mark.parametrize("site", SITES)
def test_a_first_site_begins_with_step_one(site: str) -> None:
    assert step_on_site(Place(), site) == FIRST_STEP


@pytest.mark.parametrize("step", STEPS)
def test_the_same_site_keeps_the_step(step: str) -> None:
    assert step_on_site(place(step), "production") == step


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_waits_for_its_site_is_shown_there(step: str) -> None:
    assert step_on_site(Place(step=step), "training") == step


@pytest.mark.parametrize("step", STEP_ONE)
def test_the_other_site_within_step_one_keeps_the_step(step: str) -> None:
    assert step_on_site(place(step), "training") == step


@pytest.mark.parametrize("step", [*(step for step in STEPS if step not in STEP_ONE), FINISHED])
def test_the_other_site_past_step_one_begins_step_two_there(step: str) -> None:
    """S22: the account serves both sites, a role is asked for on each."""
    assert step_on_site(place(step), "training") == FIRST_OF_STEP_TWO


def test_the_same_site_again_after_its_end_begins_step_two() -> None:
    assert step_on_site(place(FINISHED), "production") == FIRST_OF_STEP_TWO


# Being under way


def test_a_guide_is_under_way_at_a_step_of_a_site_and_not_left() -> None:
    assert place("log_in").is_under_way
    assert not place(None).is_under_way
    assert not Place(step="log_in").is_under_way
    assert not place(FINISHED).is_under_way
    assert not Place("production", None, "log_in", is_left=True).is_under_way


def test_the_end_is_shown_though_nothing_is_under_way() -> None:
    assert place(FINISHED).is_shown
    assert not Place("production", None, FINISHED, is_left=True).is_shown
