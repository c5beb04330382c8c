"""Reads what a person answered to a field: the value in it, or that there is none."""

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

LONGEST_NAME = 100
LONGEST_EMAIL = 254

# People answer in sentences: "je m'appelle …", "my name is …".
NAME_INTRODUCTION = re.compile(
    r"^\W*(?:je m['’ ]?appelle|je suis|moi c['’ ]?est|c['’]est|mon nom (?:est|c['’]est)|"
    r"my name is|my name['’]s|i['’]m|i am|this is|it['’ ]?is|it['’]s)\s+",
    re.IGNORECASE,
)
EMAIL_IN_TEXT = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
NAME_PUNCTUATION = frozenset(" '’.-,·")


class BadAnswer(ValueError):
    """The answer holds no value for the field."""


def read_full_name(text: str) -> str:
    """Return the first and last name in ``text``, with single spaces.

    A name has two words at least (S11: first name, last name), no digit and no sign of
    mark-up, 100 characters at most. Raises BadAnswer.
    """
    name = " ".join(NAME_INTRODUCTION.sub("", text.strip()).split()).strip(" .,;")
    words = [word for word in name.split() if any(letter.isalpha() for letter in word)]
    fits = len(words) > 1 and len(name) <= LONGEST_NAME
    if not fits or not all(_may_stand_in_a_name(letter) for letter in name):
        raise BadAnswer("not a first and a last name")
    return name


def read_email(text: str) -> str:
    """Return the one e-mail address in ``text``, in lower case. Raises BadAnswer."""
    found = EMAIL_IN_TEXT.findall(text)
    if len(found) != 1 or len(found[0]) > LONGEST_EMAIL:
        raise BadAnswer("not one e-mail address")
    try:
        address = validate_email(found[0].strip(".'’"), check_deliverability=False)
    except EmailNotValidError as error:
        raise BadAnswer("not a valid e-mail address") from error
    return address.normalized.lower()


def _may_stand_in_a_name(letter: str) -> bool:
    return letter in NAME_PUNCTUATION or unicodedata.category(letter)[0] in "LM"
