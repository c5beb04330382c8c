"""Tells a question from an answer by its shape, in French and in English."""

import re

QUESTION_STARTS = re.compile(
    r"^\W*(?:"
    # French
    r"qui|que|quoi|qu['’]|quel(?:le)?s?|quand|comment|combien|pourquoi|où|ou est|"
    r"est[- ]ce|c['’ ]?est (?:quoi|qui)|c koi|puis[- ]je|peut[- ]on|peux[- ]tu|pouvez[- ]vous|"
    r"faut[- ]il|dois[- ]je|je dois|il faut|je peux|je voudrais savoir|"
    # English
    r"who|what|which|when|where|why|how|can|could|may|do|does|did|is|are|should|must|will|would|"
    r"i want to know|tell me"
    r")\b",
    re.IGNORECASE,
)


def is_question(text: str) -> bool:
    """Say whether ``text`` ends as a question or starts as one."""
    return text.rstrip().endswith("?") or bool(QUESTION_STARTS.match(text))
