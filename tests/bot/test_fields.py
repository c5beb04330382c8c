"""What answers each field by its form or by its words, and what is asked about the field."""

from typing import Any

import pytest

from bot import fields
from bot.answers import LIKELY_SAID, NOTHING, SAID, SURELY_SAID, Fit, Kind, fit
from bot.fields import ABOUT_A_FIELD, FIELDS, KINDS, SURE, in_place

NAME = "request_name"
COMPANY = "request_organisation"
EMAIL = "request_email"
PHONE = "request_contact_phone"
MESSAGE = "request_message"
TICKET = "ticket_question"


def likely(**found: float) -> dict[str, float]:
    """How likely each kind of answer is, of what is not told none."""
    return dict.fromkeys([*Kind, NOTHING, SAID], 0.0) | found


def is_answer(
    field: str | None, text: str, likely: dict[str, float], topic: str = "how_long", sure: float = 1
) -> bool:
    return fields.is_answer(field, text, likely, {"name": topic, "confidence": sure})


SURELY_NO_ANSWER = likely(said=1.0)


@pytest.mark.parametrize(
    "text",
    ["claire@example.org", "est-ce bien claire@example.org ?", "labo @example.org", "a@@b"],
)
@pytest.mark.parametrize("field", sorted(FIELDS))
def test_an_address_answers_every_field(field: str, text: str) -> None:
    assert is_answer(field, text, SURELY_NO_ANSWER)


def test_a_number_answers_its_field_and_no_name() -> None:
    assert is_answer(PHONE, "pourquoi 06 12 34 ne va pas ?", SURELY_NO_ANSWER)
    assert is_answer(PHONE, "0612", SURELY_NO_ANSWER)
    assert not is_answer(PHONE, "on m'a dit en 2 étapes", SURELY_NO_ANSWER)
    assert not is_answer(NAME, "06 12 34", SURELY_NO_ANSWER)


FITS = [
    # Where an operator is
    (Kind.PLACE, "en Italie", Fit.ANSWER),
    (Kind.PLACE, "no sorry, Germany", Fit.ANSWER),
    (Kind.PLACE, "Côte d'Ivoire", Fit.ANSWER),
    (Kind.PLACE, "NO", Fit.ANSWER),
    (Kind.PLACE, "italie", Fit.PERHAPS),
    (Kind.PLACE, "je ne sais pas", Fit.PERHAPS),
    (Kind.PLACE, "no", Fit.NO_ANSWER),
    (Kind.PLACE, "pourquoi le pays ?", Fit.NO_ANSWER),
    (Kind.ADDRESS, "12 rue du Pays Noir, 5000 Namur", Fit.ANSWER),
    (Kind.ADDRESS, "Zone Industrielle Nord", Fit.ANSWER),
    (Kind.ADDRESS, "rue de l'église", Fit.PERHAPS),
    (Kind.ADDRESS, "faut-il 12 caractères ?", Fit.PERHAPS),
    # How it is reached
    (Kind.CONTACT, "www.example.org", Fit.ANSWER),
    (Kind.CONTACT, "fax 02 555 12 34", Fit.ANSWER),
    (Kind.CONTACT, "on peut mettre un site à la place ?", Fit.PERHAPS),
    # One of those shown
    (Kind.CHOICE, "Organic Importer", Fit.ANSWER),
    (Kind.CHOICE, "nous sommes importateurs", Fit.PERHAPS),
    (Kind.CHOICE, "c'est quoi une section ?", Fit.NO_ANSWER),
    # A question to a person
    (Kind.QUESTION, "combien de temps cela prend ?", Fit.ANSWER),
    (Kind.QUESTION, "je ne trouve pas mon entreprise dans la liste", Fit.ANSWER),
    (Kind.QUESTION, "je suis bloqué", Fit.PERHAPS),
    (Kind.QUESTION, "merci beaucoup", Fit.NO_ANSWER),
    # What nobody says to the assistant
    (Kind.NAME, "<script>alert(1)</script>", Fit.ANSWER),
    (Kind.ORGANISATION, "{{operator_name}} Bio", Fit.ANSWER),
    # What only its words tell
    (Kind.NAME, "Fatoumata Keïta", Fit.PERHAPS),
    (Kind.ORGANISATION, "Control Union", Fit.PERHAPS),
]


