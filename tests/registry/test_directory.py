"""People find their organisation by number or name, however they write it."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from registry.services.directory import (
    OrganisationQuery,
    SearchResult,
    get,
    normalise_text,
    search,
)
from registry.vocabulary import Environment, OrganisationKind, OrganisationStatus


def find(session: Session, text: str, **filters) -> SearchResult:
    return search(session, OrganisationQuery(text, Environment.PRODUCTION, **filters))


def names(result: SearchResult) -> list[str]:
    return [organisation.name for organisation in result.organisations]


@pytest.mark.parametrize("typed", ["BE-ORG-OP-5", "be org op 5", " be–org–op–5 "])
def test_an_exact_number_finds_its_organisation(session: Session, add_operator, typed: str) -> None:
    add_operator(session, "ALPRO Comm.V.A.", traces_number="BE-ORG-OP-5")
    add_operator(session, "Coffeeteam", traces_number="BE-ORG-OP-6")
    assert names(find(session, typed)) == ["ALPRO Comm.V.A."]


def test_an_exact_number_comes_before_longer_ones(session: Session, add_operator) -> None:
    add_operator(session, "Aaa", traces_number="BE-ORG-OP-51")
    add_operator(session, "Zzz", traces_number="BE-ORG-OP-5")
    assert names(find(session, "BE-ORG-OP-5")) == ["Zzz", "Aaa"]


def test_a_code_with_a_special_letter_is_found_without_it(session: Session, add_authority) -> None:
    add_authority(session, "Kontrollstelle", code="DE-ÖKO-006")
    found = find(session, "de-oko-006").organisations
    assert [organisation.number for organisation in found] == ["DE-ÖKO-006"]


@pytest.mark.parametrize(
    "typed", ["alpro", "ALPRO", "Alpro Comm VA", "alpro comm.v.a.", "comm alpro", "alpro wevelgem"]
)
def test_a_name_is_found_whatever_case_dots_or_order(
    session: Session, add_operator, typed: str
) -> None:
    add_operator(session, "ALPRO Comm.V.A.", city="Wevelgem", traces_number="BE-ORG-OP-5")
    add_operator(session, "Colzagro", city="Lichtervelde")
    assert names(find(session, typed)) == ["ALPRO Comm.V.A."]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Épicerie d'Été", "epicerie d'ete"),
        ("Epicerie d'Ete", "ÉPICERIE D’ÉTÉ"),
        ("Łódź Młyn", "lodz mlyn"),
        ("Ελαιώνες Κρήτης", "ελαιωνες κρητης"),
        ("Straße Öl", "strasse ol"),
    ],
)
def test_accents_do_not_count(session: Session, add_operator, name: str, typed: str) -> None:
    add_operator(session, name)
    assert names(find(session, typed)) == [name]


def test_whole_names_come_first_then_beginnings_then_the_rest(
    session: Session, add_operator
) -> None:
    for name in ("Moulin Bio", "Bio Moulin", "Bio", "Bioferme"):
        add_operator(session, name)
    assert names(find(session, "bio")) == ["Bio", "Bio Moulin", "Bioferme", "Moulin Bio"]


def test_a_word_that_is_not_there_finds_nothing(session: Session, add_operator) -> None:
    add_operator(session, "Moulin Bio")
    assert find(session, "moulin introuvable") == SearchResult((), more=False)


@pytest.mark.parametrize("typed", ["", "   ", "🙂", "%", "_", "|", "' OR 1=1 --", "mot " * 300])
def test_a_text_that_is_no_name_finds_nothing(session: Session, add_operator, typed: str) -> None:
    add_operator(session, "Moulin Bio")
    assert find(session, typed) == SearchResult((), more=False)


def test_more_than_the_limit_is_said(session: Session, add_operator) -> None:
    for number in range(6):
        add_operator(session, f"Moulin {number}")
    assert find(session, "moulin").more
    assert len(find(session, "moulin").organisations) == 5
    query = OrganisationQuery("moulin", Environment.PRODUCTION)
    assert not search(session, query, limit=6).more


def test_each_site_has_its_own_organisations(session: Session, add_operator) -> None:
    add_operator(session, "Moulin Bio", environment=Environment.TRAINING)
    assert names(find(session, "moulin")) == []
    training = search(session, OrganisationQuery("moulin", Environment.TRAINING))
    assert names(training) == ["Moulin Bio"]


def test_rejected_organisations_are_not_shown(session: Session, add_operator) -> None:
    add_operator(session, "Moulin", traces_number="BE-ORG-OP-9", status=OrganisationStatus.REJECTED)
    assert names(find(session, "moulin")) == names(find(session, "BE-ORG-OP-9")) == []


def test_kind_and_country_narrow_the_search(session: Session, add_operator, add_authority) -> None:
    add_operator(session, "Namur Bio")
    add_operator(session, "Namur France", country="FR")
    add_authority(session, "Douane de Namur")
    assert names(find(session, "namur", kind=OrganisationKind.AUTHORITY)) == ["Douane de Namur"]
    assert names(find(session, "namur france", country="fr")) == ["Namur France"]
    assert names(find(session, "namur france", country="BE")) == []


def test_an_organisation_is_got_by_its_id(session: Session, add_authority) -> None:
    authority = add_authority(session, "Aalst Customs Authority", code="BE0001", is_national=True)
    found = get(session, authority.id)
    assert found is not None
    assert (found.kind, found.number, found.role, found.is_national) == (
        "authority",
        "BE0001",
        "CAFOP",
        True,
    )


def test_an_unknown_id_gives_nothing(session: Session, now: datetime) -> None:
    assert get(session, 12345) is None


def test_normalising_twice_changes_nothing() -> None:
    once = normalise_text("  Ålborg—Œuf & Fils,  S.A.R.L. ")
    assert once == normalise_text(once) == "alborg oeuf fils sarl"
