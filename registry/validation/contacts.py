"""Reads the one means of contact of an operator: phone, fax, e-mail or website (S45)."""

import re
from dataclasses import dataclass

from registry.validation.answers import BadAnswer, is_skipped
from registry.validation.emails import read_email
from registry.validation.phones import read_phone
from registry.validation.websites import holds_website, website_in
from registry.vocabulary import ContactKind

FAX = re.compile(r"\b(?:t[ée]l[ée])?(?:fax|copie)\b\.?(?: number)?[:=]?", re.IGNORECASE)


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
    if holds_website(text):
        return ContactMeans(ContactKind.WEBSITE, website_in(text))
    number = read_phone(FAX.sub(" ", text), country)
    if number is None:
        raise BadAnswer("no means of contact")
    kind = ContactKind.FAX if FAX.search(text) else ContactKind.PHONE
    return ContactMeans(kind, number)
