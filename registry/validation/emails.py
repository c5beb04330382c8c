"""Reads an e-mail address out of an answer, and offers another where it looks mistyped."""

import re

from email_validator import EmailNotValidError, validate_email

from registry.validation.answers import BadAnswer, is_skipped
from registry.validation.words import meant, table

LONGEST_EMAIL = 254
EMAIL_IN_TEXT = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
OUTER_SIGNS = ".'’‘\"!?«»“”…"

PROVIDERS = meant("providers")
ONLY_ENDING = table("only_ending")
ENDINGS = meant("endings")


def read_email(text: str) -> str:
    """Return the one e-mail address in ``text``, in lower case; typed twice, it is one.

    Raises BadAnswer. An accent before the @ is refused as the typing slip that it mostly is:
    few mail servers would take it.
    """
    found = {_normalised(typed) for typed in EMAIL_IN_TEXT.findall(text)}
    if len(found) != 1:
        raise BadAnswer("not one e-mail address")
    return found.pop()


def read_contact_email(text: str) -> str | None:
    """Return the address to be written to (S55), None where it is skipped. Raises BadAnswer."""
    return None if is_skipped(text) else read_email(text)


def suggest_email(address: str) -> str | None:
    """Return the address that was probably meant, or None where nothing looks mistyped.

    It is an offer to whoever typed: a rare domain may look like a slip of a common one.
    """
    reader, _, domain = address.rpartition("@")
    *before, ending = domain.split(".")
    ending = ENDINGS.get(ending, ending)
    if len(before) == 1:
        before = [PROVIDERS.get(before[0], before[0])]
        ending = ONLY_ENDING.get(before[0], ending)
    offered = f"{reader}@{'.'.join([*before, ending])}"
    return None if offered == address else offered


def _normalised(typed: str) -> str:
    if len(typed) > LONGEST_EMAIL:
        raise BadAnswer("too long for an e-mail address")
    try:
        address = validate_email(
            typed.strip(OUTER_SIGNS), check_deliverability=False, allow_smtputf8=False
        )
    except EmailNotValidError as error:
        raise BadAnswer("not a valid e-mail address") from error
    return address.normalized.lower()