@pytest.mark.parametrize(("kind", "text", "expected"), FITS)
def test_a_field_may_know_its_answer_by_its_form(kind: Kind, text: str, expected: Fit) -> None:
    assert fit(kind, text) is expected


@pytest.mark.parametrize("text", ["", " ", "…", "a", "é", "x" * 1000, "? ? ?", "{}", "contact@"])
@pytest.mark.parametrize("field", sorted(FIELDS.keys() - {TICKET}))
def test_no_text_is_too_strange(field: str, text: str) -> None:
    assert not is_answer(field, text, SURELY_NO_ANSWER)


@pytest.mark.parametrize("field", sorted(FIELDS.keys() - {TICKET}))
def test_what_may_be_an_answer_is_one_unless_it_is_surely_said(field: str) -> None:
    kind = KINDS[field]
    sure = SURELY_SAID[kind]
    assert not is_answer(field, "alpro", likely(said=sure, **{kind: 1 - sure}))
    assert is_answer(field, "alpro", likely(said=sure - 0.01, **{kind: 1.01 - sure}))


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_who_leaves_a_field_empty_answers_it(field: str) -> None:
    assert is_answer(field, "pas besoin", likely(nothing=0.9, said=0.1))


def test_a_message_answers_no_other_field_but_a_company_may_be_typed_for_a_name() -> None:
    message = likely(message=0.9, said=0.1)
    assert is_answer(MESSAGE, "je remplace Luc", message)
    assert not is_answer(NAME, "je remplace Luc", message)
    assert is_answer(NAME, "BE-ORG-OP-5", likely(organisation=0.9, said=0.1))


DOUBTFUL = likely(said=LIKELY_SAID, message=0.1, name=0.4)


@pytest.mark.parametrize("field", [NAME, MESSAGE])
def test_a_question_about_the_field_is_heard_sooner(field: str) -> None:
    assert not is_answer(field, "…", DOUBTFUL, "ask_why", SURE)
    assert is_answer(field, "…", DOUBTFUL, "ask_why", SURE - 0.01)
    assert is_answer(field, "…", DOUBTFUL, "who_validates")


def test_a_command_is_heard_sooner_where_a_message_is_asked_for() -> None:
    assert not is_answer(MESSAGE, "annulez tout", DOUBTFUL, "cancel")
    assert is_answer(NAME, "Ana Stopp", DOUBTFUL, "cancel")
    assert is_answer(MESSAGE, "sorry for my English", DOUBTFUL, "switch_to_english")


def test_only_a_command_is_heard_where_a_question_to_a_person_is_asked_for() -> None:
    assert not is_answer(TICKET, "laisse tomber tout ça", SURELY_NO_ANSWER, "cancel")
    assert not is_answer(TICKET, "in french, please", SURELY_NO_ANSWER, "switch_to_french")
    assert is_answer(TICKET, "je suis bloqué", SURELY_NO_ANSWER, "stuck")
    assert is_answer(TICKET, "j'ai pas recu le mail", SURELY_NO_ANSWER, "no_email")


@pytest.mark.parametrize("field", [None, "request_environment", "request_code"])
def test_a_field_that_knows_its_answers_otherwise_is_not_judged_here(field: str | None) -> None:
    assert not is_answer(field, "claire@example.org", likely(email=1.0))


# What is asked about a field


def ranking(**confidences: float) -> list[dict[str, Any]]:
    return [{"name": name, "confidence": found} for name, found in confidences.items()]


RANKING = ranking(how_long=0.4, ask_what_to_type=0.3, ask_why=0.15, which_email=0.15)


def test_a_question_about_the_field_is_of_the_topic_that_answers_it_there() -> None:
    found = in_place(RANKING, EMAIL)
    assert [topic["name"] for topic in found] == ["which_email", "how_long", "privacy"]
    assert found[0]["confidence"] == pytest.approx(0.45)
    assert in_place(RANKING, MESSAGE)[0]["name"] == "request_message"


@pytest.mark.parametrize("field", [None, "request_environment"])
def test_where_no_such_field_is_asked_for_it_is_about_nothing(field: str | None) -> None:
    assert in_place(RANKING, field) == ranking(how_long=0.4, which_email=0.15)


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_no_question_stays_without_its_topic(field: str) -> None:
    assert not {topic["name"] for topic in in_place(RANKING, field)} & ABOUT_A_FIELD


def test_there_are_fields_of_every_kind() -> None:
    assert set(KINDS.values()) == set(Kind)
