"""A message is read as people write it: name, number, kind, country, section, role, town."""

import pytest

from registry.query import OrganisationQuery, read, refined, with_country_of_text
from registry.vocabulary import Environment, OrganisationKind

SITE = Environment.TRAINING
OPERATOR, CONTROL_BODY, AUTHORITY = OrganisationKind


def said(query: OrganisationQuery) -> dict[str, object]:
    """What the query holds, without the site and the message itself."""
    known = {name: value for name, value in vars(query).items() if value is not None}
    return {name: value for name, value in known.items() if name not in ("environment", "typed")}


NAMES = {
    "Alpro": "Alpro",
    "nous c'est Colzagro": "Colzagro",
    "ben c'est coffeeteam": "coffeeteam",
    "alors mon entreprise s'appelle Beanworks": "Beanworks",
    "Bonjour, je cherche ALPRO Comm.V.A. svp": "ALPRO Comm.V.A",
    "c'est pour Alpro s'il vous plaît": "Alpro",
    "je travaille chez Alpro à Wevelgem": "Alpro à Wevelgem",
    "we are Coffeeteam in Berchem": "Coffeeteam in Berchem",
    "my company is Moulin Ltd": "Moulin Ltd",
    "I'm looking for Colzagro please": "Colzagro",
    "hi, it's for alpro": "alpro",
    "notre société s'appelle « La Ferme des Hêtres »": "La Ferme des Hêtres",
    'could you check if "Oliva Nova" is there?': "Oliva Nova",
    "La Ferme du Pré": "La Ferme du Pré",
    "je cherche la Ferme du Pré": "Ferme du Pré",
    "The Green Import Company Limited": "The Green Import Company Limited",
    "BE Organic": "BE Organic",
    "Bio France": "Bio France",
    "Les Moulins de France": "Les Moulins de France",
    "Alpro Belgium": "Alpro Belgium",
    "Organic Trader Ltd": "Organic Trader Ltd",
    "BEANWORKS AND CO": "BEANWORKS AND CO",
    "Control Union": "Control Union",
    "S.M.A.K.": "S.M.A.K",
    "100%": "100%",
    "Alpro en production": "Alpro",
    "Colzagro on the training site": "Colzagro",
    "Ελαιώνες Κρήτης": "Ελαιώνες Κρήτης",
    "Alpro, et je voudrais savoir si elle est déjà là": "Alpro",
}


@pytest.mark.parametrize("typed", NAMES)
def test_a_name_is_what_is_left_without_the_words_around_it(typed: str) -> None:
    assert said(read(typed, SITE)) == {"text": NAMES[typed]}


COUNTRIES = {
    "BE": ("", "BE"),
    "Belgique": ("", "BE"),
    "la Belgique": ("", "BE"),
    "en Italie": ("", "IT"),
    "on est à Malte": ("", "MT"),
    "pays : Pays-Bas": ("", "NL"),
    "in the uk": ("", "GB"),
    "from the USA": ("", "US"),
    "Alpro en Belgique": ("Alpro", "BE"),
    "alpro in Belgium": ("alpro", "BE"),
    "Alpro in the Czech Republic": ("Alpro", "CZ"),
    "Alpro (BE)": ("Alpro", "BE"),
    "Alpro, BE": ("Alpro", "BE"),
    "Alpro, Belgique": ("Alpro", "BE"),
    "Belgique : Alpro": ("Alpro", "BE"),
    "Alpro – Pays-Bas": ("Alpro", "NL"),
    "on est basé en Belgique, Alpro": ("Alpro", "BE"),
    "une société en Angleterre nommée Tea Leaf": ("Tea Leaf", "GB"),
    "Ελαιώνες Κρήτης, Grèce": ("Ελαιώνες Κρήτης", "GR"),
    "notre société « Oliva » en Tunisie": ("Oliva", "TN"),
}


@pytest.mark.parametrize("typed", COUNTRIES)
def test_a_country_is_taken_where_it_stands_as_one(typed: str) -> None:
    query = read(typed, SITE)
    assert (query.text, query.country) == COUNTRIES[typed]


@pytest.mark.parametrize(
    "typed", ["be organic", "is it there", "no", "Alpro and Co", "en français"]
)
def test_small_words_are_no_countries(typed: str) -> None:
    assert read(typed, SITE).country is None


