"""What each field of a request accepts, as the recap then tells it."""

import json

import pytest
from sqlalchemy import select

from actions.access_request import ValidateAccessRequestForm
from registry.models import Draft, OutboxMail
from tests.actions.talk import Talk
from tests.actions.test_access_request import (
    ADDRESS,
    answer,
    file_a_request,
    say_site_and_kind,
    stamp,
    start,
    to_the_recap,
)


def change(talk: Talk, field: str) -> None:
    """Press "Changer …" under the recap."""
    button = {"field": field, **stamp(talk)}
    answer(talk, "request_confirmation", "change", "change_field", **button)


@pytest.mark.parametrize("typed", ["acceptance", "les deux", "PRODUCTION"])
def test_a_site_that_there_is_not_is_asked_for_again(talk: Talk, typed: str) -> None:
    start(talk)
    assert answer(talk, "request_environment", typed) == ["utter_field_request_environment"]
    assert talk.slots["request_environment"] is None


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("request_organisation", "colzagro", ("organisation", "Colzagro")),
        ("request_organisation", "BE-ORG-OP-6", ("number", "BE-ORG-OP-6")),
        ("request_name", "Je m'appelle Zoé d'Exemple", ("name", "Zoé d'Exemple")),
        ("request_email", "c'est Zoe@Example.org", ("email", "zoe@example.org")),
    ],
)
def test_a_changed_field_alone_is_asked_for_and_told_in_the_recap(
    talk: Talk, field: str, typed: str, told: tuple[str, str]
) -> None:
    to_the_recap(talk)
    before = dict(talk.messages[-1])
    change(talk, field)
    said = answer(talk, field, typed)
    assert said[-1] == "utter_field_request_confirmation"
    key, value = told
    recap = talk.messages[-1]
    assert recap[key] == value
    belongs = {"organisation", "number"} if field == "request_organisation" else {key}
    kept = {"environment", "organisation", "number", "name", "email"} - belongs
    assert {name: recap[name] for name in kept} == {name: before[name] for name in kept}


def test_the_same_answer_again_leaves_the_recaps_buttons_good(talk: Talk) -> None:
    to_the_recap(talk)
    before = stamp(talk)
    change(talk, "request_email")
    answer(talk, "request_email", ADDRESS.upper())
    assert stamp(talk) == before


def test_what_to_change_is_asked_with_buttons_of_this_draft(talk: Talk) -> None:
    to_the_recap(talk)
    before = stamp(talk)
    answer(talk, "request_confirmation", "refused", "deny")
    assert stamp(talk) == before


def test_a_site_within_a_longer_answer_is_part_of_a_name(talk: Talk) -> None:
    talk.slots |= {"guide_site": "production", "guide_kind": "operator"}
    start(talk)
    typed = "Moulin Training Introuvable"
    said = answer(talk, "request_organisation", typed, environment="training")
    assert said == ["utter_field_request_organisation_none"]
    assert talk.slots["request_environment"] == "production"


@pytest.mark.parametrize(
    ("lang", "site", "mark"), [("fr", "Formation", "(exemple)"), ("en", "Training", "(example)")]
)
def test_site_and_example_are_told_in_the_language(
    talk: Talk, lang: str, site: str, mark: str
) -> None:
    talk.slots["language"] = lang
    start(talk)
    answer(talk, "request_environment", "training")
    answer(talk, "request_organisation", "alpro")
    assert mark in talk.messages[0]["organisation"]
    answer(talk, "request_name", "Camille Exemple")
    answer(talk, "request_email", ADDRESS)
    assert talk.messages[-1]["environment"] == site


def test_the_mails_are_in_the_language_of_the_recap(talk: Talk) -> None:
    """It may change up to the recap; what was confirmed is what the mails then say."""
    start(talk)
    talk.slots["language"] = "en"
    file_a_request(talk)
    with talk.house.database.transaction() as session:
        mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
        told = [(mail.kind, mail.language, mail.recipient) for mail in mails]
    assert told == [("code", "en", ADDRESS), ("request_filed", "en", ADDRESS)]


