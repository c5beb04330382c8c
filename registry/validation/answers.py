"""What the readers of all fields share: a refusal, words compared plainly, a field left out."""

import re
import unicodedata

from registry.validation.words import words

NOTHING = words("nothing")
AGREED = words("agreed")
# A dash, a dot, a stroke: the sign for an empty field.
ONLY_SIGNS = re.compile(r"[-\u2010-\u2015\u2212/.…_]+")
# Invisible, they hold letters of some scripts, or an emoji of several characters, together.
JOINERS = "\u200c\u200d"
LINE_ENDS = {"\r": "\n", "\u2028": "\n", "\u2029": "\n"}
OUTER_SIGNS = ' \t\n.,;:!…"«»“”()'


class BadAnswer(ValueError):
    """The answer holds no value for the field."""


def plain(text: str) -> str:
    """`text` as it is compared: small letters without accents, straight apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def is_skipped(text: str) -> bool:
    """Whether the answer to an optional field says that it stays empty."""
    return _said(text) in NOTHING or ONLY_SIGNS.fullmatch(text.strip()) is not None


def is_agreed(text: str) -> bool:
    """Whether the answer says yes to what was proposed, and nothing else."""
    return _said(text) in AGREED


def cleaned(text: str) -> str:
    """`text` with plain line ends and without control and invisible signs."""
    return "".join(_kept(sign) for sign in text.replace("\r\n", "\n"))


def _said(text: str) -> str:
    return " ".join(plain(text).strip(OUTER_SIGNS).split())


def _kept(sign: str) -> str:
    sign = LINE_ENDS.get(sign, sign)
    if sign in "\n\t" or sign in JOINERS:
        return sign
    # Cf holds what turns the direction of writing: a text could show as another.
    return "" if unicodedata.category(sign) in ("Cc", "Cf", "Cs") else sign