KINDS = {
    "the customs office in Aalst": ("Aalst", AUTHORITY),
    "le bureau de douane d'Alost": ("Alost", AUTHORITY),
    "je travaille à la douane d'Anvers": ("Anvers", AUTHORITY),
    "we're customs in Zeebrugge": ("Zeebrugge", AUTHORITY),
    "Aalst Customs Authority": ("Aalst", AUTHORITY),
    "vétérinaire Liège": ("Liège", AUTHORITY),
    "autorité compétente à Namur": ("Namur", AUTHORITY),
    "organisme de contrôle Certisys": ("Certisys", CONTROL_BODY),
    "nous sommes un organisme de contrôle biologique, Certisys": ("Certisys", CONTROL_BODY),
    "our control body is Ecocert": ("Ecocert", CONTROL_BODY),
    "Certisys, certification body": ("Certisys", CONTROL_BODY),
    "autorité de contrôle": ("", CONTROL_BODY),
    "je cherche l'opérateur ALPRO": ("ALPRO", OPERATOR),
    "je suis importateur, Alpro": ("Alpro", OPERATOR),
    "first consignee Colzagro": ("Colzagro", OPERATOR),
    "Alpro, importer": ("Alpro", OPERATOR),
    "an organic importer": ("", OPERATOR),
    "operator Douane Logistics": ("Douane Logistics", OPERATOR),
}


@pytest.mark.parametrize("typed", KINDS)
def test_a_kind_is_taken_in_both_languages(typed: str) -> None:
    query = read(typed, SITE)
    assert (query.text, query.kind) == KINDS[typed]


ROLES = {
    "CAFOP Clermont": ("Clermont", "CAFOP"),
    "cafop": ("", "CAFOP"),
    "rôle CO à Aalst": ("Aalst", "CO"),
    "autorité CO Aalst": ("Aalst", "CO"),
    "CO": ("", "CO"),
    "BCP Limerick": ("Limerick", "BCP"),
    "poste de contrôle frontalier Zeebrugge": ("Zeebrugge", "BCP"),
    "border control post in Antwerp": ("Antwerp", "BCP"),
    "autorité compétente centrale": ("", "CCA"),
    "regional competent authority": ("", "RCA"),
}


@pytest.mark.parametrize("typed", ROLES)
def test_a_role_makes_it_an_authority(typed: str) -> None:
    query = read(typed, SITE)
    assert (query.text, query.role, query.kind) == (*ROLES[typed], AUTHORITY)


@pytest.mark.parametrize("typed", ["Colzagro & CO", "Colzagro and co", "lau foods", "BEANS AND CO"])
def test_a_part_of_a_name_is_no_role(typed: str) -> None:
    assert read(typed, SITE).role is None


NUMBERS = {
    "BE-ORG-OP-5": ("", "BE-ORG-OP-5"),
    "be org op 5": ("", "BE-ORG-OP-5"),
    "BE.ORG.OP.05": ("", "BE-ORG-OP-5"),
    "notre numéro est BE-ORG-OP-5.": ("", "BE-ORG-OP-5"),
    "ALPRO, BE-ORG-OP-5": ("ALPRO", "BE-ORG-OP-5"),
    "the number is beorgop5": ("", "BE-ORG-OP-5"),
    "l'autorité be301000 ?": ("", "BE301000"),
    "organisme fr-bio-01 Ecocert": ("organisme Ecocert", "FR-BIO-01"),
    "de-öko-006": ("", "DE-OKO-006"),
    "Alpro, BE 8560 Wevelgem": ("Alpro, BE 8560 Wevelgem", None),
    "NL-BIO-01.528-0002967.2025.001": ("NL-BIO-01.528-0002967.2025.001", None),
}


@pytest.mark.parametrize("typed", NUMBERS)
def test_a_number_is_taken_in_every_usual_spelling(typed: str) -> None:
    query = read(typed, SITE)
    assert (query.text, query.number) == NUMBERS[typed]


@pytest.mark.parametrize(
    ("typed", "section"),
    [
        ("section ORGANIC IMPORTER en France", "ORGANIC IMPORTER"),
        ("Alpro, section organic trader", "ORGANIC TRADER"),
        ("Organic Importer (ORGANIC IMPORTER)", "ORGANIC IMPORTER"),
        ("organic import", "ORGANIC IMPORT"),
        ("section EXEMPTED-ART-34-2", "EXEMPTED-ART-34-2"),
        ("Organic Trader Ltd", None),
    ],
)
def test_a_section_is_one_of_the_chapters(typed: str, section: str | None) -> None:
    """The sections are those of X23; a name that only sounds like one is a name."""
    assert read(typed, SITE).section == section


