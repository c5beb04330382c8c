"""The sections of the chapter Organic: which a country has, and which a text names (X23)."""

import pytest

from registry import sections
from registry.names import normalise_text
from registry.texts import Texts
from registry.vocabulary import OrganicSection
from tests.data.texts import DATA

FOR_ALL = {
    "ORGANIC TRADER",
    "ORGANIC OPERATOR",
    "ORGANIC PRODUCTION",
    "ORGANIC PREPARATION",
    "ORGANIC STORING",
    "ORGANIC DISTRIBUTION",
    "ORGANIC IMPORT",
    "ORGANIC EXPORT",
}
EXEMPTED = {"EXEMPTED-ART-34-2", "EXEMPTED-ART-35-8"}
OF_THIRD_COUNTRIES = {"ORGANIC EXPORTER", "ORGANIC PRODUCER"}


@pytest.mark.parametrize(
    ("country", "own"),
    [
        ("IT", {"ORGANIC IMPORTER"} | EXEMPTED),
        ("NO", {"ORGANIC IMPORTER"} | EXEMPTED),
        ("CH", OF_THIRD_COUNTRIES | EXEMPTED),
        ("PE", OF_THIRD_COUNTRIES),
        ("GB", OF_THIRD_COUNTRIES),
    ],
)
def test_a_country_has_the_sections_for_all_and_its_own(country: str, own: set[str]) -> None:
    offered = {section.code.value for section in sections.of_country(country)}
    assert offered == FOR_ALL | own


def test_every_section_that_can_be_chosen_is_described_and_has_a_title() -> None:
    titles = Texts.load(DATA / "texts" / "terms.yml")
    for code in OrganicSection:
        section = sections.of_code(code)
        assert section is not None
        assert section.activities
        for language in ("fr", "en"):
            assert code in titles.say(section.title_key, language)


def test_an_unknown_code_is_no_section() -> None:
    assert sections.of_code("ORGANIC BEEKEEPER") is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ORGANIC IMPORTER", "ORGANIC IMPORTER"),
        ("Organic Importer (ORGANIC IMPORTER)", "ORGANIC IMPORTER"),
        ("importateur", "ORGANIC IMPORTER"),
        ("je suis importatrice de café bio", "ORGANIC IMPORTER"),
        ("import", "ORGANIC IMPORT"),
        ("négociant", "ORGANIC TRADER"),
        ("we do storage", "ORGANIC STORING"),
        ("mise sur le marché", "ORGANIC DISTRIBUTION"),
        ("art. 34(2)", "EXEMPTED-ART-34-2"),
    ],
)
def test_a_section_is_read_by_its_code_its_label_or_in_other_words(typed: str, code: str) -> None:
    section = sections.read(typed, "IT")
    assert section is not None
    assert section.code == code


@pytest.mark.parametrize(
    "typed",
    [
        "organic",
        "bonjour",
        "",
        # X23: there is no section for the first consignee, and none of that name.
        "premier destinataire",
        "first consignee",
        # Of third countries only.
        "exportateur",
        # Two are named, one as clearly as the other.
        "import, export",
    ],
)
def test_what_names_no_section_of_the_country_or_several_is_none(typed: str) -> None:
    assert sections.read(typed, "IT") is None


@pytest.mark.parametrize(
    ("typed", "activity"),
    [
        ("Organic Processor", "Organic Processor"),
        ("transformateur", "Organic Processor"),
        ("we are a producer", "Organic Producer"),
        ("producteur et transformateur", None),
        ("autre", None),
    ],
)
def test_an_activity_is_one_of_its_section(typed: str, activity: str | None) -> None:
    producer = sections.of_code("ORGANIC PRODUCER")
    assert producer is not None
    assert sections.activity_in(typed, producer) == activity


def test_no_two_sections_of_a_country_are_called_the_same() -> None:
    for country in ("IT", "CH", "PE"):
        called = [
            normalise_text(name)
            for section in sections.of_country(country)
            for name in section.called
        ]
        assert len(called) == len(set(called))
