"""What people type, in both languages, finds their organisation in the demonstration's register."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from registry.query import read, refined
from registry.services.directory import SearchResult, search
from registry.vocabulary import Environment, OrganisationKind

# Each message with the number (or, without one, the name) of what must come first.
FOUND = {
    # The guide's examples (S41, S53, S59)
    "Alpro en Belgique": "BE-ORG-OP-5",
    "ALPRO": "BE-ORG-OP-5",
    "alpro comm va": "BE-ORG-OP-5",
    "ALPRO Comm.V.A. à Wevelgem": "BE-ORG-OP-5",
    "BE-ORG-OP-5": "BE-ORG-OP-5",
    "be org op 5": "BE-ORG-OP-5",
    "my TRACES number is BE-ORG-OP-5": "BE-ORG-OP-5",
    "Alpro Belgium": "BE-ORG-OP-5",
    "alpro belge": "BE-ORG-OP-5",
    "je cherche l'opérateur ALPRO": "BE-ORG-OP-5",
    "la Belgique, un importateur": "BE-ORG-OP-5",
    "nous c'est colzagro": "BE-ORG-OP-4",
    "search for operator Colzagro in Belgium": "BE-ORG-OP-4",
    "we are Coffeeteam in Berchem": "BE-ORG-OP-6",
    "est-ce que Coffeeteam est dans l'annuaire ?": "BE-ORG-OP-6",
    "is Beanworks Seeds in the directory?": "BE-ORG-OP-7",
    "beanworks seeds & grains": "BE-ORG-OP-7",
    "the customs office in Aalst": "BE0001",
    "bureau de douane d'Alost": "BE0001",
    "Aalst Customs Authority": "BE0001",
    "CAFOP Aalst": "BE0001",
    "rôle CO à Aalst": "BE301000",
    "douanekantoor aalst": "BE301000",
    "code BE301000": "BE301000",
    "be 301000": "BE301000",
    "FOD Financiën": "BE000001",
    "HOGERE AUTORITEIT": "BE000001",
    "cafop clermont ferrand": "Clermont bureau",
    "Clermont bureau, France": "Clermont bureau",
    # Control bodies (X36)
    "organisme de contrôle Certisys": "BE-BIO-01",
    "Certisys en Belgique": "BE-BIO-01",
    "certisys luxembourg": "LU-BIO-06",
    "LU-BIO-06": "LU-BIO-06",
    "our control body is Ecocert": "FR-BIO-01",
    "fr-bio-01": "FR-BIO-01",
    "certipaq": "FR-BIO-09",
    # Accents, other letters, other scripts
    "comptoir zelinor": "FR-ORG-OP-1003",
    "Comptoir Zélinor SARL": "FR-ORG-OP-1003",
    "comptoirs zelinor et fils": "FR-ORG-OP-1004",
    "oeufs et bles de cressonval": "FR-ORG-OP-1013",
    "Œufs & Blés de Cressonval": "FR-ORG-OP-1013",
    "thes brumelune sarl": "FR-ORG-OP-1015",
    "hautes brouvelles": "FR-ORG-OP-1007",
    "ahrenschatz nordkante": "DE-ORG-OP-1001",
    "Sussholz Wurzelpfad": "DE-ORG-OP-1015",
    "okoklit frohandel aps": "DK-ORG-OP-1010",
    "Økoklit": "DK-ORG-OP-1010",
    "waissenhaff sarl": "LU-ORG-OP-1002",
    "fevaline": "BE-ORG-OP-1004",
    "tes y cafes garua norte": "ES-ORG-OP-1015",
    "graos tejolindo": "PT-ORG-OP-1006",
    "Młyn Żabia Wólka": "PL-ORG-OP-1007",
    "mlyn zabia wolka sp zoo": "PL-ORG-OP-1007",
    "mlyn zabiwolka": "PL-ORG-OP-1008",
    "orzechownia swierkogrod en Pologne": "PL-ORG-OP-1010",
    "lubinowa dolina": "PL-ORG-OP-1005",
    "Ελαιώνες Λιοτρίβης": "GR-ORG-OP-1006",
    "ΕΛΑΙΩΝΕΣ ΛΙΟΤΡΙΒΗΣ Α.Ε.": "GR-ORG-OP-1006",
    "elaiones liotrivis": "GR-ORG-OP-1006",
    "Mastichodentro Aigaiou": "GR-ORG-OP-1013",
    "Лавандула Чирпанка": "BG-ORG-OP-1003",
    "lavandula chirpanka": "BG-ORG-OP-1003",
    "de-oko-901": "DE-ÖKO-901",
    # Legal forms do not count
    "moulin de brisevent sprl": "BE-ORG-OP-1010",
    "Dinkelbucht Mühle": "DE-ORG-OP-1003",
    "Dinkelbucht Mühlen GmbH & Co. KG": "DE-ORG-OP-1004",
    "gouden korrelbak bv": "NL-ORG-OP-1004",
    "caffe montorsello srl": "IT-ORG-OP-1004",
    # EORI and VAT numbers
    "BE0999991001": "BE-ORG-OP-1001",
    "be 0999.991.001": "BE-ORG-OP-1001",
    "n° TVA BE 0999 991 001": "BE-ORG-OP-1001",
    "Colzandra, TVA BE0999991001": "BE-ORG-OP-1001",
    "TVA FR99 999991002": "FR-ORG-OP-1002",
    "my EORI is FR99999100200015": "FR-ORG-OP-1002",
    "mon numéro EORI c'est FR 999 991 002 00015": "FR-ORG-OP-1002",
    "our VAT number is NL9999.91.002.B01": "NL-ORG-OP-1002",
    "atu99999002": "AT-ORG-OP-1002",
    "ES B-99999001": "ES-ORG-OP-1001",
    "EL999991011": "GR-ORG-OP-1011",
    "EORI GR 999991011": "GR-ORG-OP-1011",
    "VAT GR999991011": "GR-ORG-OP-1011",
    "PL9999901007 Młyn Żabia Wólka": "PL-ORG-OP-1007",
    "is IE9999902X in the directory?": "IE-ORG-OP-1002",
    # A number that nobody has, beside a name
    "Alpro, TVA BE0123456789": "BE-ORG-OP-5",
    # In a few words
    "ben alors nous c'est le Comptoir Zélinor au Havre": "FR-ORG-OP-1003",
    "I work for the Irish company Glenoaten Mills": "IE-ORG-OP-1006",
    "notre société s'appelle « Fèvaline » et je voudrais savoir si elle y est": "BE-ORG-OP-1004",
    "an importer in the Netherlands called Kokosmaatje": "NL-ORG-OP-1008",
    "Kakaowiese, Köln": "DE-ORG-OP-1009",
    "Kakaowiese à Cologne": "DE-ORG-OP-1009",
    "un exportateur tunisien": "TN-ORG-OP-1001",
    "section ORGANIC TRADER en Italie": "IT-ORG-OP-1001",
    # Authorities of other countries
    "autorité compétente centrale en Pologne": "PL990001",
    "CCA Grèce": "GR990001",
    "poste de contrôle frontalier au Danemark": "DK990004",
    "border control post in Limerick": "IE990004",
    "the customs in Piraeus": "GR990002",
    "la douane d'Anvers": "BE990002",
    "Zollamt Speicherwindkai": "DE990002",
}
# The same for what is not quite what anybody is called.
SIMILAR = {
    "alrpo": "BE-ORG-OP-5",
    "alpro uk": "BE-ORG-OP-5",
    "Établissements Colzagro de la Lys": "BE-ORG-OP-4",
    "colzargo": "BE-ORG-OP-4",
    "Hello, I am the quality manager at Colzagro and we import rapeseed": "BE-ORG-OP-4",
    "coffee team": "BE-ORG-OP-6",
    "cofee team": "BE-ORG-OP-6",
    "beenworks": "BE-ORG-OP-7",
    "certisis": "BE-BIO-01",
    "eccocert": "FR-BIO-01",
    "douane de Alsst": "BE0001",
    "comptoir zelinnor": "FR-ORG-OP-1003",
    "sa feveline": "BE-ORG-OP-1004",
    "gewuerzkahn speicherwind": "DE-ORG-OP-1006",
    "elaionas liotrivi": "GR-ORG-OP-1007",
    "mlin zabia volka": "PL-ORG-OP-1007",
    "dattes nefzaouana": "TN-ORG-OP-1005",
    "moineareach teas": "IE-ORG-OP-1009",
}
NOT_FOUND = (
    *("Huilerie Introuvable", "The Green Import Company Limited", "Moulin Introuvable"),
    *("Control Union", "xylotremble", "Alpro en Italie", "BE-ORG-OP-99", "ZZ-ORG-OP-1"),
    *("BE0123456789", "n° TVA BE 0123.456.789", "my EORI is FR12345678901234", "0999991001"),
    *("je cherche mon organisation", "oui", "🙂", "%", "_", "", "a" * 500, "mot inconnu " * 40),
    *("'; DROP TABLE organisations; --", "organisme de contrôle Alpro", "CAFOP Wevelgem"),
)


def find(session: Session, typed: str) -> SearchResult:
    return search(session, read(typed, Environment.PRODUCTION))


def first(result: SearchResult) -> str | None:
    organisation = next(iter(result.organisations), None)
    return organisation and (organisation.number or organisation.name)


@pytest.mark.parametrize("typed", FOUND)
def test_the_organisation_meant_comes_first(seeded: Session, typed: str) -> None:
    found = find(seeded, typed)
    assert (first(found), found.only_similar) == (FOUND[typed], False)


@pytest.mark.parametrize("typed", SIMILAR)
def test_what_is_only_similar_comes_first_and_is_said_to_be(seeded: Session, typed: str) -> None:
    found = find(seeded, typed)
    assert (first(found), found.only_similar) == (SIMILAR[typed], True)


@pytest.mark.parametrize("typed", NOT_FOUND)
def test_what_is_nobodys_name_finds_nothing(seeded: Session, typed: str) -> None:
    assert find(seeded, typed) == SearchResult((), more=False)


@pytest.mark.parametrize("environment", Environment)
@pytest.mark.parametrize("name", ["alpro", "beanworks", "coffeeteam", "colzagro", "BE-ORG-OP-5"])
def test_the_guides_examples_stay_the_only_ones_of_their_name(
    seeded: Session, environment: Environment, name: str
) -> None:
    query = replace(read(name, environment), kind=OrganisationKind.OPERATOR)
    assert len(search(seeded, query).organisations) == 1


def test_near_duplicates_are_shown_together(seeded: Session) -> None:
    """Duplicates split what is known of an operator, so people must see them (X20)."""
    found = find(seeded, "naranjal solivega")
    assert first(found) == "ES-ORG-OP-1012"
    found = find(seeded, "solivega sevilla")
    assert [row.name for row in found.organisations] == [
        "Naranjal Solivega S.L.",
        "Naranjales Solivega S.A.",
    ]


def test_those_who_share_a_number_are_shown_together(seeded: Session) -> None:
    found = find(seeded, "TVA BE0999991007")
    assert [row.name for row in found.organisations] == ["Kakao Tuin Import BV", "Kakaotuin BV"]
    assert not found.only_similar


@pytest.mark.parametrize("environment", Environment)
def test_an_operators_number_finds_it_on_the_site_that_is_searched(
    seeded: Session, environment: Environment
) -> None:
    (found,) = search(seeded, read("BE0999991001", environment)).organisations
    assert (found.number, found.environment) == ("BE-ORG-OP-1001", environment)


def test_an_operator_of_one_site_is_not_found_on_the_other(seeded: Session) -> None:
    """Nothing is copied from one site to the other (S22)."""
    query = read("Torréfaction Galvardine", Environment.TRAINING)
    assert first(search(seeded, query)) == "FR-ORG-OP-1016"
    assert find(seeded, "Torréfaction Galvardine").organisations == ()


def test_a_search_is_refined_until_one_is_left(seeded: Session) -> None:
    query = read("kakao", Environment.PRODUCTION)
    assert search(seeded, query).more
    query = refined(query, read("en Belgique", Environment.PRODUCTION))
    assert len(search(seeded, query).organisations) == 2
    query = refined(query, read("Tuin", Environment.PRODUCTION))
    found = search(seeded, query)
    assert [row.number for row in found.organisations] == ["BE-ORG-OP-1008"]
    assert not found.more
