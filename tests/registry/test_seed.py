"""What the demonstration begins with: the guide's examples, some control bodies, much made up."""

import csv
import re
from collections import Counter
from collections.abc import Iterable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import cli
from registry.countries import read as read_country
from registry.identifiers import IdentifierKind, eori, kind_of, vat
from registry.importers.details import CONTACTS, DETAIL_COLUMNS
from registry.models import Activity, Authority, Organisation
from registry.query import OrganisationQuery, read
from registry.services.directory import search
from registry.vocabulary import AuthorityRole, Environment, OrganicSection, OrganisationKind

Row = dict[str, str]
NUMBER_KINDS = {
    "operator": IdentifierKind.TRACES_NUMBER,
    "authority": IdentifierKind.AUTHORITY_CODE,
    "control_body": IdentifierKind.CONTROL_BODY_CODE,
}


def rows_of(name: str) -> list[Row]:
    with (cli.SEED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number_of(row: Row) -> str:
    return row["traces_number"] or row["code"]


def by_site(rows: Iterable[Row]) -> dict[str, set[str]]:
    """The numbers of the organisations on each site."""
    sites: dict[str, set[str]] = {site: set() for site in Environment}
    for row in rows:
        sites[row["environment"]].add(number_of(row))
    return sites


MADE_UP = rows_of("made_up.csv")


def test_only_the_control_bodies_are_no_examples() -> None:
    assert {row["is_example"] for row in MADE_UP + rows_of("examples.csv")} == {"yes"}
    assert {row["is_example"] for row in rows_of("control_bodies.csv")} == {"no"}


def test_the_control_bodies_are_those_we_have_seen() -> None:
    """Their codes are public (X36)."""
    seen = {"BE-BIO-01", "FR-BIO-01", "FR-BIO-09", "LU-BIO-06"}
    assert by_site(rows_of("control_bodies.csv")) == dict.fromkeys(Environment, seen)


def test_about_three_hundred_are_made_up_of_all_kinds_in_fifteen_countries() -> None:
    kinds = {number_of(row): row["kind"] for row in MADE_UP}
    assert Counter(kinds.values()) == {"operator": 201, "authority": 75, "control_body": 20}
    countries = {row["country"] for row in MADE_UP}
    assert len(countries) == 15
    assert all(read_country(code) == code for code in countries)


def test_the_two_sites_differ_a_little() -> None:
    """Nothing is copied from one to the other (S22)."""
    sites = by_site(MADE_UP)
    here, there = sites[Environment.PRODUCTION], sites[Environment.TRAINING]
    assert len(here & there) > 250
    assert here - there and there - here


@pytest.mark.parametrize("site", Environment)
def test_each_country_has_one_national_authority(site: Environment) -> None:
    national = [
        row for row in MADE_UP if row["is_national"] == "yes" and row["environment"] == site
    ]
    assert Counter(row["country"] for row in national) == dict.fromkeys(
        {row["country"] for row in MADE_UP}, 1
    )
    assert {row["role"] for row in national} == {"CCA"}


def test_made_up_numbers_have_the_right_form_and_are_nobodys() -> None:
    for row in MADE_UP:
        number = number_of(row)
        assert number.startswith(row["country"])
        assert kind_of(number) is NUMBER_KINDS[row["kind"]]
        digits = "".join(char for char in number if char.isdigit())
        assert digits.startswith({"operator": "1", "authority": "990"}.get(row["kind"], "90"))
    taken = {number_of(row) for row in rows_of("examples.csv") + rows_of("control_bodies.csv")}
    assert not taken & {number_of(row) for row in MADE_UP}


def test_eori_and_vat_numbers_are_of_their_countrys_form_and_plainly_made_up() -> None:
    """Most operators of the Union have both (X22)."""
    numbered = [row for row in MADE_UP if row["eori"] or row["vat"]]
    assert len({number_of(row) for row in numbered}) > 150
    for row in numbered:
        assert row["kind"] == "operator"
        assert eori(row["eori"]) == row["eori"]
        assert vat(row["vat"]) == row["vat"]
        assert "99999" in row["eori"]
        assert "99999" in row["vat"]
        assert row["eori"].startswith(row["country"])
        assert row["vat"].startswith({"GR": "EL"}.get(row["country"], row["country"]))
    assert "TN" not in {row["country"] for row in numbered}


def test_an_operator_has_the_same_details_in_all_its_rows() -> None:
    details: dict[str, set[tuple[str, ...]]] = {}
    for row in MADE_UP:
        details.setdefault(number_of(row), set()).add(tuple(row[key] for key in DETAIL_COLUMNS))
    assert all(len(different) == 1 for different in details.values())


def test_every_made_up_operator_has_a_contact_that_reaches_nobody() -> None:
    """One of four is enough (S45)."""
    for row in MADE_UP:
        contacts = [row[column] for column in CONTACTS if row[column]]
        assert bool(contacts) == (row["kind"] == "operator")
        for number in filter(None, (row["phone"], row["fax"])):
            assert re.match(r"\+33 1 99 00 |\+49 30 23125 |\+353 20 91", number)
        for address in filter(None, (row["email"], row["website"])):
            assert address.endswith(".example.org")


def test_the_guides_examples_have_no_details() -> None:
    """ "No identifiers." (S47)"""
    for row in rows_of("examples.csv") + rows_of("control_bodies.csv"):
        assert not set(DETAIL_COLUMNS) & set(row)


def test_several_sections_of_the_chapter_organic_are_there(seeded: Session) -> None:
    """Those of X23; exporters and producers are outside the Union."""
    sections = {
        (code, country)
        for code, country in seeded.execute(
            select(Activity.section_code, Organisation.country).join(
                Organisation, Activity.organisation_id == Organisation.id
            )
        )
    }
    codes = {code for code, _ in sections}
    assert len(codes) >= 8
    assert codes <= set(OrganicSection)
    outside = {OrganicSection.EXPORTER, OrganicSection.PRODUCER}
    assert {country for code, country in sections if code in outside} == {"TN"}


def test_roles_of_authorities_are_varied(seeded: Session) -> None:
    assert set(seeded.scalars(select(Authority.role))) == set(AuthorityRole)


@pytest.mark.parametrize("environment", Environment)
@pytest.mark.parametrize("typed", ["BE", "be-org"])
def test_the_guides_examples_stay_first_in_a_list(
    seeded: Session, environment: Environment, typed: str
) -> None:
    query = OrganisationQuery(typed, environment, OrganisationKind.OPERATOR)
    found = search(seeded, query)
    assert {row.number for row in found.organisations[:4]} == {
        f"BE-ORG-OP-{n}" for n in range(4, 8)
    }
    assert found.more


@pytest.mark.parametrize("environment", Environment)
def test_a_short_search_shows_one_of_the_examples_and_another(
    seeded: Session, environment: Environment
) -> None:
    """What the tests of the whole house choose from."""
    found = search(seeded, read("colza", environment))
    assert [row.name for row in found.organisations] == ["Colzagro", "Colzandra BV"]
