"""The training data: same topics in both languages, each example once and in its language."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from bot.answers import NOTHING, Kind
from bot.nlu.command_phrases import normalised

ROOT = Path(__file__).parents[2]
NLU = ROOT / "data" / "nlu"
LANGUAGES = ("fr", "en", "other")

# Intents that nobody types as such: buttons, the router and our own server make them.
NOT_TYPED = {
    "choose_environment",
    "choose_organisation",
    "confirm_erasure",
    "confirm_request",
    "change_field",
    "resend_code",
    "code_not_received",
    "search_further",
    "unsure",
    "two_topics",
    "not_understood",
    "not_understood_again",
    "show_step",
    "restart_guide",
    "none_of_these",
    "list_my_requests",
    "withdraw_here",
    "resume_elsewhere",
    "leave_parked",
    "send_ticket",
    "reuse_answer",
    "open",
    "code_accepted",
    "code_refused",
}


def blocks(language: str) -> list[tuple[Path, dict]]:
    return [
        (path, block)
        for path in sorted((NLU / language).glob("*.yml"))
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]
    ]


def examples(language: str) -> list[tuple[str, str]]:
    """Every `(text, intent)` of the language."""
    return [
        (line.removeprefix("- "), block["intent"])
        for _, block in blocks(language)
        for line in block["examples"].splitlines()
    ]


def intents(language: str) -> set[str]:
    return {intent for _, intent in examples(language)}


def domain_intents() -> set[str]:
    return set(yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"])


def test_there_is_nothing_but_these_languages() -> None:
    assert {folder.name for folder in NLU.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_says_the_language_of_its_folder(language: str) -> None:
    """Rasa forgets the folder: the language classifier learns from the metadata."""
    wrong = [
        (path.name, block["intent"])
        for path, block in blocks(language)
        if block["metadata"]["language"] != language
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_block_stands_in_the_file_of_its_intent(language: str) -> None:
    wrong = [path.name for path, block in blocks(language) if path.stem != block["intent"]]
    assert wrong == []


def test_both_languages_have_the_same_intents() -> None:
    assert intents("fr") == intents("en")


def test_every_intent_that_is_typed_has_examples_and_no_other_has() -> None:
    assert intents("fr") | intents("other") == domain_intents() - NOT_TYPED


def test_what_is_no_topic_is_an_intent_of_the_domain() -> None:
    assert domain_intents() >= NOT_TYPED


def test_only_other_languages_are_other_language() -> None:
    assert intents("other") == {"other_language"}


def test_no_example_stands_under_two_intents() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for text, intent in examples(language):
            meanings[normalised(text)].add(intent)
    assert {text: found for text, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_stands_twice(language: str) -> None:
    counts = Counter(normalised(text) for text, _ in examples(language) if normalised(text))
    assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_a_text(language: str) -> None:
    assert [intent for text, intent in examples(language) if not text.strip()] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_intent_has_enough_examples(language: str) -> None:
    counts = Counter(intent for _, intent in examples(language))
    assert {intent: count for intent, count in counts.items() if count < 25} == {}


# What their form does not tell, the answers of the other kinds do.
WITHOUT_ANSWERS = {Kind.QUESTION, Kind.PLACE, Kind.ADDRESS, Kind.CONTACT, Kind.CHOICE}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_of_answer_has_enough_examples(language: str) -> None:
    counts = Counter(
        block["metadata"]["answers"]
        for _, block in blocks(language)
        if block["intent"] == "inform"
        for _ in block["examples"].splitlines()
    )
    assert set(counts) == {*Kind, NOTHING} - WITHOUT_ANSWERS
    assert {kind: count for kind, count in counts.items() if count < 15} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_carries_mark_up_of_rasas(language: str) -> None:
    """Entities are found by their form, so `[…](entity)` would be learnt as words."""
    assert [text for text, _ in examples(language) if "](" in text or "{" in text] == []


def test_the_commands_of_the_pipeline_have_examples() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]
    (commands,) = (c["intents"] for c in pipeline if c["name"].endswith("CommandPhrases"))
    assert set(commands) <= intents("fr")
