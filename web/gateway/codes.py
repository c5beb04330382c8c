"""Finding a verification code in typed text, so that it never reaches the bot."""

import re
import unicodedata

# Six digits alone, or 3 + 3 with a space or dash that are no part of a longer row of groups
# (a phone number); "BE301000" is an authority, "x.123456@example.com" an address.
_CODE = re.compile(
    r"(?<!\w)(?:\d{6}|(?<!\d[\s.-])\d{3}[\s\u2010-\u2013-]\d{3}(?![\s.-]?\d))(?![\w@])"
)


def code_in(text: str) -> str | None:
    """The first stand-alone six-digit group of `text` as six ASCII digits, or None."""
    found = _CODE.search(text)
    return _digits(found.group()) if found else None


def code_typed_alone(text: str) -> str | None:
    """`text` as a code when it is nothing else, or None."""
    found = _CODE.fullmatch(text.strip())
    return _digits(found.group()) if found else None


def _digits(group: str) -> str:
    return "".join(str(unicodedata.decimal(c)) for c in group if c.isdecimal())
