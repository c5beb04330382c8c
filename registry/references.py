"""References: short, unguessable, and typing slips show (`TR-7K3M-9QXW-C`, `TK-…` of a ticket)."""

import re
import secrets

from stdnum.iso7064 import mod_37_36

# Without 0 O, 1 I L, and U, which are mistaken for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "TR"
# A ticket's is always typed with its prefix, so that it is never taken for a request's.
TICKET_PREFIX = "TK"
RANDOM_LENGTH = 8
BODY = re.compile(rf"[{ALPHABET}]{{{RANDOM_LENGTH + 1}}}")
# Whatever people and their word processors put between the groups: white space, any dash.
SEPARATORS = re.compile(r"[\s\-_.\u2010-\u2015\u2212]+")


class BadReference(ValueError):
    """The text is no reference of this register, or holds a typing slip."""


def new_reference() -> str:
    """A new reference of a request: eight random characters (39 bits) and a check character."""
    return _written(PREFIX, _new_body())


def new_ticket_reference() -> str:
    """A new reference of a ticket, made like a request's."""
    return _written(TICKET_PREFIX, _new_body())


def parse_reference(text: str) -> str:
    """The reference in its written form, from any case, spacing and dashes.

    Raises BadReference when it cannot be one: wrong length, character or check character.
    """
    body = _squeezed(text)
    if len(body) == len(PREFIX) + RANDOM_LENGTH + 1:
        body = body.removeprefix(PREFIX)
    return _written(PREFIX, _checked(body))


def parse_ticket_reference(text: str) -> str:
    """The ticket's reference in its written form. Raises BadReference, as for a request's."""
    body = _squeezed(text)
    if not body.startswith(TICKET_PREFIX):
        raise BadReference("Not a ticket's reference.")
    return _written(TICKET_PREFIX, _checked(body.removeprefix(TICKET_PREFIX)))


def parse_any_reference(text: str) -> str:
    """The reference of a request or of a ticket in its written form. Raises BadReference."""
    try:
        return parse_ticket_reference(text)
    except BadReference:
        return parse_reference(text)


def is_of_a_ticket(reference: str) -> bool:
    """Whether a reference in its written form is a ticket's."""
    return reference.startswith(TICKET_PREFIX)


def _new_body() -> str:
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
        check = mod_37_36.calc_check_digit(body)
        # The check character may be a look-alike of the 36: draw again.
        if check in ALPHABET:
            return body + check


def _squeezed(text: str) -> str:
    return SEPARATORS.sub("", text).upper()


def _checked(body: str) -> str:
    if not BODY.fullmatch(body) or not mod_37_36.is_valid(body):
        raise BadReference("Not a reference of this register.")
    return body


def _written(prefix: str, body: str) -> str:
    return f"{prefix}-{body[:4]}-{body[4:8]}-{body[8]}"
