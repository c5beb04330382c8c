"""People find their organisation by number or name, however they write it."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from registry.services.directory import (
    OrganisationQuery,
    SearchResult,
    get,
    search,
)
from registry.vocabulary import (
    AuthorityRole,
    Environment,
    IdentifierType,
    OrganicSection,
    OrganisationKind,
    OrganisationStatus,
)


def find(session: Session, text: str, **filters) -> SearchResult:
    return search(session, OrganisationQuery(text, Environment.PRODUCTION, **filters))


def names(result: SearchResult) -> list[str]:
    return [organisation.name for organisation in result.organisations]


@pytest.mark.parametrize("typed", ["BE-ORG-OP-5", "be org op 5", " be–org–op–5 "])
def test_an_exact_number_finds_its_organisation(session: Session, add_operator, typed: str) -> None:
    add_operator(session, "ALPRO Comm.V.A.", traces_number="BE-ORG-OP-5")
    add_operator(session, "Coffeeteam", traces_number="BE-ORG-OP-6")
    assert names(find(session, typed)) == ["ALPRO Comm.V.A."]


def test_an_exact_number_finds_its_organisation_alone(session: Session, add_operator) -> None:
    add_operator(session, "Aaa", traces_number="BE-ORG-OP-51")
    add_operator(session, "Zzz", traces_number="BE-ORG-OP-5")
    assert names(find(session, "BE-ORG-OP-5")) == ["Zzz"]


def test_of_a_number_that_nobody_has_the_longer_ones_are_similar(
    session: Session, add_operator
) -> None:
    add_operator(session, "Aaa", traces_number="BE-ORG-OP-51")
    add_operator(session, "Bbb", traces_number="BE-ORG-OP-6")
    found = find(session, "BE-ORG-OP-5")
    assert (names(found), found.only_similar) == (["Aaa"], True)
    assert find(session, "BE-ORG-OP-7") == SearchResult((), more=False)


def test_an_unknown_number_leaves_the_name(session: Session, add_operator) -> None:
    add_operator(session, "Moulin Bio", traces_number="BE-ORG-OP-6")
    assert names(find(session, "moulin", number="BE-ORG-OP-7")) == ["Moulin Bio"]


EORI, VAT, OTHER = IdentifierType


@pytest.mark.parametrize(
    "typed", ["FR12345678901234", "fr 123.456.789 01234", "FR12 345678901", "123 456 789", "cdm7"]
)
def test_an_exact_identifier_finds_its_organisation(
    session: Session, add_operator, typed: str
) -> None:
    """EORI, VAT number and others, in any spelling (S47)."""
    has = {EORI: "FR12345678901234", VAT: "FR12345678901", OTHER: "123456789"}
    add_operator(session, "Moulin", country="FR", identifiers=has)
    add_operator(session, "Cdm Bio", identifiers={OTHER: "CDM7"})
    add_operator(session, "Colzagro", identifiers={EORI: "BE0123456789"})
    assert names(find(session, typed)) == (["Cdm Bio"] if typed == "cdm7" else ["Moulin"])


@pytest.mark.parametrize("typed", ["GR123456789", "EL123456789", "el 123456789"])
def test_of_greece_either_spelling_of_the_country_will_do(
    session: Session, add_operator, typed: str
) -> None:
    add_operator(session, "Eori", country="GR", identifiers={EORI: "GR123456789"})
    add_operator(session, "Vat", country="GR", identifiers={VAT: "EL123456789"})
    assert names(find(session, typed)) == ["Eori", "Vat"]


def test_all_who_share_an_identifier_are_listed(session: Session, add_operator) -> None:
    """An operator has its own on both sites, and so have its branches."""
    has = {EORI: "BE0123456789", VAT: "BE0123456789"}
    for name in ("Moulin Nord", "Moulin Sud", "Autre"):
        add_operator(session, name, identifiers=has if name != "Autre" else None)
    add_operator(session, "Moulin Nord", environment=Environment.TRAINING, identifiers=has)
    rejected = OrganisationStatus.REJECTED
    add_operator(session, "Moulin Rejeté", status=rejected, identifiers=has)
    found = find(session, "", number="BE0123456789")
    assert (names(found), found.only_similar) == (["Moulin Nord", "Moulin Sud"], False)


def test_what_may_be_a_code_or_an_eori_finds_whoever_has_it(
    session: Session, add_operator, add_authority
) -> None:
    """Both have the same form: the register tells."""
    add_operator(session, "Moulin", identifiers={EORI: "BE301000"})
    assert names(find(session, "BE 301000")) == ["Moulin"]
    add_authority(session, "Douane", code="BE301000")
    assert names(find(session, "BE301000")) == ["Douane", "Moulin"]


def test_an_identifier_that_nobody_has_leaves_the_name(session: Session, add_operator) -> None:
    add_operator(session, "Moulin Bio", identifiers={VAT: "BE0123456789"})
    assert names(find(session, "moulin", number="BE0123456780")) == ["Moulin Bio"]
    assert find(session, "", number="BE0123456780") == SearchResult((), more=False)
    assert find(session, "BE012345678") == SearchResult((), more=False)


def test_a_number_is_looked_up_in_indexes_alone(
    session: Session, add_operator, statements: list[str]
) -> None:
    """It must stay fast in a register of a million."""
    add_operator(session, "Moulin", identifiers={VAT: "BE0123456789"})
    statements.clear()
    assert names(find(session, "BE0123456789")) == ["Moulin"]
    connection = session.connection()
    plans = [
        row[3]
        for statement in list(statements)
        for row in connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?")
        )
    ]
    assert not [plan for plan in plans if plan.startswith("SCAN")]
    read = [plan for plan in plans if plan.startswith("SEARCH organisations ")]
    assert read
    assert all("number_key=?" in plan or "rowid=?" in plan for plan in read)


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


@pytest.mark.parametrize("typed", ["moulin bio", "Moulin Bio SA", "SARL Moulin Bio", "bio moulin"])
def test_legal_forms_do_not_count(session: Session, add_operator, typed: str) -> None:
    add_operator(session, "Moulin Bio S.R.L.")
    assert names(find(session, typed)) == ["Moulin Bio S.R.L."]


def test_a_name_without_its_form_comes_before_a_longer_name(session: Session, add_operator) -> None:
    add_operator(session, "Moulin Aval")
    add_operator(session, "Moulin SARL")
    assert names(find(session, "moulin sa")) == ["Moulin SARL", "Moulin Aval"]


def test_whole_words_come_before_beginnings_of_words(session: Session, add_operator) -> None:
    add_operator(session, "Ancienne Bioferme")
    add_operator(session, "Vieux Moulin Bio")
    assert names(find(session, "bio")) == ["Vieux Moulin Bio", "Ancienne Bioferme"]


def test_what_is_called_like_the_whole_message_comes_first(session: Session, add_authority) -> None:
    add_authority(session, "Accueil de la douane de Namur")
    add_authority(session, "Bureau de douane de Namur")
    query = OrganisationQuery("Namur", Environment.PRODUCTION, typed="bureau de douane de Namur")
    assert names(search(session, query))[0] == "Bureau de douane de Namur"


@pytest.mark.parametrize("typed", ["alpor", "alpr", "apro", "allpro", "alpro wevelgen", "al pro"])
def test_with_a_typing_error_what_is_similar_is_found(
    session: Session, add_operator, typed: str
) -> None:
    add_operator(session, "ALPRO Comm.V.A.", city="Wevelgem")
    add_operator(session, "Colzagro", city="Lichtervelde")
    found = find(session, typed)
    assert names(found) == ["ALPRO Comm.V.A."]
    assert found.only_similar is not (typed == "alpr")


def test_what_is_only_similar_is_not_shown_beside_what_was_typed(
    session: Session, add_operator
) -> None:
    add_operator(session, "Olivaverde")
    add_operator(session, "Olivaverda")
    found = find(session, "olivaverde")
    assert (names(found), found.only_similar) == (["Olivaverde"], False)


def test_the_most_similar_comes_first_and_more_are_said(session: Session, add_operator) -> None:
    for end in ("aa", "ab", "ac", "ad", "ae", "af"):
        add_operator(session, f"Quinoavelle {end}")
    add_operator(session, "Quinoavele")
    found = find(session, "quinoavlle")
    assert (len(found.organisations), found.more, found.only_similar) == (5, True, True)


@pytest.mark.parametrize(
    "typed", ["Moulin Belgique", "Belgium Moulin", "moulin belge", "moulin be"]
)
def test_a_country_beside_the_name_counts_where_no_name_has_it(
    session: Session, add_operator, typed: str
) -> None:
    add_operator(session, "Moulin", country="FR")
    add_operator(session, "Moulin Bio", country="BE")
    assert names(find(session, typed)) == ["Moulin Bio"]


def test_a_country_in_a_name_is_part_of_it(session: Session, add_operator) -> None:
    add_operator(session, "Moulin", country="FR")
    add_operator(session, "Moulin France", country="BE")
    assert names(find(session, "moulin france")) == ["Moulin France"]


@pytest.mark.parametrize("typed", ["Aalst", "Alost", "moulin d'Alost", "moulin in aalst"])
def test_a_town_is_found_by_its_names(session: Session, add_operator, typed: str) -> None:
    add_operator(session, "Moulin", city="Aalst")
    add_operator(session, "Moulin", city="Namur")
    assert [row.city for row in find(session, typed).organisations] == ["Aalst"]


def test_section_and_activity_narrow_the_search(session: Session, add_operator) -> None:
    trader, importer = OrganicSection.TRADER, OrganicSection.IMPORTER
    add_operator(session, "Moulin A", sections=[importer])
    add_operator(session, "Moulin B", sections=[importer, trader])
    add_operator(session, "Moulin C")
    assert names(find(session, "moulin", section=trader)) == ["Moulin B"]
    assert names(find(session, "moulin", activity="organic importer")) == ["Moulin A", "Moulin B"]
    both = {"section": importer, "activity": "Organic Trader"}
    assert names(find(session, "moulin", **both)) == []


def test_the_role_narrows_the_search_to_authorities(
    session: Session, add_operator, add_authority
) -> None:
    add_operator(session, "Namur Bio")
    add_authority(session, "Douane de Namur", role=AuthorityRole.CO)
    add_authority(session, "Namur CAFOP", role=AuthorityRole.CAFOP)
    assert names(find(session, "namur", role=AuthorityRole.CO)) == ["Douane de Namur"]


def test_similar_organisations_pass_the_filters_too(session: Session, add_operator) -> None:
    add_operator(session, "Quinoavelle", country="FR")
    assert names(find(session, "quinoavlle", country="FR")) == ["Quinoavelle"]
    assert names(find(session, "quinoavlle", country="BE")) == []


def test_without_a_name_the_filters_list_what_they_leave(session: Session, add_operator) -> None:
    for name in ("Moulin", "Épicerie", "Brasserie"):
        add_operator(session, name)
    add_operator(session, "Ailleurs", country="FR")
    assert names(find(session, "", country="BE")) == ["Brasserie", "Épicerie", "Moulin"]
    assert len(find(session, "", kind=OrganisationKind.OPERATOR).organisations) == 4
    assert names(find(session, "%", country="BE")) == names(find(session, "")) == []


def test_rejected_organisations_are_not_similar_either(session: Session, add_operator) -> None:
    add_operator(session, "Quinoavelle", status=OrganisationStatus.REJECTED)
    assert find(session, "quinoavlle") == SearchResult((), more=False)
    assert find(session, "", country="BE") == SearchResult((), more=False)


@pytest.mark.parametrize(
    "typed", ["%oulin", "m_ulin", "mou%", "moulin %", "100% moulin_", "moulin' OR '1'='1"]
)
def test_signs_of_the_database_are_no_wildcards(session: Session, add_operator, typed: str) -> None:
    """Only letters and digits are compared: these find what their letters find."""
    add_operator(session, "Moulin")
    add_operator(session, "Colzagro")
    found = find(session, typed)
    assert names(found) in ([], ["Moulin"])


@pytest.mark.parametrize("typed", ["quinoavelle " * 42, "q" * 500, "é" * 500, "a b " * 125])
def test_a_text_of_five_hundred_characters_is_only_a_text(
    session: Session, add_operator, typed: str
) -> None:
    add_operator(session, "Moulin")
    assert find(session, typed) == SearchResult((), more=False)


def test_a_name_within_a_long_sentence_is_similar(session: Session, add_operator) -> None:
    add_operator(session, "Colzagro NV")
    sentence = (
        "I would be grateful if someone could tell me whether the firm that I have been working "
        "for since last year, which is Colzagro and imports rapeseed from overseas, is known here"
    )
    found = find(session, sentence)
    assert (names(found), found.only_similar) == (["Colzagro NV"], True)


@pytest.mark.parametrize(
    ("typed", "is_named"),
    [
        ("BE-ORG-OP-7", True),
        ("Beanworks Seeds and Grains bvba", True),
        ("beanworks seeds & grains", True),
        ("Beanworks Seed Grain", True),
        ("Grains Seeds Beanworks Verrebroek", True),
        ("Beanworks", False),
        ("Seeds and Grains", False),
        ("Beanworks Se Gr", False),
        ("BE-ORG-OP-", False),
    ],
)
def test_the_only_one_is_named_by_its_number_or_by_all_of_its_name(
    session: Session, add_operator, typed: str, is_named: bool
) -> None:
    name = "Beanworks Seeds and Grains bvba"
    add_operator(session, name, city="Verrebroek", traces_number="BE-ORG-OP-7")
    found = find(session, typed)
    assert (names(found), found.is_named) == ([name], is_named)


def test_of_several_called_alike_none_is_named(session: Session, add_operator) -> None:
    add_operator(session, "Moulin SA", traces_number="BE-ORG-OP-8")
    add_operator(session, "Moulin SARL", traces_number="BE-ORG-OP-9")
    assert not find(session, "Moulin").is_named