def test_every_answer_is_saved_at_once_in_the_one_draft(talk: Talk) -> None:
    """Who comes back finds it again."""
    start(talk)
    saved = []
    for field, typed in (
        ("request_environment", "production"),
        ("request_kind", "operator"),
        ("request_organisation", "alpro"),
        ("request_name", "Camille Exemple"),
        ("request_email", ADDRESS),
    ):
        answer(talk, field, typed)
        with talk.house.database.transaction() as session:
            saved.append(set(session.scalars(select(Draft)).one().fields))
    chosen = {"environment", "kind", "organisation_id"}
    assert saved == [
        {"environment"},
        {"environment", "kind"},
        chosen,
        {*chosen, "full_name"},
        {*chosen, "full_name", "email", "language"},
    ]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("request_name", "non"),
        ("request_email", "camille"),
        ("request_organisation", "Introuvable"),
    ],
)
def test_a_refused_answer_is_not_saved(talk: Talk, field: str, typed: str) -> None:
    to_the_recap(talk)
    version = stamp(talk)["draft_version"]
    change(talk, field)
    answer(talk, field, typed)
    with talk.house.database.transaction() as session:
        assert str(session.scalars(select(Draft)).one().version) == version


# What may be added (S55)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("request_message", "Je remplace ma collègue.", ("message", "Je remplace ma collègue.")),
        ("request_contact_email", "import@example.org", ("contact_email", "import@example.org")),
        ("request_contact_phone", "+32 470 12 34 56", ("contact_phone", "+32470123456")),
    ],
)
def test_what_may_be_added_is_asked_for_from_the_recap_alone(
    talk: Talk, field: str, typed: str, told: tuple[str, str]
) -> None:
    assert to_the_recap(talk) == ["utter_field_request_confirmation"]
    key, value = told
    assert talk.messages[-1][key] == "–"
    change(talk, field)
    assert answer(talk, field, typed) == ["utter_field_request_confirmation"]
    assert talk.messages[-1][key] == value


def test_what_may_be_added_is_offered(talk: Talk) -> None:
    to_the_recap(talk)
    button = {"field": "additions", **stamp(talk)}
    said = answer(talk, "request_confirmation", "change", "change_field", **button)
    assert said == ["utter_what_to_add"]


@pytest.mark.parametrize("nothing", ["aucun", "none", "-"])
def test_what_may_be_added_may_be_left_out_after_all(talk: Talk, nothing: str) -> None:
    to_the_recap(talk)
    change(talk, "request_message")
    assert answer(talk, "request_message", nothing) == ["utter_field_request_confirmation"]
    assert talk.messages[-1]["message"] == "–"


# Answered as a question, and meant as the message

ASKED = "Pouvez-vous traiter cela avant vendredi ?"


def ask_in_the_message(talk: Talk, text: str, intent: str = "how_long") -> list[str]:
    """What the form says after a question that was answered."""
    return talk.call(ValidateAccessRequestForm, intent, text=text, confidence=0.97)


def press_offered(talk: Talk, **stamp_of_the_button: str) -> list[str]:
    button = {"field": "typed_message", **stamp_of_the_button}
    return answer(talk, "request_confirmation", "change", "change_field", **button)


def test_what_was_answered_as_a_question_can_be_the_message(talk: Talk) -> None:
    to_the_recap(talk)
    change(talk, "request_message")
    said = ask_in_the_message(talk, ASKED)
    assert said == ["utter_field_request_message", "utter_typed_may_be_message"]
    assert press_offered(talk, **stamp(talk)) == ["utter_field_request_confirmation"]
    assert talk.messages[-1]["message"] == ASKED


def test_only_what_was_typed_last_can_be_the_message(talk: Talk) -> None:
    to_the_recap(talk)
    change(talk, "request_message")
    ask_in_the_message(talk, ASKED)
    first = stamp(talk)
    ask_in_the_message(talk, "Combien de temps ?")
    assert press_offered(talk, **first) == ["utter_recap_changed", "utter_field_request_message"]
    assert talk.slots["request_message"] is None


def test_what_was_no_message_is_not_kept(talk: Talk) -> None:
    to_the_recap(talk)
    change(talk, "request_message")
    ask_in_the_message(talk, ASKED)
    assert answer(talk, "request_message", "aucun") == ["utter_field_request_confirmation"]
    with talk.house.database.transaction() as session:
        assert ASKED not in session.scalars(select(Draft)).one().fields.values()


