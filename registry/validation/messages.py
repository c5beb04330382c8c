"""Reads the optional message that goes with a request (S55)."""

import unicodedata

from registry.validation.answers import JOINERS, BadAnswer, is_skipped

LONGEST_MESSAGE = 1000
LINE_ENDS = {"\r": "\n", "\u2028": "\n", "\u2029": "\n"}


def read_message(text: str) -> str | None:
    """Return the message as it was typed, None where it is skipped.

    It is plain text: line breaks stay, control and invisible signs go, what looks like mark-up
    is kept as the characters that it is, so whoever shows it must escape it. Raises BadAnswer
    for an empty one and for more than 1,000 characters.
    """
    if is_skipped(text):
        return None
    message = cleaned(text).strip()
    if not message.strip(JOINERS) or len(message) > LONGEST_MESSAGE:
        raise BadAnswer("empty, or longer than a message may be")
    return message


def cleaned(text: str) -> str:
    """Return `text` without control and invisible signs; line breaks stay."""
    return "".join(_kept(sign) for sign in text.replace("\r\n", "\n"))


def _kept(sign: str) -> str:
    sign = LINE_ENDS.get(sign, sign)
    if sign in "\n\t" or sign in JOINERS:
        return sign
    # Cf holds what turns the direction of writing: a text could show as another.
    return "" if unicodedata.category(sign) in ("Cc", "Cf", "Cs") else sign
