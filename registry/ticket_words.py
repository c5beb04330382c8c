"""A ticket in words, each line of it on one line: its topic, what was entered, the story."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from registry.texts import Texts

TEXTS = Path(__file__).parents[1] / "data" / "texts"
# A long answer of the assistant is known by its beginning.
LONGEST_LINE = 300
# The signs of the assistant's Markdown that tell a reader nothing.
BOLD = "**"


def topic_in_words(topic: str | None, language: str) -> str:
    """The title of a topic, that nothing is known where there is none."""
    titles = _texts("topics.yml")
    if topic is not None and topic in titles:
        return titles.say(topic, language)
    return _say("unknown", language)


def site_in_words(environment: str | None, language: str) -> str:
    """The site's name, that nothing is known where there is none."""
    return _say(f"value.environment.{environment}" if environment else "unknown", language)


def entered_lines(entered: Sequence[Mapping[str, Any]], language: str) -> tuple[str, ...]:
    """What was entered: a line a journey, with its fields."""
    lines = tuple(_journey_line(journey, language) for journey in entered)
    return lines or (_say("nothing_entered", language),)


def story_lines(story: Sequence[Mapping[str, str]], language: str) -> tuple[str, ...]:
    """The conversation: a line for each time somebody spoke, long ones cut."""
    lines = tuple(
        _labelled(_say(f"by.{line['by']}", language), _cut(line["text"], language), language)
        for line in story
    )
    return lines or (_say("nothing_said", language),)


def on_one_line(text: str) -> str:
    """The text with single spaces where there was any white space."""
    return " ".join(text.split())


def _journey_line(journey: Mapping[str, Any], language: str) -> str:
    name = _known(f"journey.{journey['journey']}", str(journey["journey"]), language)
    state = _known(f"state.{journey['state']}", str(journey["state"]), language)
    fields = (
        _labelled(
            _known(f"field.{field}", field, language),
            _known(f"value.{field}.{value}", str(value), language),
            language,
        )
        for field, value in journey["fields"].items()
    )
    return on_one_line(_labelled(f"{name} ({state})", ", ".join(fields), language))


def _cut(text: str, language: str) -> str:
    line = on_one_line(text.replace(BOLD, ""))
    if len(line) <= LONGEST_LINE:
        return line
    return f"{line[:LONGEST_LINE].rstrip()} {_say('left_out', language)}"


def _known(key: str, otherwise: str, language: str) -> str:
    """The word of that key; where there is none, what it stands for, readable at least."""
    words = _texts("tickets.yml")
    return words.say(key, language) if key in words else otherwise.replace("_", " ")


def _labelled(label: str, value: str, language: str) -> str:
    return _texts("tickets.yml").say("labelled", language, label=label, value=value)


def _say(key: str, language: str) -> str:
    return _texts("tickets.yml").say(key, language)


@cache
def _texts(name: str) -> Texts:
    return Texts.load(TEXTS / name)
