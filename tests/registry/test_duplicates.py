"""Operators that are there already, or very likely are, are found before one is created."""

import pytest
from sqlalchemy.orm import Session

from registry.models import OrganisationIdentifier
from registry.services import duplicates
from registry.vocabulary import Environment, IdentifierType, OrganisationStatus

PRODUCTION = Environment.PRODUCTION


def names(found) -> list[str]:
    return [operator.name for operator in found]


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("Fratelli Rossi S.p.A.", "Milano"),
        ("FRATELLI ROSSI SPA", "20121 Milano"),
        ("Fratelli Rossi s.p.a.", "milano"),
    ],
)
def test_the_very_operator_is_the_same_however_it_is_written(
    session: Session, add_operator, name: str, city: str
) -> None:
    there = add_operator(session, "Fratelli Rossi S.p.A.", country="IT", city="Milano")
    known = duplicates.same(session, PRODUCTION, name, "IT", city)
    assert known is not None
    assert known.id == there.id


@pytest.mark.parametrize(
    ("name", "country", "city", "environment"),
    [
        ("Fratelli Bianchi", "IT", "Milano", "production"),
        ("Fratelli Rossi", "CH", "Milano", "production"),
        ("Fratelli Rossi", "IT", "Roma", "production"),
        # S22: nothing is shared between the sites.
        ("Fratelli Rossi", "IT", "Milano", "training"),
        # Another legal form is another company.
        ("Fratelli Rossi S.r.l.", "IT", "Milano", "production"),
    ],
)
def test_another_name_country_city_or_site_is_another_operator(
    session: Session, add_operator, name: str, country: str, city: str, environment: str
) -> None:
    add_operator(session, "Fratelli Rossi", country="IT", city="Milano")
    assert duplicates.same(session, Environment(environment), name, country, city) is None


@pytest.mark.parametrize("status", list(OrganisationStatus))
def test_a_rejected_operator_may_be_created_anew(
    session: Session, add_operator, status: OrganisationStatus
) -> None:
    add_operator(session, "Fratelli Rossi", country="IT", city="Milano", status=status)
    known = duplicates.same(session, PRODUCTION, "Fratelli Rossi", "IT", "Milano")
    assert (known is None) == (status == OrganisationStatus.REJECTED)


@pytest.mark.parametrize(
    "name", ["Fratelli Rosi", "fratelli rossi srl", "Rossi Fratelli", "Fratelli-Rossi & C."]
)
def test_a_very_similar_name_in_the_country_is_likely_meant(
    session: Session, add_operator, name: str
) -> None:
    add_operator(session, "Fratelli Rossi S.p.A.", country="IT", city="Roma")
    found = duplicates.likely(session, PRODUCTION, name, "IT")
    assert names(found) == ["Fratelli Rossi S.p.A."]


@pytest.mark.parametrize("name", ["Rossi", "Fratelli Bianchi", "Fratelli Rossi Caffè di Napoli"])
def test_a_name_that_shares_some_words_is_not(session: Session, add_operator, name: str) -> None:
    add_operator(session, "Fratelli Rossi Importazioni", country="IT")
    assert duplicates.likely(session, PRODUCTION, name, "IT") == ()


def test_the_same_name_in_another_country_or_on_the_other_site_is_not(
    session: Session, add_operator
) -> None:
    add_operator(session, "Fratelli Rossi", country="CH")
    add_operator(session, "Fratelli Rossi", country="IT", environment=Environment.TRAINING)
    assert duplicates.likely(session, PRODUCTION, "Fratelli Rossi", "IT") == ()


def test_the_same_identifier_is_the_same_operator_whatever_its_name(
    session: Session, add_operator
) -> None:
    other = add_operator(session, "Moulin Bio", country="FR")
    other.identifiers = [OrganisationIdentifier(type=IdentifierType.VAT, value="IT12345678901")]
    session.flush()
    vat = (IdentifierType.VAT, "IT12345678901")
    assert names(duplicates.likely(session, PRODUCTION, "Rossi", "IT", [vat])) == ["Moulin Bio"]
    # The same digits as another kind of identifier tell nothing.
    eori = (IdentifierType.EORI, "IT12345678901")
    assert duplicates.likely(session, PRODUCTION, "Rossi", "IT", [eori]) == ()


def test_no_more_are_shown_than_can_be_chosen_from(session: Session, add_operator) -> None:
    for number in range(6):
        add_operator(session, "Fratelli Rossi", country="IT", city=f"Città {number}")
    assert len(duplicates.likely(session, PRODUCTION, "Fratelli Rossi", "IT")) == 4
