"""After a switch of language: what was said last is said again, in the language chosen."""

from actions.guide import ActionGuide
from actions.language import ActionGoOnInLanguage
from tests.actions.talk import Talk

SWITCH = "switch_to_english"


def go_on(talk: Talk) -> list[str]:
    return talk.call(ActionGoOnInLanguage, SWITCH)


def test_an_answer_is_given_again(talk: Talk) -> None:
    talk.last_answer = ["utter_which_email"]
    assert go_on(talk) == ["utter_which_email"]


def test_the_step_of_the_guide_is_shown_again_and_the_place_kept(talk: Talk) -> None:
    talk.call(ActionGuide, "choose_environment", {"environment": "training"})
    assert go_on(talk) == ["utter_guide_open_home"]
    assert (talk.slots["guide_site"], talk.slots["guide_step"]) == ("training", "open_home")


def test_several_answers_are_given_again_in_their_order(talk: Talk) -> None:
    talk.slots |= {"guide_site": "production", "guide_step": "log_in"}
    talk.last_answer = ["utter_already_have_account", "utter_guide_log_in"]
    assert go_on(talk) == ["utter_already_have_account", "utter_guide_log_in"]


def test_an_answer_with_values_is_not_given_again_but_asked_for(talk: Talk) -> None:
    talk.last_answer = ["utter_status_requested"]
    assert go_on(talk) == ["utter_what_next"]


def test_an_answer_is_not_given_again_by_halves(talk: Talk) -> None:
    talk.last_answer = ["utter_request_filed", "utter_decided_by_national_authority"]
    assert go_on(talk) == ["utter_what_next"]


def test_in_the_guide_the_step_is_shown_where_nothing_else_can_be_said(talk: Talk) -> None:
    talk.slots |= {"guide_site": "production", "guide_step": "log_in"}
    talk.last_answer = ["utter_unsure"]
    assert go_on(talk) == ["utter_guide_log_in"]


def test_words_about_languages_are_not_said_again(talk: Talk) -> None:
    talk.last_answer = ["utter_language_switched", "utter_other_language"]
    assert go_on(talk) == ["utter_what_next"]


def test_a_form_asks_its_question_again_by_itself(talk: Talk) -> None:
    talk.form = "access_request_form"
    for question in ("utter_field_request_confirmation", "utter_field_request_name"):
        talk.last_answer = [question]
        assert go_on(talk) == []


def test_an_answer_inside_a_form_is_given_again_before_its_question(talk: Talk) -> None:
    talk.form = "access_request_form"
    talk.last_answer = ["utter_how_long", "utter_field_request_organisation"]
    assert go_on(talk) == ["utter_how_long"]
