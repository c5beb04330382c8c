"""Cuts a message into parts, each of which may hold a question of its own."""

import re

# Longer messages tell a story rather than ask several questions.
MOST_PARTS = 4
FEWEST_WORDS = 3

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|[\n;]+")
# A word of its own: "puis-je" is none. "Plus" alone is French for "no longer".
CONJUNCTION = re.compile(
    r"(?<=[\s,])(?:"
    r"et|puis|ensuite|de plus|en plus|par ailleurs|ainsi que|"
    r"and|also|then|(?<=, )plus"
    r")(?:\s+(?:aussi|ensuite|puis|also|then))?(?=[\s,])",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+")


def parts_of(text: str) -> list[str]:
    """Return the parts of ``text``; none where it has only one or very many."""
    parts = [
        part
        for sentence in SENTENCE_END.split(text)
        for part in _at_conjunctions(sentence)
        if _is_long_enough(part)
    ]
    return parts if 2 <= len(parts) <= MOST_PARTS else []


def _at_conjunctions(sentence: str) -> list[str]:
    """Cut where both sides are long enough: "opérateur et importateur" stays together."""
    parts = []
    start = 0
    for found in CONJUNCTION.finditer(sentence):
        left, right = sentence[start : found.start()], sentence[found.end() :]
        if _is_long_enough(left) and _is_long_enough(right):
            parts.append(left)
            start = found.end()
    # No part begins with a slash: Rasa would read it as a command.
    return [part.strip(" ,/") for part in (*parts, sentence[start:])]


def _is_long_enough(text: str) -> bool:
    return len(WORD.findall(text)) >= FEWEST_WORDS
