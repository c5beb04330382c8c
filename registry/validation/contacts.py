"""Reads the one means of contact of an operator: phone, fax, e-mail or website (S45)."""

import re
from dataclasses import dataclass

from registry.validation.answers import BadAnswer, is_skipped
from registry.validation.emails import read_email
from registry.validation.phones import read_phone
from registry.vocabulary import ContactKind

LONGEST_WEBSITE = 300
FAX = re.compile(r"\b(?:t[ée]l[ée])?(?:fax|copie)\b\.?(?: number)?[:=]?", re.IGNORECASE)
WEBSITE = re.compile(
    r"(?<![\w@./:-])(?:(?P<scheme>https?)://)?"
    r"(?P<host>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24})\.?"
    r"(?P<path>/[\w./~%&=?+#,;:-]*)?(?![\w@:])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ContactMeans:
    """How an operator is reached; `written` is read as the same again."""

    kind: ContactKind
    value: str

    @property
    def written(self) -> str:
        """The value; a fax number is told from a phone number by a word before it."""
        return f"fax {self.value}" if self.kind is ContactKind.FAX else self.value


def read_contact_means(text: str, country: str | None = None) -> ContactMeans:
    """Return the phone, fax, e-mail or website in ``text``, and which of them it is.

    A number without its country code is read as one of `country`. Raises BadAnswer.
    """
    if is_skipped(text):
        raise BadAnswer("no means of contact")
    if "@" in text and "://" not in text:
        return ContactMeans(ContactKind.EMAIL, read_email(text))
    if WEBSITE.search(text):
        return ContactMeans(ContactKind.WEBSITE, read_website(text))
    number = read_phone(FAX.sub(" ", text), country)
    if number is None:
        raise BadAnswer("no means of contact")
    kind = ContactKind.FAX if FAX.search(text) else ContactKind.PHONE
    return ContactMeans(kind, number)


def read_website(text: str) -> str:
    """Return the one website in ``text``, with its scheme. Raises BadAnswer."""
    found = {
        f"{(site['scheme'] or 'https').lower()}://{site['host'].lower()}{site['path'] or ''}"
        for site in WEBSITE.finditer(text)
    }
    if len(found) != 1:
        raise BadAnswer("not one website")
    website = found.pop().rstrip("/.,;:?")
    if len(website) > LONGEST_WEBSITE:
        raise BadAnswer("longer than an address may be")
    return website
