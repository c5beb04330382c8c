"""How much a typed text is like a name: for what nobody is called exactly."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from registry import search_words
from registry.names import telling_words

# A letter wrong in four is the most that a word can bear.
LIKE_ENOUGH = 0.7
# A part of a compound: "kantoor" in "douanekantoor".
SHORTEST_PART = 4
# They stand in so many names that they tell little.
COMMON_WORDS = search_words.words("common_words")
COMMON_WORD_COUNTS = 1 / 3


def likeness(text: str, name: str, town: str) -> float:
    """From 0 to 1, of a text to a name with its town, all of them normalised.

    The share of the text's words that the name or the town has, typing errors allowed; or the
    likeness of both as a whole, for words that are run together; or the name inside the text.
    """
    if len(name) >= SHORTEST_PART and f" {name} " in f" {text} ":
        return 1.0
    typed = telling_words(text)
    named = telling_words(name)
    whole = OSA.normalized_similarity("".join(typed), "".join(named))
    return max(_share(typed, [*named, *town.split()]), whole)


def sameness(one: str, other: str) -> float:
    """From 0 to 1, of two names, normalised: each must have what the other has.

    Words in another order, or run together, are the same; typing errors are allowed.
    """
    words, others = telling_words(one), telling_words(other)
    whole = OSA.normalized_similarity("".join(words), "".join(others))
    return max(min(_share(words, others), _share(others, words)), whole)


def pieces(word: str) -> list[str]:
    """Parts of a word of which one is left whole by as many errors as `likeness` bears."""
    if len(word) < SHORTEST_PART:
        return []
    count = 2 if len(word) < 6 else 3
    size = len(word) / count
    return [word[round(part * size) : round((part + 1) * size)] for part in range(count)]


def _share(typed: Sequence[str], words: Sequence[str]) -> float:
    weights = [len(word) * (COMMON_WORD_COUNTS if word in COMMON_WORDS else 1) for word in typed]
    found = [max((_same(word, other) for other in words), default=0.0) for word in typed]
    matched = sum(weight * share for weight, share in zip(weights, found, strict=True))
    return matched / sum(weights)


def _same(typed: str, word: str) -> float:
    if typed == word:
        return 1.0
    if typed.isdigit():
        return 0.0
    if len(typed) >= SHORTEST_PART and typed in word:
        return 0.95
    return OSA.normalized_similarity(typed, word, score_cutoff=LIKE_ENOUGH)
