"""Tells whether a text answers a field, for each kind of field there is.

An address or a number shows by its form, as does much of what describes an operator. What else
may be an answer is learnt from examples (bot/nlu/answer_classifier.py): how sure it must be that
it is none is told here.
"""

import re
from collections.abc import Callable, Mapping
from enum import Enum, StrEnum, auto

from bot import shapes


class Kind(StrEnum):
    """What a field asks for: those with answers among the training examples come first."""

    NAME = "name"
    ORGANISATION = "organisation"
    EMAIL = "email"
    # A phone number, an identifier, coordinates, a date.
    NUMBER = "number"
    MESSAGE = "message"
    QUESTION = "question"
    PLACE = "place"
    ADDRESS = "address"
    # A phone number, an e-mail or a website.
    CONTACT = "contact"
    # One of a few that are shown.
    CHOICE = "choice"


class Fit(Enum):
    """Whether a text answers its field, as far as its form tells."""

    ANSWER = auto()
    PERHAPS = auto()
    NO_ANSWER = auto()


# Learnt beside the kinds: what leaves an optional field empty, and what is no answer at all.
NOTHING = "nothing"
SAID = "said"

# How surely a text must be said to the assistant to be no answer, chosen on 460 answers and 280
# questions: of those that were not kept in view, the questions lie above and most answers below.
# A name that is not kept is lost; what is no address and no number is asked for again anyway.
# A question to a person is said to somebody, too: only a topic can tell that it is none.
SURELY_SAID = {
    Kind.NAME: 0.95,
    Kind.ORGANISATION: 0.98,
    Kind.MESSAGE: 0.95,
    Kind.EMAIL: 0.6,
    Kind.NUMBER: 0.6,
    Kind.QUESTION: 2.0,
    Kind.PLACE: 0.95,
    Kind.ADDRESS: 0.98,
    Kind.CONTACT: 0.6,
    Kind.CHOICE: 0.98,
}
# Of a text whose topic shows that it can only be meant for the assistant.
LIKELY_SAID = 0.5
# What is written to a person, who may be told anything.
WRITTEN = frozenset((Kind.MESSAGE, Kind.QUESTION))

MOST_WORDS_OF_A_NAME = 6
FEWEST_DIGITS_OF_A_NUMBER = 6
MOST_WORDS_OF_A_SLIP = 4
MOST_WORDS_OF_A_COMMAND = 5
# Who types an address answers with it, or mistakes the field; "contact@" alone is none.
AN_EMAIL = re.compile(r"\S@\S|\s@\w")
# Nobody says such a thing to the assistant; the field refuses it.
MARKUP = re.compile(r"<[a-z/!]|\{\{", re.IGNORECASE)
WEBSITE = re.compile(r"\bwww\.|://|\b[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)
# "NO" and "IT" are no words.
CODE_OF_A_COUNTRY = re.compile(r"[A-Z]{2,3}")
# "C'est en Italie", "we are in Milan", "no sorry, Germany": a place may follow.
PLACE_MAY_FOLLOW = re.compile(
    r"^(?:\W*(?:bonjour|bonsoir|salut|hello|hi|oui|yes)\b)?\W*"
    r"(?:(?:non|no|en fait|plut[ôo]t|pardon|actually|rather|sorry)\b\W*)*"
    r"(?:(?:la ville|le pays|the (?:city|town|country)) (?:est|is) )?"
    r"(?:(?:c['’ ]?est|nous sommes|on est|je suis|it['’ ]?s|it is|we are|we['’]re|i['’]m|i am)\s+)?"
    r"(?:(?:en|au|aux|à|in|from|dans|at)\s+)?",
    re.IGNORECASE,
)


def is_answer(kind: Kind, text: str, likely: Mapping[str, float], *, is_asked_here: bool) -> bool:
    """Say whether ``text`` answers a field of ``kind``.

    ``likely`` tells how likely the text is an answer of each kind that is learnt, ``NOTHING`` or
    ``SAID``; ``is_asked_here`` that by its topic it can only be meant for the assistant.
    """
    found = fit(kind, text)
    if found is not Fit.PERHAPS:
        return found is Fit.ANSWER
    # Another kind of answer is one, if a wrong one, and so is none: the field says what it asks
    # for. A message typed into another field is said to the assistant.
    possible = 1.0 if kind in WRITTEN else 1 - likely[Kind.MESSAGE]
    enough = LIKELY_SAID if is_asked_here else SURELY_SAID[kind]
    return likely[SAID] < enough * possible


def fit(kind: Kind, text: str) -> Fit:
    """Say whether ``text`` answers a field of ``kind``, as far as its form tells."""
    if AN_EMAIL.search(text) or MARKUP.search(text):
        return Fit.ANSWER
    return FITS[kind](text) if kind in FITS else Fit.PERHAPS


def _fit_of_a_number(text: str) -> Fit:
    digits = sum(map(str.isdigit, text))
    is_slip = digits > 0 and len(shapes.words(text)) <= MOST_WORDS_OF_A_SLIP
    return Fit.ANSWER if digits >= FEWEST_DIGITS_OF_A_NUMBER or is_slip else Fit.PERHAPS


def _fit_of_a_contact(text: str) -> Fit:
    return Fit.ANSWER if WEBSITE.search(text) else _fit_of_a_number(text)


def _fit_of_an_address(text: str) -> Fit:
    has_digits = any(letter.isdigit() for letter in text)
    is_told = has_digits and len(shapes.words(text)) > 1 and not shapes.is_question(text)
    return Fit.ANSWER if is_told or shapes.is_proper_name(text) else Fit.PERHAPS


def _fit_of_a_place(text: str) -> Fit:
    if CODE_OF_A_COUNTRY.fullmatch(text.strip()):
        return Fit.ANSWER
    if shapes.is_small_talk(text) or shapes.is_question(text):
        return Fit.NO_ANSWER
    place = PLACE_MAY_FOLLOW.sub("", text)
    is_short = len(shapes.words(place)) <= MOST_WORDS_OF_A_NAME
    is_named = is_short and place[:1].isupper() and not shapes.has_small_words(place)
    is_told = shapes.is_proper_name(text) or (place != text and is_named)
    return Fit.ANSWER if is_told else Fit.PERHAPS


def _fit_of_a_choice(text: str) -> Fit:
    if shapes.is_proper_name(text):
        return Fit.ANSWER
    is_said = shapes.is_small_talk(text) or shapes.is_question(text)
    return Fit.NO_ANSWER if is_said else Fit.PERHAPS


def _fit_of_a_question(text: str) -> Fit:
    """A question is what is asked for; a few words may be a command, thanks are neither."""
    if shapes.is_small_talk(text):
        return Fit.NO_ANSWER
    is_short = len(shapes.words(text)) <= MOST_WORDS_OF_A_COMMAND
    is_asked = shapes.is_question(text) or shapes.is_proper_name(text)
    return Fit.PERHAPS if is_short and not is_asked else Fit.ANSWER


# Of the other kinds the form tells nothing for sure.
FITS: dict[Kind, Callable[[str], Fit]] = {
    Kind.NUMBER: _fit_of_a_number,
    Kind.CONTACT: _fit_of_a_contact,
    Kind.ADDRESS: _fit_of_an_address,
    Kind.PLACE: _fit_of_a_place,
    Kind.CHOICE: _fit_of_a_choice,
    Kind.QUESTION: _fit_of_a_question,
}
