"""Reads the address of a website."""

import re

from registry.validation.answers import BadAnswer, is_skipped

LONGEST_WEBSITE = 300
# With or without https://, a name with a dot, and what may follow it.
WEBSITE = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)


def read_website(text: str) -> str | None:
    """Return the address as it is written, None where it is skipped. Raises BadAnswer."""
    if is_skipped(text):
        return None
    address = text.strip()
    if len(address) > LONGEST_WEBSITE or not WEBSITE.fullmatch(address):
        raise BadAnswer("not the address of a website")
    return address
