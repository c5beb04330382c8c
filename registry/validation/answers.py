"""What the readers of all fields share: a refusal, words compared plainly, a field left out."""

import re
import unicodedata

from registry.validation.words import words

NOTHING = words("nothing")
# A dash, a dot, a stroke: the sign for an empty field.
ONLY_SIGNS = re.compile(r"[-\u2010-\u2015\u2212/.…_]+")
# Invisible, they hold letters of some scripts, or an emoji of several characters, together.
JOINERS = "\u200c\u200d"
OUTER_SIGNS = ' \t\n.,;:!…"«»“”()'


class BadAnswer(ValueError):
    """The answer holds no value for the field."""


def plain(text: str) -> str:
    """`text` as it is compared: small letters without accents, straight apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def is_skipped(text: str) -> bool:
    """Whether the answer to an optional field says that it stays empty."""
    said = " ".join(plain(text).strip(OUTER_SIGNS).split())
    return said in NOTHING or ONLY_SIGNS.fullmatch(text.strip()) is not None
