"""An operator that is created with the request for it (S51), from what a draft says of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry import sections
from registry.identifiers import company_keys
from registry.models import Activity, ControlBody, Operator, OrganisationIdentifier
from registry.sections import Section
from registry.services import directory, duplicates
from registry.services.directory import OrganisationSummary
from registry.services.requests.proof import DraftIncomplete
from registry.transitions import RecordKind, check_move
from registry.validation import (
    BadAnswer,
    ContactMeans,
    read_address,
    read_city,
    read_contact_means,
    read_coordinates,
    read_country,
    read_date,
    read_eori,
    read_identifier,
    read_operator_name,
    read_region,
    read_vat,
)
from registry.vocabulary import (
    ActorKind,
    Environment,
    IdentifierType,
    OrganisationStatus,
)

Fields = Mapping[str, Any]
IDENTIFIERS = {
    "operator_eori": IdentifierType.EORI,
    "operator_vat": IdentifierType.VAT,
    "operator_identifier": IdentifierType.OTHER,
}


class OperatorExists(Exception):
    """The very operator is in the register already; `organisation` is that one."""

    def __init__(self, organisation: OrganisationSummary) -> None:
        super().__init__("There is such an operator already.")
        self.organisation = organisation


@dataclass(frozen=True)
class NewOperator:
    """What is said of an operator to be created: what is starred, then what may be left out."""

    name: str
    country: str
    city: str
    address: str
    contact: ContactMeans
    section: Section
    activity: str
    region: str | None
    coordinates: tuple[float, float] | None
    identifiers: tuple[tuple[IdentifierType, str], ...]
    control_body_id: int | None
    valid_from: date | None
    valid_to: date | None


def described(fields: Fields) -> NewOperator:
    """The operator that a draft's fields describe (S45 to S49).

    Raises DraftIncomplete naming the fields that are missing or cannot be used. `searched` is
    among them: an operator is created only after a search (S42, X20).
    """
    reading = _Reading(fields)
    if not str(fields.get("searched") or "").strip():
        reading.unusable.append("searched")
    country = reading.needed("operator_country", read_country)
    section = reading.needed("operator_section", _section_of(country or ""))
    valid_from = reading.optional("operator_valid_from", read_date)
    valid_to = reading.optional("operator_valid_to", read_date)
    if valid_from and valid_to and valid_to < valid_from:
        reading.unusable.append("operator_valid_to")
    numbers = {
        "operator_eori": reading.optional("operator_eori", read_eori),
        "operator_vat": reading.optional("operator_vat", lambda text: read_vat(text, country)),
        "operator_identifier": reading.optional("operator_identifier", read_identifier),
    }
    values: dict[str, Any] = {
        "name": reading.needed("operator_name", read_operator_name),
        "city": reading.needed("operator_city", read_city),
        "address": reading.needed("operator_address", read_address),
        "contact": reading.needed(
            "operator_contact", lambda text: read_contact_means(text, country)
        ),
        "activity": reading.needed("operator_activity", _activity_of(section)),
        "region": reading.optional("operator_region", read_region),
        "coordinates": reading.optional("operator_coordinates", read_coordinates),
        "control_body_id": reading.optional("operator_control_body", _number),
    }
    if reading.unusable:
        raise DraftIncomplete(tuple(reading.unusable))
    return NewOperator(
        country=country or "",
        section=section,
        # In the one spelling in which the search looks for them.
        identifiers=tuple(
            (IDENTIFIERS[name], company_keys(text)[0]) for name, text in numbers.items() if text
        ),
        valid_from=valid_from,
        valid_to=valid_to,
        **values,
    )


def check_creatable(session: Session, new: NewOperator, environment: Environment) -> None:
    """Raises OperatorExists where that very operator is there, DraftIncomplete for a control
    body that is none on that site."""
    known = duplicates.same(session, environment, new.name, new.country, new.city)
    if known is not None:
        raise OperatorExists(known)
    if new.control_body_id is not None:
        body = session.get(ControlBody, new.control_body_id)
        if body is None or body.environment != environment:
            raise DraftIncomplete(("operator_control_body",))


def create(session: Session, new: NewOperator, environment: Environment, now: datetime) -> Operator:
    """Add the operator, New, with its one activity and its identifiers (S48, S51, X21)."""
    check_move(RecordKind.OPERATOR, None, OrganisationStatus.NEW, ActorKind.REQUESTER)
    latitude, longitude = new.coordinates or (None, None)
    operator = Operator(
        environment=environment,
        status=OrganisationStatus.NEW,
        name=new.name,
        country=new.country,
        city=new.city,
        address=new.address,
        administrative_region=new.region,
        latitude=latitude,
        longitude=longitude,
        created_at=now,
        identifiers=[
            OrganisationIdentifier(type=kind, value=value) for kind, value in new.identifiers
        ],
        activities=[
            Activity(
                chapter=sections.CHAPTER,
                section_label=new.section.label,
                section_code=new.section.code.value,
                activity=new.activity,
                control_body_id=new.control_body_id,
                valid_from=new.valid_from,
                valid_to=new.valid_to,
            )
        ],
        # The kinds of contact are named as their columns are.
        **{new.contact.kind.value: new.contact.value},
    )
    directory.index(operator)
    session.add(operator)
    session.flush()
    return operator


class _Reading:
    """Reads fields one by one and keeps the names of those that cannot be used."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self.unusable: list[str] = []

    def needed(self, name: str, read: Callable[[str], Any]) -> Any:
        value = self.optional(name, read)
        if value is None and name not in self.unusable:
            self.unusable.append(name)
        return value

    def optional(self, name: str, read: Callable[[str], Any]) -> Any:
        text = self._fields.get(name)
        if text is None:
            return None
        try:
            return read(str(text))
        except BadAnswer:
            self.unusable.append(name)
            return None


def _section_of(country: str) -> Callable[[str], Section]:
    def read(code: str) -> Section:
        section = sections.of_code(code)
        if section is None or not section.is_for(country):
            raise BadAnswer("no section of that country")
        return section

    return read


def _activity_of(section: Section | None) -> Callable[[str], str]:
    def read(activity: str) -> str:
        if section is None or activity not in section.activities:
            raise BadAnswer("no activity of that section")
        return activity

    return read


def _number(text: str) -> int:
    if not text.isdecimal():
        raise BadAnswer("no organisation of the directory")
    return int(text)
