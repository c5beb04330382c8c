"""Writes docs/facts.md, each fact with the answers that use it: `python -m deploy.facts_page`.

The page's words stand in facts_page.template.md; here its tables are filled.
"""

from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

import yaml

from deploy.layout import project_root

FACTS = Path("data/facts.yml")
RESPONSES = Path("data/responses")
PAGE = Path("docs/facts.md")
TEMPLATE = Path(__file__).with_name("facts_page.template.md")
# A table for each first letter of an id: what it shows of a fact.
COLUMNS = {
    "S": ("fr", "en", "source"),
    "A": ("fr", "en", "source"),
    "X": ("fr", "en", "source", "certainty"),
}
NONE = "–"


def page(root: Path) -> str:
    """Return docs/facts.md as today's facts and responses make it."""
    facts = _yaml(root / FACTS)
    citing = _citing(root / RESPONSES)
    tables = {
        letter: "\n".join(
            _row(fact_id, fact, citing.get(fact_id, set()))
            for fact_id, fact in facts.items()
            if fact_id.startswith(letter)
        )
        for letter in COLUMNS
    }
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(tables)


def _citing(folder: Path) -> dict[str, set[str]]:
    """Return the names of the responses that cite a fact, by the fact's id."""
    found: dict[str, set[str]] = {}
    for path in folder.glob("*.yml"):
        for name, variations in _yaml(path)["responses"].items():
            for variation in variations:
                for fact_id in variation["metadata"]["facts"]:
                    found.setdefault(fact_id, set()).add(name)
    return found


def _row(fact_id: str, fact: dict[str, Any], responses: set[str]) -> str:
    shown = (_cell(fact.get(column, "")) for column in COLUMNS[fact_id[0]])
    used_by = ", ".join(f"`{name}`" for name in sorted(responses)) or NONE
    return f"| {' | '.join((fact_id, *shown, used_by))} |"


def _cell(value: str | list[str]) -> str:
    lines = [value] if isinstance(value, str) else value
    return "<br>".join(map(_linked, lines)).replace("|", r"\|")


def _linked(text: str) -> str:
    """Shorten an address to its host, so that the column stays narrow; leave other text."""
    return f"[{urlsplit(text).netloc}]({text})" if text.startswith("https://") else text


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def main() -> None:
    """Write the page."""
    root = project_root()
    (root / PAGE).parent.mkdir(exist_ok=True)
    (root / PAGE).write_text(page(root), encoding="utf-8")


if __name__ == "__main__":
    main()
