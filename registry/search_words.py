"""The words of data/search_words.yml, by which the search understands what people type."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parents[1] / "data" / "search_words.yml"


@lru_cache(maxsize=1)
def all_words() -> dict[str, Any]:
    """The file as it is."""
    with FILE.open(encoding="utf-8") as file:
        loaded: dict[str, Any] = yaml.safe_load(file)
    return loaded


def words(key: str) -> frozenset[str]:
    """The single words that stand under a key, folded."""
    return frozenset(folded(all_words()[key]).split())


def pattern(lines: Iterable[str]) -> str:
    """A pattern for folded text: any of the phrases, which commas part, with their plurals."""
    phrases = {phrase.strip() for line in lines for phrase in folded(line).split(",")}
    return one_of(
        r"\W+".join(f"{re.escape(word)}[sx]?" for word in re.findall(r"\w+", phrase))
        for phrase in phrases
    )


def one_of(patterns: Iterable[str]) -> str:
    """A pattern for any of these, the longest that fits, standing as words of their own."""
    return rf"\b(?:{'|'.join(sorted(patterns, key=len, reverse=True))})\b"


def folded(text: str) -> str:
    """Lower case without accents, and as long as before: what is found has the same place."""
    return "".join(unicodedata.normalize("NFKD", char.casefold())[0] for char in text)
