"""Reads the address of a website, alone or in a sentence."""

import re

from registry.validation.answers import BadAnswer, is_skipped

LONGEST_WEBSITE = 300
# With or without https://, a name with a dot, and what may follow it.
WEBSITE = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
# In a sentence: of the web, without a user, a port, or only numbers for its name.
WEBSITE_IN_TEXT = re.compile(
    r"(?<![\w@./:-])(?:(?P<scheme>https?)://)?"
    r"(?P<host>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24})\.?"
    r"(?P<path>/[\w./~%&=?+#,;:-]*)?(?![\w@:])",
    re.IGNORECASE,
)


def read_website(text: str) -> str | None:
    """Return the address as it is written, None where it is skipped. Raises BadAnswer."""
    if is_skipped(text):
        return None
    address = text.strip()
    if len(address) > LONGEST_WEBSITE or not WEBSITE.fullmatch(address):
        raise BadAnswer("not the address of a website")
    return address


def holds_website(text: str) -> bool:
    """Whether a website is told in `text`."""
    return WEBSITE_IN_TEXT.search(text) is not None


def website_in(text: str) -> str:
    """Return the one website told in ``text``, with its scheme. Raises BadAnswer."""
    found = {
        f"{(site['scheme'] or 'https').lower()}://{site['host'].lower()}{site['path'] or ''}"
        for site in WEBSITE_IN_TEXT.finditer(text)
    }
    if len(found) != 1:
        raise BadAnswer("not one website")
    website = found.pop().rstrip("/.,;:?")
    if len(website) > LONGEST_WEBSITE:
        raise BadAnswer("longer than an address may be")
    return website
