"""Reads a person's first and last name out of an answer."""

import re
import unicodedata
from itertools import pairwise

from registry import countries
from registry.validation.answers import JOINERS, BadAnswer, plain
from registry.validation.words import words

LONGEST_NAME = 100
MOST_WORDS = 10

# People answer in sentences: "je m'appelle …", "my name is …".
NAME_INTRODUCTION = re.compile(
    r"^\W*(?:je m['’ ]?appelle|je suis|(?:moi )?(?:c['’ ]?est|c)|mon nom (?:est|c['’]est)|"
    r"my name is|my name['’]s|i['’]m|i am|this is|it['’ ]?is|it['’]?s)\s+",
    re.IGNORECASE,
)
# With the joiners that names are written with in some scripts of India and Sri Lanka.
NAME_PUNCTUATION = frozenset(" '’‘.-,·" + JOINERS)
OUTER_SIGNS = ' .,;!"«»“”'

NO_NAMES = words("no_names")
NO_NAMES_TOGETHER = words("no_names_together")
NO_FIRST_WORDS = words("no_first_words")
SMALL_WORDS = words("small_words")
MOST_SMALL_WORDS = 2
# "J'ai", "c'est", "qu'on", "don't": no name is written so, unlike "d'Exemple" or "N'Diaye".
SHORTENED = re.compile(r"(?:j|c|qu)'\w.*|.*n't|i'(?:m|ve|ll|d)|(?:that|let|what)'s")


def read_full_name(text: str) -> str:
    """Return the first and last name in ``text``, with single spaces.

    A name has two words at least (S11: first name, last name), no digit and no sign of
    mark-up, 100 characters at most, and is no sentence, no place and no time. Raises BadAnswer.
    """
    name = " ".join(NAME_INTRODUCTION.sub("", text.strip()).split()).strip(OUTER_SIGNS)
    parts = [part for part in name.split() if any(letter.isalpha() for letter in part)]
    fits = 1 < len(parts) <= MOST_WORDS and len(name) <= LONGEST_NAME
    if not fits or not all(_may_stand_in_a_name(letter) for letter in name):
        raise BadAnswer("not a first and a last name")
    if _is_a_sentence([plain(part).strip(".,") for part in parts]):
        raise BadAnswer("a sentence, not a name")
    is_said_of_a_place = parts[0].islower() and plain(parts[0]) in NO_FIRST_WORDS
    if is_said_of_a_place or countries.read(name, codes=False):
        raise BadAnswer("a place or a time, not a name")
    return name


def _may_stand_in_a_name(letter: str) -> bool:
    return letter in NAME_PUNCTUATION or unicodedata.category(letter)[0] in "LM"


def _is_a_sentence(said: list[str]) -> bool:
    pairs = {f"{first} {second}" for first, second in pairwise(said)}
    # "Je" is a Korean family name; a sentence that starts with it has more words.
    is_said_of_oneself = said[0] == "je" and len(said) > 2
    return (
        is_said_of_oneself
        or not NO_NAMES.isdisjoint(said)
        or not NO_NAMES_TOGETHER.isdisjoint(pairs)
        or any(SHORTENED.fullmatch(word) for word in said)
        or sum(word in SMALL_WORDS for word in said) > MOST_SMALL_WORDS
    )
