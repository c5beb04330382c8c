"""References of requests: short, unguessable, and typing slips show (`TR-7K3M-9QXW-C`)."""

import re
import secrets

from stdnum.iso7064 import mod_37_36

# Without 0 O, 1 I L, and U, which are mistaken for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "TR"
RANDOM_LENGTH = 8
BODY = re.compile(rf"[{ALPHABET}]{{{RANDOM_LENGTH + 1}}}")
# Whatever people and their word processors put between the groups: white space, any dash.
SEPARATORS = re.compile(r"[\s\-_.\u2010-\u2015\u2212]+")


class BadReference(ValueError):
    """The text is no reference of this register, or holds a typing slip."""


def new_reference() -> str:
    """A new reference: eight random characters (39 bits) and a check character."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
        check = mod_37_36.calc_check_digit(body)
        # The check character may be a look-alike of the 36: draw again.
        if check in ALPHABET:
            return _written(body + check)


def parse_reference(text: str) -> str:
    """The reference in its written form, from any case, spacing and dashes.

    Raises BadReference when it cannot be one: wrong length, character or check character.
    """
    body = SEPARATORS.sub("", text).upper()
    if len(body) == len(PREFIX) + RANDOM_LENGTH + 1:
        body = body.removeprefix(PREFIX)
    if not BODY.fullmatch(body) or not mod_37_36.is_valid(body):
        raise BadReference("Not a reference of this register.")
    return _written(body)


def _written(body: str) -> str:
    return f"{PREFIX}-{body[:4]}-{body[4:8]}-{body[8]}"
