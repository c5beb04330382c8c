"""Tells whether a text answers a field, for each kind of field there is.

An address and a phone number show by their form. What else may be an answer is learnt from
examples (bot/nlu/answer_classifier.py): how sure it must be that it is none is told here.
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a field asks for: a kind of answer among the training examples."""

    NAME = "name"
    ORGANISATION = "organisation"
    EMAIL = "email"
    PHONE = "phone"
    MESSAGE = "message"


# Learnt beside the kinds: what leaves an optional field empty, and what is no answer at all.
NOTHING = "nothing"
SAID = "said"

# How surely a text must be said to the assistant to be no answer, chosen on 460 answers and 280
# questions: of those that were not kept in view, the questions lie above and most answers below.
# A name that is not kept is lost; what is no address and no number is asked for again anyway.
SURELY_SAID = {
    Kind.NAME: 0.95,
    Kind.ORGANISATION: 0.98,
    Kind.MESSAGE: 0.95,
    Kind.EMAIL: 0.6,
    Kind.PHONE: 0.6,
}
# Of a text whose topic shows that it can only be meant for the assistant.
LIKELY_SAID = 0.5

MOST_WORDS_OF_A_NAME = 6
FEWEST_DIGITS_OF_A_PHONE = 6
# Who types an address answers with it, or mistakes the field; "contact@" alone is none.
ADDRESS = re.compile(r"\S@\S|\s@\w")


def is_answer(kind: Kind, text: str, likely: Mapping[str, float], *, is_asked_here: bool) -> bool:
    """Say whether ``text`` answers a field of ``kind``.

    ``likely`` tells how likely the text is an answer of each kind, ``NOTHING`` or ``SAID``;
    ``is_asked_here`` that by its topic it can only be meant for the assistant.
    """
    if ADDRESS.search(text):
        return True
    if kind is Kind.PHONE and sum(map(str.isdigit, text)) >= FEWEST_DIGITS_OF_A_PHONE:
        return True
    # Another kind of answer is one, if a wrong one, and so is none: the field says what it asks
    # for. A message typed into another field is said to the assistant.
    possible = 1.0 if kind is Kind.MESSAGE else 1 - likely[Kind.MESSAGE]
    enough = LIKELY_SAID if is_asked_here else SURELY_SAID[kind]
    return likely[SAID] < enough * possible
