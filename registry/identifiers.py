"""Formats of the identifiers people type to find an organisation (domain.md, section 6).

A match never proves that the organisation exists.
"""

import re
import unicodedata
from enum import StrEnum

SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
FOLDED_LETTERS = str.maketrans({"Ö": "O", "Ø": "O"})
AUTHORITY_CODE = re.compile(r"[A-Z]{2}[0-9]{4,6}[LF]?")


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
# As they are written in the middle of a message, in groups that make the identifier. Spaces
# are taken only where they leave no doubt: "de 75011" and "BE 8560" are places.
WRITTEN_IN_TEXT = {
    IdentifierKind.TRACES_NUMBER: re.compile(
        rf"([a-z]{{2}}){_GAP}(org){_GAP}(op){_GAP}0*([1-9][0-9]*)".join(_NOT_IN_A_WORD), re.I
    ),
    IdentifierKind.CONTROL_BODY_CODE: re.compile(
        rf"([a-z]{{2}}){_DASH}(bio|org|eko|eco|[öøo]ko){_DASH}([0-9]{{2,3}})(?:-([a-z]{{1,3}}))?".join(
            _NOT_IN_A_WORD
        ),
        re.I,
    ),
    IdentifierKind.AUTHORITY_CODE: re.compile(
        r"([a-z]{2}[0-9]{4,6}[lf]?)".join(_NOT_IN_A_WORD), re.I
    ),
}


def normalise(text: str) -> str:
    """One spelling for what is the same identifier: ` be org op 5` gives `BE-ORG-OP-5`."""
    upper = unicodedata.normalize("NFKC", text).strip().upper().translate(FOLDED_LETTERS)
    dashed = SEPARATORS.sub("-", upper)
    compact = dashed.replace("-", "")
    return compact if AUTHORITY_CODE.fullmatch(compact) else dashed


def kind_of(text: str) -> IdentifierKind | None:
    """Which identifier `text` is written like, or None."""
    normalised = normalise(text)
    for kind, pattern in PATTERNS.items():
        if pattern.fullmatch(normalised):
            return kind
    return None


def take_from(text: str) -> tuple[str | None, str]:
    """The first identifier in a message, in its normal form, and the message without it."""
    if kind_of(text):
        return normalise(text), ""
    for pattern in WRITTEN_IN_TEXT.values():
        if found := pattern.search(text):
            identifier = normalise("-".join(part for part in found.groups() if part))
            return identifier, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text
