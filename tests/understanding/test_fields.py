"""Free-text fields keep their answers, and hear what is none: the two figures of the design.

The answers and questions are in field_answers.yml and field_questions.yml, which say how to
write one, and in other_answers.yml and other_questions.yml, which another hand wrote. The trained
model takes part, so most must be right and not each one.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answers import Kind
from bot.corrections import ASKED_FOR
from bot.fields import KINDS
from bot.nlu.command_phrases import normalised
from tests.understanding.conftest import Hear

ROOT = Path(__file__).parents[2]
LANGUAGES = ("fr", "en")
# What is reached, less what chance makes of sets of this size.
KEPT_AT_LEAST = {"field": 0.99, "other": 0.985}
HEARD_AT_LEAST = {"field": 0.95, "other": 0.93}
LONGEST_TEXT = 1_000


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_all(of: str) -> dict[str, dict[str, dict[str, list[Any]]]]:
    return {name: read(Path(__file__).with_name(f"{name}_{of}.yml")) for name in KEPT_AT_LEAST}


ANSWERS = read_all("answers")
QUESTIONS = read_all("questions")
CORRECTION = "change_field"


def each(by_language: dict[str, dict[str, list[Any]]]) -> list[tuple[str, str, Any]]:
    """Every `(language, field, line)` of a file."""
    return [
        (language, field, line)
        for language, by_field in by_language.items()
        for field, lines in by_field.items()
        for line in lines
    ]


def topics_of(meaning: dict[str, Any]) -> set[str]:
    """What a message is answered with: its topic, or the two that are offered of two questions."""
    if meaning["intent"]["name"] == "two_topics":
        return {e["value"] for e in meaning["entities"] if e["entity"] == "topic"}
    return {meaning["intent"]["name"]}


def report(said: list[tuple[str, str, Any]], wrong: list[tuple[str, str, str]]) -> str:
    """How many of each field and language were right, and what was wrong."""
    of_all = Counter((field, language) for language, field, _ in said)
    failed = Counter((field, language) for language, field, _ in wrong)
    counts = [
        f"{field} {language}: {count - failed[field, language]} of {count}"
        for (field, language), count in sorted(of_all.items())
    ]
    return "\n".join((*counts, *(" | ".join(line) for line in wrong)))


@pytest.mark.parametrize("name", ANSWERS)
def test_fields_keep_their_answers(hear: Hear, name: str) -> None:
    said = each(ANSWERS[name])
    lost = []
    for language, field, text in said:
        meaning = hear(text, field, language)
        switched = any(entity["entity"] == "language" for entity in meaning["entities"])
        if meaning["intent"]["name"] != "inform" or switched:
            lost.append((language, field, f"{text} -> {meaning['intent']['name']}"))
    figures = report(said, lost)
    print(f"\nanswers kept, {name}: {len(said) - len(lost)} of {len(said)}\n{figures}")
    assert 1 - len(lost) / len(said) >= KEPT_AT_LEAST[name], figures


@pytest.mark.parametrize("name", QUESTIONS)
def test_fields_hear_what_is_no_answer(hear: Hear, name: str) -> None:
    said = each(QUESTIONS[name])
    unheard = []
    for language, field, question in said:
        meaning = hear(question["say"], field, language)
        if not topics_of(meaning) & set(question["heard_as"]):
            text = f"{question['say']} -> {meaning['intent']['name']}"
            unheard.append((language, field, text))
    figures = report(said, unheard)
    print(f"\nquestions heard, {name}: {len(said) - len(unheard)} of {len(said)}\n{figures}")
    assert 1 - len(unheard) / len(said) >= HEARD_AT_LEAST[name], figures


# In every field of every form, the ones that know their answers otherwise too

EVERY_FIELD = sorted(
    {
        *KINDS,
        *ASKED_FOR,
        *(
            slot
            for form in read(ROOT / "domain.yml")["forms"].values()
            for slot in form["required_slots"]
        ),
    }
)
IN_EVERY_FIELD = [
    ("fr", "annule", "cancel"),
    ("en", "cancel it please", "cancel"),
    ("fr", "aidez-moi svp", "help"),
    ("en", "please help me", "help"),
    ("fr", "combien de temps ça prend ?", "how_long"),
    ("en", "how long does the validation take?", "how_long"),
    ("fr", "qui valide ma demande ?", "who_validates"),
    ("en", "who approves my request?", "who_validates"),
    ("fr", "en anglais svp", "switch_to_english"),
    ("en", "in french, please", "switch_to_french"),
]


@pytest.mark.parametrize("field", EVERY_FIELD)
@pytest.mark.parametrize(("language", "text", "topic"), IN_EVERY_FIELD)
def test_every_field_hears_a_command_and_a_question(
    hear: Hear, field: str, language: str, text: str, topic: str
) -> None:
    # Where a question to a person is asked for, a question is the answer.
    is_answer = KINDS.get(field) is Kind.QUESTION and topic in ("how_long", "who_validates")
    assert hear(text, field, language)["intent"]["name"] == ("inform" if is_answer else topic)


TO_A_PERSON = [
    ("fr", "bonjour, je ne trouve pas mon entreprise dans la liste"),
    ("fr", "je suis bloqué"),
    ("fr", "Mon e-mail est faux et je ne peux plus le changer"),
    ("fr", "où en est ma demande TR-7K3M-9QXW-C"),
    ("fr", "j'ai pas recu le mail"),
    ("fr", "comment annuler ma demande dans TRACES ?"),
    ("en", "hello, the button is greyed out"),
    ("en", "I am stuck"),
    ("en", "My name is wrong and I can't change it"),
    ("en", "did not get the e-mail"),
    ("en", "what is my status BE-ORG-OP-5"),
    ("en", "can you help me with the second step, nothing happens when I click"),
]


@pytest.mark.parametrize(("language", "text"), TO_A_PERSON)
def test_a_question_to_a_person_is_kept_whole(hear: Hear, language: str, text: str) -> None:
    assert hear(text, "ticket_question", language)["intent"]["name"] == "inform"


@pytest.mark.parametrize("field", sorted(field for field, of in ASKED_FOR.items() if of))
@pytest.mark.parametrize(
    ("language", "text"), [("fr", "je veux changer l'adresse"), ("en", "wait, change the e-mail")]
)
def test_every_field_that_may_be_corrected_hears_a_correction(
    hear: Hear, field: str, language: str, text: str
) -> None:
    meaning = hear(text, field, language)
    assert meaning["intent"]["name"] == CORRECTION
    (corrected,) = (e["value"] for e in meaning["entities"] if e["entity"] == "field")
    meant = ASKED_FOR[field]["request_email"]
    if field.startswith("operator_") and "adresse" in text:
        # The operator has an address, too: whose is meant is asked back.
        meant = "either_address"
    assert corrected == meant


# The files


@pytest.mark.parametrize(("name", "answers", "questions"), [("field", 172, 74), ("other", 100, 60)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_as_many_as_the_figures_are_counted_on(
    name: str, answers: int, questions: int, language: str
) -> None:
    assert len(each({language: ANSWERS[name][language]})) == answers
    assert len(each({language: QUESTIONS[name][language]})) == questions


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_field_has_answers_and_questions(language: str) -> None:
    """Questions to a person are counted apart: there a question is the answer."""
    kinds = set(Kind) - {Kind.QUESTION}
    for file in (ANSWERS["field"], QUESTIONS["field"]):
        assert {KINDS[field] for field in file[language]} == kinds


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_with_answers_has_questions(name: str, language: str) -> None:
    assert set(ANSWERS[name][language]) == set(QUESTIONS[name][language]) <= set(KINDS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_to_be_heard_is_a_topic_or_a_correction(name: str) -> None:
    topics = {*read(ROOT / "data" / "texts" / "topics.yml"), CORRECTION}
    heard_as = {topic for _, _, question in each(QUESTIONS[name]) for topic in question["heard_as"]}
    assert heard_as <= topics


# The other hand could not know which words alone are examples already: "hello", "forgot password".
SHORT = 5


@pytest.mark.parametrize("name", ANSWERS)
def test_no_line_is_a_training_example(name: str) -> None:
    examples = {
        normalised(line.removeprefix("- "))
        for path in (ROOT / "data" / "nlu").rglob("*.yml")
        for block in read(path)["nlu"]
        for line in block["examples"].splitlines()
    }
    texts = [text for _, _, text in each(ANSWERS[name])]
    texts += [question["say"] for _, _, question in each(QUESTIONS[name])]
    seen = [text for text in texts if normalised(text) in examples]
    assert [text for text in seen if len(text.split()) >= SHORT] == []


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_is_longer_than_what_can_be_typed(name: str) -> None:
    assert max(len(text) for _, _, text in each(ANSWERS[name])) <= LONGEST_TEXT