def test_a_question_elsewhere_is_no_message(talk: Talk) -> None:
    to_the_recap(talk)
    change(talk, "request_email")
    assert ask_in_the_message(talk, ASKED) == ["utter_field_request_email"]


def test_a_button_and_a_command_are_no_message(talk: Talk) -> None:
    to_the_recap(talk)
    change(talk, "request_message")
    said = talk.call(ValidateAccessRequestForm, "help", text="aide", confidence=1.0)
    assert said == ["utter_field_request_message"]
    assert ask_in_the_message(talk, "annulez tout", "cancel") == ["utter_field_request_message"]


# The next request


def begin_another(talk: Talk) -> list[str]:
    file_a_request(talk)
    start(talk)
    return answer(talk, "request_environment", "training")


def test_the_kind_of_the_request_before_is_proposed(talk: Talk) -> None:
    assert begin_another(talk) == ["utter_field_request_kind_before"]
    assert talk.messages[0]["kind"] == "opérateur"
    same = talk.buttons()[0]
    assert same == {"title": "Oui, le même type", "payload": "/request_operator"}
    assert answer(talk, "request_kind", "operator", "request_operator") == [
        "utter_field_request_organisation"
    ]


def test_another_kind_can_be_chosen(talk: Talk) -> None:
    begin_another(talk)
    payload = talk.buttons()[1]["payload"].removeprefix("/change_field")
    said = answer(talk, "request_confirmation", "change", "change_field", **json.loads(payload))
    assert said == ["utter_field_request_kind"]


# Refused, and refused again


@pytest.mark.parametrize(
    ("field", "wrong"), [("request_name", "Camille"), ("request_email", "camille chez example")]
)
def test_after_two_refusals_help_comes_instead_of_the_same_words(
    talk: Talk, field: str, wrong: str
) -> None:
    to_the_recap(talk)
    change(talk, field)
    again, helped = f"utter_field_{field}_again", f"utter_field_{field}_help"
    said = [answer(talk, field, wrong)[0] for _ in range(4)]
    assert said == [again, again, helped, helped]


def test_an_accepted_answer_begins_the_count_anew(talk: Talk) -> None:
    to_the_recap(talk)
    for _ in range(2):
        change(talk, "request_name")
        said = [answer(talk, "request_name", "Camille")[0] for _ in range(2)]
        assert said == ["utter_field_request_name_again"] * 2
        answer(talk, "request_name", "Camille Exemple")


# Corrected by a sentence: the router has found the field and the value in it


def correct(talk: Talk, field: str, value: str) -> list[str]:
    entities = {"field": field, "new_value": value}
    return answer(talk, "request_confirmation", "change", "change_field", **entities)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("request_email", "zoe@example.org", ("email", "zoe@example.org")),
        ("request_name", "Zoé d'Exemple", ("name", "Zoé d'Exemple")),
        ("request_organisation", "BE-ORG-OP-6", ("number", "BE-ORG-OP-6")),
    ],
)
def test_a_sentence_corrects_a_field_at_the_recap(
    talk: Talk, field: str, value: str, told: tuple[str, str]
) -> None:
    to_the_recap(talk)
    assert correct(talk, field, value)[-1] == "utter_field_request_confirmation"
    assert talk.messages[-1][told[0]] == told[1]


def test_a_sentence_corrects_an_earlier_field_and_the_question_comes_again(talk: Talk) -> None:
    start(talk)
    say_site_and_kind(talk)
    answer(talk, "request_organisation", "alpro")
    answer(talk, "request_name", "Camille Exemple")
    assert correct(talk, "request_name", "Zoé d'Exemple") == ["utter_field_request_email"]
    assert talk.slots["request_name"] == "Zoé d'Exemple"


# A slip in the address


def test_a_likely_slip_is_pointed_out_and_can_be_corrected(talk: Talk) -> None:
    to_the_recap(talk)
    change(talk, "request_email")
    said = answer(talk, "request_email", "zoe@gmial.com")
    assert said == ["utter_email_suggestion", "utter_field_request_confirmation"]
    assert talk.messages[0]["suggestion"] == "zoe@gmail.com"
    button = {"field": "email_suggestion", "draft_id": talk.messages[0]["draft_id"]}
    answer(talk, "request_confirmation", "change", "change_field", **button)
    assert talk.messages[-1]["email"] == "zoe@gmail.com"
