"""What a file may tell of an organisation beside its name and number.

Its contacts (S45), where it is, its EORI and VAT number (S47, X22). A column that the file
leaves out leaves what is known; an empty cell empties it.
"""

from collections.abc import Callable, Mapping

from registry import identifiers
from registry.models import Operator, Organisation, OrganisationIdentifier
from registry.validation import read_contact_email, read_phone, read_website
from registry.vocabulary import IdentifierType

# Takes a text that is not empty, and the organisation's country; raises ValueError.
Reader = Callable[[str, str], str | float | None]


def _degrees(most: float) -> Reader:
    def read(text: str, _country: str) -> float:
        # A spreadsheet may write 50,85.
        degrees = float(text.replace(",", "."))
        if not -most <= degrees <= most:
            raise ValueError("no such place on earth")
        return degrees

    return read


CONTACTS: Mapping[str, Reader] = {
    "phone": read_phone,
    "fax": read_phone,
    "email": lambda text, _country: read_contact_email(text),
    "website": lambda text, _country: read_website(text),
}
PLACE: Mapping[str, Reader] = {
    "administrative_region": lambda text, _country: text,
    "latitude": _degrees(90),
    "longitude": _degrees(180),
}
IDENTIFIERS = {
    "eori": (IdentifierType.EORI, identifiers.eori),
    "vat": (IdentifierType.VAT, identifiers.vat),
}
DETAIL_COLUMNS = (*CONTACTS, *PLACE, *IDENTIFIERS)


def set_details(organisation: Organisation, texts: Mapping[str, str]) -> None:
    """Set what the row has columns for; the country must have been set.

    Raises ValueError, which says what is none of its column's values.
    """
    is_operator = isinstance(organisation, Operator)
    if not is_operator and any(texts.get(column) for column in CONTACTS):
        raise ValueError("a contact of what is no operator")
    readers = {**CONTACTS, **PLACE} if is_operator else PLACE
    for column, read in readers.items():
        if column in texts:
            setattr(organisation, column, _value(column, texts, read, organisation.country))
    if (organisation.latitude is None) != (organisation.longitude is None):
        raise ValueError("one coordinate without the other")
    for column, (identifier_type, form) in IDENTIFIERS.items():
        if column in texts:
            number = form(texts[column])
            if texts[column] and number is None:
                raise ValueError(f"{column} {texts[column]!r}")
            _set_identifier(organisation, identifier_type, number)


def _value(column: str, texts: Mapping[str, str], read: Reader, country: str) -> str | float | None:
    text = texts[column]
    try:
        return read(text, country) if text else None
    except ValueError as error:
        raise ValueError(f"{column} {text!r}") from error


def _set_identifier(
    organisation: Organisation, identifier_type: IdentifierType, number: str | None
) -> None:
    """Make `number` the organisation's only one of its type; where it is None, it has none."""
    kept = [
        row
        for row in organisation.identifiers
        if row.type != identifier_type or row.value == number
    ]
    if number is not None and all(row.type != identifier_type for row in kept):
        kept.append(OrganisationIdentifier(type=identifier_type, value=number))
    organisation.identifiers = kept
