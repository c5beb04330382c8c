"""Reads what may be told of an operator beside the rest: identifiers and dates (S47, S49)."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from babel import Locale

from registry import countries, identifiers
from registry.validation.answers import BadAnswer, is_skipped, plain
from registry.validation.lines import read_line
from registry.vocabulary import LANGUAGES

LONGEST_IDENTIFIER = 60
FEWEST_SIGNS = 3
YEARS = range(1990, 2101)
# The Union's code for Northern Ireland, in its numbers only.
NORTHERN_IRELAND = "XI"

# What is said before a number: "notre numéro de TVA est le …", "EORI: …".
LABEL = re.compile(
    r"^.*\b(?:tva|vat|eori|num[ée]ro|number|identifiant|identifier)\b"
    r"(?:\s*(?:intracommunautaire|intra|num[ée]ro|number|n[°o]|est|is|le|the))*[\s:=°.-]*",
    re.IGNORECASE,
)
# Prefixes of VAT numbers that are no ISO code.
VAT_PREFIXES = {"GR": "EL"}

IN_NUMBERS = re.compile(r"(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
IN_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\s+(?:of\s+)?([^\W\d_]+)\.?,?\s+(\d{4})")
MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def read_eori(text: str) -> str | None:
    """Return the EORI number, None where it is skipped. Raises BadAnswer.

    Its form tells nothing of whether it was given to anybody.
    """
    return None if is_skipped(text) else _read_number(text, identifiers.eori)


def read_vat(text: str, country: str | None = None) -> str | None:
    """Return the VAT number, None where it is skipped. Raises BadAnswer.

    Without letters before it, it is read as one of `country` (two letters).
    """
    if is_skipped(text):
        return None
    prefix = VAT_PREFIXES.get(country, country) if country else ""
    return _read_number(text, identifiers.vat, prefix or "")


def read_identifier(text: str) -> str | None:
    """Return any other identifier as it was typed, None where it is skipped. Raises BadAnswer."""
    if is_skipped(text):
        return None
    identifier = read_line(text, LONGEST_IDENTIFIER)
    is_long_enough = sum(sign.isalnum() for sign in identifier) >= FEWEST_SIGNS
    if not is_long_enough or not any(sign.isdigit() for sign in identifier):
        raise BadAnswer("not an identifier")
    return identifier


def read_date(text: str) -> date | None:
    """Return the date, the day before the month unless the year comes first; None if skipped.

    `31/12/2026`, `2026-12-31`, `31 décembre 2026` and `December 31, 2026` are read.
    Raises BadAnswer.
    """
    if is_skipped(text):
        return None
    said = plain(text)
    if found := YEAR_FIRST.search(said):
        year, month, day = map(int, found.groups())
    elif found := IN_NUMBERS.search(said):
        day, month, year = map(int, found.groups())
    elif found := IN_WORDS.search(said):
        day, month, year = int(found[1]), _months().get(found[2], 0), int(found[3])
    elif found := MONTH_FIRST.search(said):
        day, month, year = int(found[2]), _months().get(found[1], 0), int(found[3])
    else:
        raise BadAnswer("not a date")
    if year not in YEARS:
        raise BadAnswer("not a year that can be meant")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadAnswer("no such day") from error


def _read_number(text: str, form: Callable[[str], str | None], prefix: str = "") -> str:
    said = LABEL.sub("", text).strip()
    number = form(prefix + said if said[:1].isdigit() else said)
    if number is None:
        raise BadAnswer("not of the form of such a number")
    if number[:2] != NORTHERN_IRELAND and countries.read(number[:2]) is None:
        raise BadAnswer("it begins with no country")
    return number


@cache
def _months() -> dict[str, int]:
    """The months by their names, whole and shortened, in French and English."""
    return {
        plain(name).strip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in Locale(language).months["format"][width].items()
    }