@pytest.mark.parametrize(
    ("typed", "activity"),
    [
        ("activité Organic Trader, Pays-Bas", "Organic Trader"),
        ("activity: distribution/placing on the market", "Distribution/Placing on the market"),
        ("activité de négoce", None),
    ],
)
def test_an_activity_is_one_of_the_chapters(typed: str, activity: str | None) -> None:
    assert read(typed, SITE).activity == activity


def test_all_of_it_in_one_message() -> None:
    typed = "Bonjour, je cherche l'opérateur Zélinor au Havre, section ORGANIC TRADER, en France"
    assert said(read(typed, SITE)) == {
        "text": "Zélinor au Havre",
        "kind": OPERATOR,
        "country": "FR",
        "section": "ORGANIC TRADER",
    }


def test_a_long_message_is_read_to_the_name() -> None:
    typed = (
        "Bonjour, je travaille pour la société Alpro qui se trouve à Wevelgem en Belgique et je "
        "voudrais savoir si elle est dans l'annuaire, merci"
    )
    assert said(read(typed, SITE)) == {"text": "Alpro à Wevelgem", "country": "BE"}


@pytest.mark.parametrize(
    "typed", ["", "  ", "je cherche mon organisation", "looking for", "🙂", "?"]
)
def test_a_message_may_say_nothing(typed: str) -> None:
    assert read(typed, SITE).says_nothing


def test_the_whole_message_is_kept() -> None:
    query = read("  le bureau  de douane d'Alost ", SITE)
    assert (query.typed, query.environment) == ("le bureau de douane d'Alost", SITE)


# Refining


BIO_IMPORT = read("Bio Import", SITE)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("en Italie", {"text": "Bio Import", "country": "IT"}),
        ("à Gand", {"text": "Bio Import à Gand"}),
        ("Gand, Belgique", {"text": "Bio Import Gand", "country": "BE"}),
        ("c'est un opérateur", {"text": "Bio Import", "kind": OPERATOR}),
        ("section ORGANIC TRADER", {"text": "Bio Import", "section": "ORGANIC TRADER"}),
        ("bio import Dupont", {"text": "Bio Import Dupont"}),
        ("BE-ORG-OP-7", {"text": "", "number": "BE-ORG-OP-7"}),
        ("merci", {"text": "Bio Import"}),
    ],
)
def test_a_second_message_adds_to_the_first(more: str, expected: dict[str, object]) -> None:
    assert said(refined(BIO_IMPORT, read(more, SITE))) == expected


def test_what_is_said_anew_replaces_what_was_said() -> None:
    query = refined(read("Bio Import en Italie", SITE), read("non, en Espagne", SITE))
    assert said(query) == {"text": "Bio Import", "country": "ES"}


def test_another_kind_drops_what_only_the_first_one_has() -> None:
    query = refined(read("CAFOP Namur", SITE), read("c'est un opérateur", SITE))
    assert said(query) == {"text": "Namur", "kind": OPERATOR}
    query = refined(read("opérateur Namur, section ORGANIC TRADER", SITE), read("la douane", SITE))
    assert said(query) == {"text": "Namur", "kind": AUTHORITY}


# The country beside a name


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Alpro Belgium", ("Alpro", "BE")),
        ("alpro be", ("alpro", "BE")),
        ("Belgique Alpro", ("Alpro", "BE")),
        ("Alpro Czech Republic", ("Alpro", "CZ")),
        ("Irish Oats", ("Oats", "IE")),
    ],
)
def test_the_country_at_an_end_can_be_split_off(typed: str, expected: tuple[str, str]) -> None:
    query = with_country_of_text(read(typed, SITE))
    assert query is not None
    assert (query.text, query.country) == expected


@pytest.mark.parametrize("typed", ["Alpro", "Belgium", "Moulin de", "Bio", "", "Alpro en Belgique"])
def test_where_none_stands_there_is_nothing_to_split(typed: str) -> None:
    assert with_country_of_text(read(typed, SITE)) is None
