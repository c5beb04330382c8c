"""The sections of the chapter Organic (S48, X23): their names, activities and countries."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from registry.names import normalise_text
from registry.vocabulary import OrganicSection

FILE = Path(__file__).parents[1] / "data" / "sections.yml"
CHAPTER = "Organic"

# fmt: off
UNION = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
))
# fmt: on
EEA = UNION | {"IS", "LI", "NO"}
EFTA = frozenset({"CH", "IS", "LI", "NO"})


@dataclass(frozen=True, eq=False)
class Section:
    """A section: `label` and `activities` as TRACES NT has them, each with what people call it."""

    code: OrganicSection
    label: str
    activities: Mapping[str, tuple[str, ...]]
    countries: str
    called: frozenset[str]

    @property
    def title_key(self) -> str:
        """The key of its title in data/texts/terms.yml."""
        return f"section_{self.code.lower().replace(' ', '_').replace('-', '_')}"

    def is_for(self, country: str) -> bool:
        """Whether an operator of that country may choose it (X23)."""
        return {
            "all": True,
            "EEA": country in EEA,
            "EFTA": country in UNION | EFTA,
            "third": country not in EEA,
        }[self.countries]


def of_country(country: str) -> tuple[Section, ...]:
    """The sections that an operator of that country may choose, in the file's order."""
    return tuple(section for section in _sections() if section.is_for(country))


def of_code(code: str) -> Section | None:
    """The section of a code, or None."""
    return next((section for section in _sections() if section.code == code), None)


def read(text: str, country: str) -> Section | None:
    """The one section of that country that a text names, by code, label or in other words."""
    said = f" {normalise_text(text)} "
    names = [
        (name, section)
        for section in of_country(country)
        for name in section.called
        if f" {name} " in said
    ]
    # "Organic importer" says more than "importer", and than "organic".
    longest = max((len(name) for name, _ in names), default=0)
    named = {section for name, section in names if len(name) == longest}
    return named.pop() if len(named) == 1 else None


def activity_in(text: str, section: Section) -> str | None:
    """The one activity of the section that a text names, or None."""
    said = normalise_text(text)
    for activity in section.activities:
        if normalise_text(activity) == said:
            return activity
    named = [
        activity
        for activity, words in section.activities.items()
        if any(f" {word} " in f" {said} " for word in words)
    ]
    return named[0] if len(named) == 1 else None


@lru_cache(maxsize=1)
def _sections() -> tuple[Section, ...]:
    with FILE.open(encoding="utf-8") as file:
        written = yaml.safe_load(file)
    return tuple(
        Section(
            code=OrganicSection(code),
            label=section["label"],
            activities={
                activity: tuple(map(normalise_text, words))
                for activity, words in section["activities"].items()
            },
            countries=section["countries"],
            called=frozenset(map(normalise_text, (code, section["label"], *_names(section)))),
        )
        for code, section in written.items()
    )


def _names(section: Mapping[str, list[str]]) -> list[str]:
    return [name for line in section["called"] for name in line.split(",")]
