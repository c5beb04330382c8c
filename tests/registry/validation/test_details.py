"""What may be told of an operator beside the rest: identifiers and dates (S47, S49, X22)."""

from datetime import date

import pytest

from registry.validation import BadAnswer, read_date, read_eori, read_identifier, read_vat


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("BE0123456789", "BE0123456789"),
        ("fr 123 456 789 012 34", "FR12345678901234"),
        ("EORI: IT12345678901", "IT12345678901"),
        ("my EORI number is XI123456789000", "XI123456789000"),
        ("aucun", None),
    ],
)
def test_an_eori_number(typed: str, number: str | None) -> None:
    assert read_eori(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "bonjour", "IT bonjour", "ZZ123", "12345", "IT1234567890123456"]
)
def test_what_has_not_the_form_of_an_eori_number_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_eori(typed)


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("BE 0123.456.789", "BE", "BE0123456789"),
        ("FR12345678901", "IT", "FR12345678901"),
        ("notre numéro de TVA est le IT 123 456 789 01", "IT", "IT12345678901"),
        ("VAT number: ATU12345678", "AT", "ATU12345678"),
        # Without its letters, a number is one of the operator's country.
        ("12345678901", "IT", "IT12345678901"),
        ("123456789", "GR", "EL123456789"),
        ("je n'en ai pas", "IT", None),
    ],
)
def test_a_vat_number(typed: str, country: str, number: str | None) -> None:
    assert read_vat(typed, country) == number


@pytest.mark.parametrize("typed", ["BE2123456789", "IT1234567890", "bonjour", "12", "QQ123456"])
def test_what_has_not_the_form_of_a_vat_number_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_vat(typed)


def test_any_other_identifier_is_kept_as_typed() -> None:
    assert read_identifier("SIRET 123 456 789 00012") == "SIRET 123 456 789 00012"
    assert read_identifier("aucun") is None


@pytest.mark.parametrize("typed", ["", "x", "bonjour", "<1234>", "1" * 61])
def test_what_is_no_identifier_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_identifier(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "31/12/2026",
        "31.12.2026",
        "2026-12-31",
        "31 décembre 2026",
        "le 31 déc. 2026",
        "31 December 2026",
        "December 31st, 2026",
        "31st of december 2026",
    ],
)
def test_a_date_in_either_language(typed: str) -> None:
    assert read_date(typed) == date(2026, 12, 31)


def test_the_first_of_a_month_and_no_date() -> None:
    assert read_date("1er janvier 2027") == date(2027, 1, 1)
    assert read_date("aucune") is None


@pytest.mark.parametrize("typed", ["", "bientôt", "12/2026", "30/02/2026", "31.12.26", "1/1/1800"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_date(typed)
