"""Reads the optional message that goes with a request (S55)."""

from registry.validation.answers import JOINERS, BadAnswer, cleaned, is_skipped

LONGEST_MESSAGE = 1000


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
