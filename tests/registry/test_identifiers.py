"""Identifiers are recognised in every usual spelling (domain.md, section 6)."""

import pytest

from registry.identifiers import (
    IdentifierKind,
    company_keys,
    eori,
    kind_of,
    normalise,
    take_from,
    vat,
)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("BE-ORG-OP-5", "BE-ORG-OP-5"),
        (" be org op 5 ", "BE-ORG-OP-5"),
        ("be–org—op‑5", "BE-ORG-OP-5"),
        ("BE 301000", "BE301000"),
        ("be-0001", "BE0001"),
        ("de-öko-006", "DE-OKO-006"),
        ("DE-O\u0308KO-006", "DE-OKO-006"),
        ("NO-ØKO-01", "NO-OKO-01"),
    ],
)
def test_every_spelling_gives_the_same_identifier(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("BE-ORG-OP-5", IdentifierKind.TRACES_NUMBER),
        ("BE-ORG-OP-7", IdentifierKind.TRACES_NUMBER),
        *((code, IdentifierKind.AUTHORITY_CODE) for code in ("BE0001", "BE301000", "BE000001")),
        *((code, IdentifierKind.AUTHORITY_CODE) for code in ("DE29812", "DE29812L")),
        *(
            (code, IdentifierKind.CONTROL_BODY_CODE)
            for code in (
                "BE-BIO-01",
                "FR-BIO-01",
                "DE-ÖKO-006",
                "PL-EKO-01",
                "IT-BIO-006",
                "AE-BIO-171",
                "GB-ORG-05",
                "IE-ORG-03",
                "US-ORG-061",
                "NO-ØKO-01",
                "ES-ECO-020-CV",
            )
        ),
    ],
)
def test_the_examples_of_each_kind_are_recognised(typed: str, kind: IdentifierKind) -> None:
    assert kind_of(typed) is kind


@pytest.mark.parametrize(
    "typed", ["", "Alpro", "BE-ORG-OP-0", "BE-ORG-OP-", "B3301000", "BE12", "BE-ORG-OP-5 x"]
)
def test_other_texts_are_no_identifier(typed: str) -> None:
    assert kind_of(typed) is None


@pytest.mark.parametrize(
    ("message", "identifier", "rest"),
    [
        ("be 301000", "BE301000", ""),
        ("alpro be org op 5 en Belgique", "BE-ORG-OP-5", "alpro   en Belgique"),
        ("numéro BE.ORG.OP.05", "BE-ORG-OP-5", "numéro  "),
        ("BE_ORG_OP_5!", "BE-ORG-OP-5", " !"),
        ("frbio01 Ecocert", "FR-BIO-01", "  Ecocert"),
        ("code es-eco-020-cv", "ES-ECO-020-CV", "code  "),
        ("à BE 8560 Wevelgem", None, "à BE 8560 Wevelgem"),
        ("de 75011 Paris", None, "de 75011 Paris"),
        ("NL-BIO-01.528-0002967.2025.001", None, "NL-BIO-01.528-0002967.2025.001"),
        # EORI and VAT numbers
        ("BE0123456789", "BE0123456789", " "),
        ("be 0123.456.789", "BE0123456789", " "),
        ("Alpro BE0123456789 8560 Wevelgem", "BE0123456789", "Alpro   8560 Wevelgem"),
        ("Alpro (BE 0123 456 789)", "BE0123456789", "Alpro ( )"),
        ("TVA FR12 345678901", "FR12345678901", "TVA  "),
        ("my EORI is FR12345678901234", "FR12345678901234", "my EORI is  "),
        ("FRXX 123 456 789 75008 Paris", "FRXX12345678975008", "  Paris"),
        ("FRXX123456789 75008 Paris", "FRXX123456789", "  75008 Paris"),
        ("NL 1234.56.789.B.01, Alpro", "NL123456789B01", " , Alpro"),
        ("VAT: ATU12345678.", "ATU12345678", "VAT:  ."),
        ("ATEOS1000012345", "ATEOS1000012345", " "),
        ("es-b12345678", "ESB12345678", " "),
        ("IE1234567WA en Irlande", "IE1234567WA", "  en Irlande"),
        # An authority's code before a postcode, a phone, names
        ("BE0001 9300 Aalst", "BE0001", "  9300 Aalst"),
        ("BE301000 1000 Bruxelles", "BE301000", "  1000 Bruxelles"),
        ("tél 056 12 34 56", None, "tél 056 12 34 56"),
        ("Agri 2000", None, "Agri 2000"),
        ("0123.456.789", None, "0123.456.789"),
    ],
)
def test_an_identifier_is_taken_from_a_message(
    message: str, identifier: str | None, rest: str
) -> None:
    """A postcode is no authority's code, and a certificate's number no control body's."""
    assert take_from(message) == (identifier, rest)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("BE0123456789", "BE0123456789"),
        (" be 0123.456.789 ", "BE0123456789"),
        ("fr-123 456 789 01234", "FR12345678901234"),
        ("GR123456789", "GR123456789"),
        *((wrong, None) for wrong in ("", "BE", "0123456789", "Alpro", "B0123456789")),
        *((wrong, None) for wrong in ("BE0123456789012345", "BE012345#789", "BE+123456789")),
    ],
)
def test_an_eori_has_one_spelling(typed: str, number: str | None) -> None:
    assert eori(typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("be 0123.456.789", "BE0123456789"),
        ("FR12 345 678 901", "FR12345678901"),
        ("IT12345678901", "IT12345678901"),
        ("ATU12345678", "ATU12345678"),
        ("NL123456789B01", "NL123456789B01"),
        *((greek, "EL123456789") for greek in ("EL123456789", "el 123-456-789", "GR 123456789")),
        *((wrong, None) for wrong in ("", "BE123456789", "BE2123456789", "FR123456789")),
        *((wrong, None) for wrong in ("FRIO345678901", "IT1234567890", "DE1234567890123")),
    ],
)
def test_a_vat_number_has_the_form_of_its_country_and_one_spelling(
    typed: str, number: str | None
) -> None:
    assert vat(typed) == number


@pytest.mark.parametrize("typed", ["GR123456789", "el 123.456.789"])
def test_of_greece_both_the_eori_and_the_vat_number_are_looked_for(typed: str) -> None:
    assert sorted(company_keys(typed)) == ["EL123456789", "GR123456789"]
