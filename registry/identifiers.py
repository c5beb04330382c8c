"""Formats of the identifiers people type to find an organisation (domain.md, section 6).

A match never proves that the organisation exists. An authority's code and an EORI may look
alike (BE301000): what a number is, only the register can tell.
"""

import re
import unicodedata
from enum import StrEnum

SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
FOLDED_LETTERS = str.maketrans({"Ö": "O", "Ø": "O"})
AUTHORITY_CODE = re.compile(r"[A-Z]{2}[0-9]{4,6}[LF]?")
# What stands between the groups of an EORI or a VAT number: BE 0123.456.789.
COMPANY_SEPARATORS = re.compile(r"[\s._/\-\u2010-\u2015\u2212]+")
EORI = re.compile(r"[A-Z]{2}[A-Z0-9]{1,15}")
VAT = re.compile(
    r"BE[01][0-9]{9}|FR[A-HJ-NP-Z0-9]{2}[0-9]{9}|IT[0-9]{11}"
    r"|(?!BE|FR|IT)[A-Z]{2}[A-Z0-9+*]{2,12}"
)
# Greece has EL in its VAT numbers and GR in its EORIs; people mix them up.
GREECE = {"GR": "EL", "EL": "GR"}


class IdentifierKind(StrEnum):
    """The identifiers the search knows."""

    TRACES_NUMBER = "traces_number"
    AUTHORITY_CODE = "authority_code"
    CONTROL_BODY_CODE = "control_body_code"


PATTERNS = {
    # S41; what its parts mean is inferred.
    IdentifierKind.TRACES_NUMBER: re.compile(r"[A-Z]{2}-ORG-OP-[1-9][0-9]*"),
    # S53; the suffix is that of food authorities (X25).
    IdentifierKind.AUTHORITY_CODE: AUTHORITY_CODE,
    # The Commission's AB-CDE-999, with the Spanish suffix.
    IdentifierKind.CONTROL_BODY_CODE: re.compile(
        r"[A-Z]{2}-(?:BIO|ORG|EKO|ECO|OKO)-[0-9]{2,3}(?:-[A-Z]{1,3})?"
    ),
}

_GAP = r"[\s._/\-\u2010-\u2015\u2212]*"
_DASH = r"[\-\u2010-\u2015\u2212]?"
_NOT_IN_A_WORD = r"(?<![\w.])", r"(?!\w|[.-]\w)"
# An EORI or a VAT number. Belgium's are of ten digits; of the others' digits there are seven to
# fifteen, in some countries after a letter or two, or before some (NL…B01, IE…WA). What begins
# as an authority's code is one: "BE0001 9300 Aalst". No space follows a long row of digits.
_BELGIAN = rf"be{_GAP}[01][0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}"
_COUNTRY = rf"(?:at{_GAP}(?:u|eos)|ch{_GAP}e|es{_GAP}[a-z]|fr{_GAP}[a-z0-9]{{2}}|[a-z]{{2}})"
_DIGITS = r"[0-9](?:(?:(?<![0-9]{7})[\s./\-\u2010-\u2015])?[0-9]){6,14}"
_LAST_LETTERS = r"(?:[.\-]?[a-z]{1,3}(?:\.?[0-9]{2})?)?"
_OTHER = rf"(?![a-z]{{2}}[0-9]{{4,6}}[lf]?\s){_COUNTRY}{_GAP}{_DIGITS}{_LAST_LETTERS}"
# As they are written in the middle of a message. Those with dashes in groups that make the
# identifier; spaces are taken only where they leave no doubt: "de 75011" and "BE 8560" are places.
DASHED_IN_TEXT = (
    re.compile(
        rf"([a-z]{{2}}){_GAP}(org){_GAP}(op){_GAP}0*([1-9][0-9]*)".join(_NOT_IN_A_WORD), re.I
    ),
    re.compile(
        rf"([a-z]{{2}}){_DASH}(bio|org|eko|eco|[öøo]ko){_DASH}([0-9]{{2,3}})(?:-([a-z]{{1,3}}))?".join(
            _NOT_IN_A_WORD
        ),
        re.I,
    ),
)
COMPACT_IN_TEXT = (
    re.compile(rf"(?:{_BELGIAN}|{_OTHER})".join(_NOT_IN_A_WORD), re.I),
    re.compile(r"[a-z]{2}[0-9]{4,6}[lf]?".join(_NOT_IN_A_WORD), re.I),
)


def normalise(text: str) -> str:
    """One spelling for what is the same number or code: ` be org op 5` gives `BE-ORG-OP-5`."""
    dashed = SEPARATORS.sub("-", _upper(text).translate(FOLDED_LETTERS))
    compact = dashed.replace("-", "")
    return compact if AUTHORITY_CODE.fullmatch(compact) else dashed


def kind_of(text: str) -> IdentifierKind | None:
    """Which identifier `text` is written like, or None."""
    normalised = normalise(text)
    for kind, pattern in PATTERNS.items():
        if pattern.fullmatch(normalised):
            return kind
    return None


def eori(text: str) -> str | None:
    """An EORI in its one spelling, `BE0123456789`; None where `text` has not the form of one."""
    number = _compact(text)
    return number if EORI.fullmatch(number) and _has_digits(number) else None


def vat(text: str) -> str | None:
    """A VAT number in its one spelling, Greece's with EL; None where `text` is not like one."""
    number = _compact(text)
    if number.startswith("GR"):
        number = f"EL{number[2:]}"
    return number if VAT.fullmatch(number) and _has_digits(number) else None


def company_keys(text: str) -> tuple[str, ...]:
    """What a typed EORI, VAT or other number of a company may be in the register."""
    number = _compact(text)
    twin = GREECE.get(number[:2])
    return (number, f"{twin}{number[2:]}") if twin else (number,)


def take_from(text: str) -> tuple[str | None, str]:
    """The first identifier in a message, in its one spelling, and the message without it."""
    if kind_of(text):
        return normalise(text), ""
    for pattern in DASHED_IN_TEXT:
        if found := pattern.search(text):
            return normalise("-".join(part for part in found.groups() if part)), _without(found)
    for pattern in COMPACT_IN_TEXT:
        if found := pattern.search(text):
            return _compact(found[0]), _without(found)
    return None, text


def _without(found: re.Match[str]) -> str:
    return f"{found.string[: found.start()]} {found.string[found.end() :]}"


def _upper(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()


def _compact(text: str) -> str:
    return COMPANY_SEPARATORS.sub("", _upper(text))


def _has_digits(number: str) -> bool:
    return any(char.isdigit() for char in number)
