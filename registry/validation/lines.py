"""Reads one line of free text: what an organisation is called, or where it is."""

import re

from registry.validation.answers import BadAnswer, cleaned, is_agreed, is_skipped

LONGEST_NAME = 200
FEWEST_SIGNS = 2
# Of mark-up and templates; no name, place or address is written with them.
NO_SIGNS = frozenset("<>{}\\|`")
# An e-mail or a website stands in another field.
ADDRESS_OF_THE_NET = re.compile(r"\S+@\S+\.\w|://|\bwww\.", re.IGNORECASE)
# "Non, en fait c'est …": what was said before is taken back.
TAKES_BACK = (
    r"^\W*(?:(?:non|nan|no|oui|yes|en fait|plut[ôo]t|pardon|oups|actually|rather|sorry|oops)"
    r"(?:\s*[,;.:!]+\s*|\s+(?=(?:en fait|plut[ôo]t|pardon|oups|actually|rather|sorry|oops|"
    r"c['’ ]?est|it['’ ]?s|it is|nous|on|we|la|le|l['’]|notre|the|our|en|à|au|in)\b)))*"
)
NAME_FOLLOWS = re.compile(
    TAKES_BACK + r"(?:(?:(?:la|notre|ma|l['’]|the|our|my)\s*)?"
    r"(?:soci[ée]t[ée]|entreprise|op[ée]rateur|company|firm|business|operator|nom|name)?\s*"
    r"(?:s['’]appelle|se nomme|is called|is named|nom est|name is|est|is|:)|"
    r"(?:nous |on )(?:nous |s['’])appel\w+|we are called|it['’]?s called|it is called|"
    r"c['’ ]?est(?=.*[^?\s]\s*$)|it['’]s(?=.*[^?\s]\s*$))\s+",
    re.IGNORECASE,
)
OUTER_SIGNS = ' \t.,;:"«»“”'


def read_line(text: str, longest: int) -> str:
    """Return ``text`` on one line, with single spaces.

    Raises BadAnswer for nothing and for "yes", for more than `longest` characters, and for what
    holds signs of mark-up, an e-mail or a website.
    """
    line = " ".join(cleaned(text).split())
    if not line or is_agreed(line) or len(line) > longest or not NO_SIGNS.isdisjoint(line):
        raise BadAnswer("no line of text")
    if ADDRESS_OF_THE_NET.search(line):
        raise BadAnswer("an e-mail or a website")
    return line


def read_operator_name(text: str) -> str:
    """Return the name of the operator in ``text`` (S46). Raises BadAnswer."""
    line = read_line(text, LONGEST_NAME)
    name = NAME_FOLLOWS.sub("", line).strip(OUTER_SIGNS)
    if line.rstrip('"»” ').endswith(".") and "." in name:
        # The dot of "S.p.A." is part of the name.
        name += "."
    has_letter = any(sign.isalpha() for sign in name)
    is_long_enough = sum(sign.isalnum() for sign in name) >= FEWEST_SIGNS
    if not has_letter or not is_long_enough or is_skipped(name):
        raise BadAnswer("not a name")
    return name
