"""Operators that are there already, or very likely are: before one is created (S42, X20)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import Operator, OrganisationIdentifier
from registry.names import normalise_text, split_name
from registry.query import OrganisationQuery
from registry.services import directory
from registry.services.directory import OrganisationSummary, summarise
from registry.similarity import sameness
from registry.vocabulary import (
    Environment,
    IdentifierType,
    OrganisationKind,
    OrganisationStatus,
)

# How much two names must be the same, legal forms apart.
ALIKE = 0.8
MOST_COMPARED = 20

Identifiers = Sequence[tuple[IdentifierType, str]]


def same(
    session: Session, environment: Environment, name: str, country: str, city: str
) -> OrganisationSummary | None:
    """The operator of that very name, country and city on that site, unless it was rejected."""
    found = session.scalars(
        select(Operator)
        .where(
            Operator.environment == environment,
            Operator.country == country,
            Operator.status != OrganisationStatus.REJECTED,
            Operator.search_text.startswith(f" {split_name(name)[0]} "),
        )
        .order_by(Operator.id)
    )
    called, town = normalise_text(name), town_of(city)
    for operator in found:
        if (normalise_text(operator.name), town_of(operator.city or "")) == (called, town):
            return summarise(operator)
    return None


def likely(
    session: Session,
    environment: Environment,
    name: str,
    country: str,
    identifiers: Identifiers = (),
    limit: int = 4,
) -> tuple[OrganisationSummary, ...]:
    """At most `limit` operators on that site that may be meant: of an identifier, or called alike.

    Those that have one of the identifiers come first, then those of the country whose name is
    the same or very similar.
    """
    query = OrganisationQuery(
        text=name,
        environment=environment,
        kind=OrganisationKind.OPERATOR,
        country=country,
        typed=name,
    )
    found = directory.search(session, query, MOST_COMPARED).organisations
    alike = [operator for operator in found if _are_alike(name, operator.name)]
    known = [*of_identifiers(session, environment, identifiers), *alike]
    return tuple({operator.id: operator for operator in known}.values())[:limit]


def of_identifiers(
    session: Session, environment: Environment, identifiers: Identifiers
) -> list[OrganisationSummary]:
    """The operators on that site that have one of the identifiers."""
    found: list[OrganisationSummary] = []
    for kind, value in identifiers:
        operators = session.scalars(
            select(Operator)
            .join(OrganisationIdentifier)
            .where(
                Operator.environment == environment,
                Operator.status != OrganisationStatus.REJECTED,
                OrganisationIdentifier.type == kind,
                OrganisationIdentifier.value == value,
            )
            .order_by(Operator.id)
        )
        found.extend(map(summarise, operators))
    return found


def town_of(city: str) -> str:
    """A city as it is compared: "20121 Milano" and "Milano" are one."""
    return " ".join(word for word in normalise_text(city).split() if not word.isdigit())


def _are_alike(name: str, other: str) -> bool:
    return sameness(split_name(name)[0], split_name(other)[0]) >= ALIKE
