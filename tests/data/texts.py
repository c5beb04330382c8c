"""Reads the files of data/ for the tests that compare them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
LANGUAGES = ("fr", "en")

PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Variation:
    """A response in one language."""

    response: str
    condition: Any
    text: str
    lang: str
    facts: tuple[str, ...]
    image: str | None
    payloads: tuple[str, ...]
    titles: tuple[str, ...]

    @property
    def placeholders(self) -> set[str]:
        """The names in braces of its text."""
        return set(PLACEHOLDER.findall(self.text))

    @property
    def links(self) -> list[str]:
        """Where its links lead, in their order."""
        return [address for _, address in LINK.findall(self.text)]


def yaml_of(path: Path) -> Any:
    """What a file holds."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def response_files() -> list[Path]:
    """The files of responses."""
    return sorted((DATA / "responses").glob("*.yml"))


def responses() -> dict[str, list[Variation]]:
    """Every response by its id, with its variations in the file's order."""
    return {
        name: [_variation(name, written) for written in variations]
        for path in response_files()
        for name, variations in yaml_of(path)["responses"].items()
    }


def variations() -> list[Variation]:
    """Every variation of every response."""
    return [variation for found in responses().values() for variation in found]


def rules() -> list[dict[str, Any]]:
    """Every rule."""
    return [rule for path in sorted((DATA / "rules").glob("*.yml")) for rule in _rules_of(path)]


def stories() -> dict[str, dict[str, Any]]:
    """Every story by what it tells."""
    return {
        story["story"]: story
        for path in sorted((DATA / "stories").glob("*.yml"))
        for story in yaml_of(path)["stories"]
    }


def domain() -> dict[str, Any]:
    """The domain."""
    found: dict[str, Any] = yaml_of(ROOT / "domain.yml")
    return found


def steps(kind: str) -> Iterator[str]:
    """What the steps of one kind (intent, action) name, in all rules."""
    return (step[kind] for rule in rules() for step in rule["steps"] if kind in step)


def _rules_of(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml_of(path)["rules"]
    return found


def _variation(name: str, written: dict[str, Any]) -> Variation:
    buttons = written.get("buttons") or []
    return Variation(
        response=name,
        condition=written.get("condition"),
        text=written["text"],
        lang=written["metadata"]["lang"],
        facts=tuple(written["metadata"]["facts"]),
        image=written.get("image"),
        payloads=tuple(button["payload"] for button in buttons),
        titles=tuple(button["title"] for button in buttons),
    )
