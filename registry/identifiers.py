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
