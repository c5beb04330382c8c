"""A country is understood in French, in English and as a code (S39)."""

import pytest

from registry import countries


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *((typed, "BE") for typed in ("BE", "be", "BEL", "Belgique", "la Belgique", "Belgium")),
        *((typed, "GR") for typed in ("GR", "EL", "Grèce", "grece", "Greece", "Ελλάδα")),
        *((typed, "GB") for typed in ("GB", "UK", "uk", "Angleterre", "Royaume-Uni", "England")),
        *((typed, "NL") for typed in ("Pays-Bas", "les pays bas", "Hollande", "The Netherlands")),
        *((typed, "CZ") for typed in ("Tchéquie", "tchequie", "Czechia", "the Czech Republic")),
        *((typed, "CI") for typed in ("Côte d'Ivoire", "cote d’ivoire", "Ivory Coast")),
        *((typed, "US") for typed in ("USA", "États-Unis", "etats unis", "United States")),
        *((typed, "BA") for typed in ("Bosnia & Herzegovina", "Bosnia and Herzegovina")),
        *((typed, "TR") for typed in ("Turquie", "Turkey", "Türkiye")),
        ("l'Italie", "IT"),
        ("MACÉDOINE", "MK"),
    ],
)
def test_a_country_is_read(typed: str, code: str) -> None:
    assert countries.read(typed) == code


@pytest.mark.parametrize(
    "typed", ["", " ", "EU", "ZZ", "Union européenne", "Atlantide", "Lalande", "B", "056", "Congo"]
)
def test_what_is_no_country_is_none(typed: str) -> None:
    assert countries.read(typed) is None


@pytest.mark.parametrize("typed", ["no", "is", "and", "be", "can"])
def test_words_that_are_codes_are_no_names(typed: str) -> None:
    assert countries.read(typed) is not None
    assert countries.read(typed, codes=False) is None


def test_a_people_has_its_country() -> None:
    assert countries.of_people("Belge") == countries.of_people("belgian") == "BE"
    assert countries.of_people("Belgique") is None
    assert countries.read("belge") is None


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [("BE", "Belgique", "Belgium"), ("gr", "Grèce", "Greece"), ("??", "??", "??")],
)
def test_a_country_has_a_name_in_each_language(code: str, french: str, english: str) -> None:
    assert (countries.name(code, "fr"), countries.name(code, "en")) == (french, english)
