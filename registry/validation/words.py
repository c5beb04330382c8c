"""The words of data/words.yml, by which answers are judged."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).parents[2] / "data" / "words.yml"


def words(name: str) -> frozenset[str]:
    """All words and phrases of the list `name`."""
    return frozenset(word for row in _file()[name] for word in row)


def meant(name: str) -> dict[str, str]:
    """What is meant by each mistyped word of the table `name`."""
    return {slip: right for right, slips in _file()[name].items() for slip in slips}


def table(name: str) -> dict[str, str]:
    """The table `name` as it is written."""
    return dict(_file()[name])


@cache
def _file() -> Any:
    return yaml.safe_load(WORDS.read_text(encoding="utf-8"))
