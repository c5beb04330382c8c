"""Reads a story of scenarios/ (README.md there says how to write one) and checks its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("fr", "en")
ACTIONS = ("say", "press", "press the first", "switch language", "register", "mails", "command")
DETAILS = ("hear", "buttons", "remember", "tab", "session", "switching")
HEADINGS = ("title", "switched", "steps", "never hear")
WAYS_TO_SWITCH = ("by phrase", "by button")


class Misspelt(Exception):
    """A story is not written as README.md says; the message names file and step."""


@dataclass(frozen=True)
class Heard:
    """A response or mail by its id, and what must stand at some of its placeholders."""

    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One step: what is done (`action` with its `what`), and what must come of it.

    `what`, titles and values are texts, or mappings of both languages to texts.
    """

    number: int
    action: str
    what: Any
    hear: tuple[Heard, ...]
    buttons: Any
    remember: tuple[str, ...]
    is_second_tab: bool
    is_other_session: bool
    is_switching: bool


@dataclass(frozen=True)
class Scenario:
    """A story; `languages` are those of its switched run, in their order."""

    name: str
    title: str
    languages: tuple[str, str]
    steps: tuple[Step, ...]
    never_hear: tuple[str, ...]


def read_scenarios(folder: Path) -> list[Scenario]:
    """The stories of a folder, by file name. Raises Misspelt."""
    return [read_scenario(path) for path in sorted(folder.glob("*.yml"))]


def read_scenario(path: Path) -> Scenario:
    """One story. Raises Misspelt."""
    return scenario_of(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)


def scenario_of(story: dict[str, Any], name: str) -> Scenario:
    """The story that a file of that name holds. Raises Misspelt."""
    _check_keys(story, HEADINGS, name)
    steps = tuple(
        _step(number, written, f"{name}, step {number}")
        for number, written in enumerate(story["steps"], 1)
    )
    if not any(step.action == "switch language" or step.is_switching for step in steps):
        raise Misspelt(f"{name}: no step switches the language.")
    first, _, second = story["switched"].partition(" to ")
    if {first, second} != set(LANGUAGES):
        raise Misspelt(f"{name}: `switched` reads `fr to en` or `en to fr`.")
    never_hear = tuple(story.get("never hear", ()))
    return Scenario(Path(name).stem, story["title"], (first, second), steps, never_hear)


def in_language(text: Any, lang: str) -> Any:
    """The text of one language, where it is written for both."""
    return text[lang] if isinstance(text, dict) and set(text) == set(LANGUAGES) else text


def _step(number: int, written: dict[str, Any], place: str) -> Step:
    _check_keys(written, (*ACTIONS, *DETAILS), place)
    done = [action for action in ACTIONS if action in written]
    if len(done) != 1:
        raise Misspelt(f"{place}: exactly one of {', '.join(ACTIONS)}.")
    what = written[done[0]]
    if done[0] == "switch language" and what not in WAYS_TO_SWITCH:
        raise Misspelt(f"{place}: the language is switched {' or '.join(WAYS_TO_SWITCH)}.")
    is_said = done[0] not in ("register", "mails", "command")
    if is_said and not written.get("hear"):
        raise Misspelt(f"{place}: `hear` is missing.")
    return Step(
        number=number,
        action=done[0],
        what=[_heard(one) for one in what] if done[0] == "mails" else what,
        hear=tuple(_heard(one) for one in written.get("hear", ())),
        buttons=written.get("buttons"),
        remember=tuple(written.get("remember", ())),
        is_second_tab=written.get("tab") == "second",
        is_other_session=written.get("session") == "other",
        is_switching=bool(written.get("switching")),
    )


def _heard(written: Any) -> Heard:
    if isinstance(written, str):
        return Heard(written, {})
    ((name, values),) = written.items()
    return Heard(name, values)


def _check_keys(written: dict[str, Any], allowed: tuple[str, ...], place: str) -> None:
    unknown = [key for key in written if key not in allowed]
    if unknown:
        raise Misspelt(f"{place}: {', '.join(map(str, unknown))} is not known here.")
