"""A telephone number becomes E.164; without its country code it must be one of the country."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.validation import BadAnswer, read_phone


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("+32 470 12 34 56", None, "+32470123456"),
        ("+32 21 12 10 01", None, "+3221121001"),  # the guide's own example (S47)
        ("0032 470 12 34 56", None, "+32470123456"),
        ("00 32 470 12 34 56", None, "+32470123456"),
        ("+33 (0)6 12 34 56 78", None, "+33612345678"),
        ("(+32) 2 234 56 78", None, "+3222345678"),
        ("＋３２ ４７０ 12 34 56", None, "+32470123456"),
        ("0470 12 34 56", "BE", "+32470123456"),
        ("0470/12.34.56", "be", "+32470123456"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("mon numéro est le 0470/12.34.56, merci", "BE", "+32470123456"),
        ("my number is +44 20 7946 0958!", "BE", "+442079460958"),
        ("210 1234567", "EL", "+302101234567"),
        ("020 7946 0958", "UK", "+442079460958"),
        ("+32470123456 ou 0470 12 34 56", "BE", "+32470123456"),
        ("+32 2 234 56 78 ext. 12", None, "+3222345678;ext=12"),
    ],
)
def test_a_number_is_read_from_an_answer(typed: str, country: str | None, number: str) -> None:
    assert read_phone(typed, country) == number


def test_a_number_without_its_country_is_not_guessed() -> None:
    for country in (None, "XX"):
        with pytest.raises(BadAnswer):
            read_phone("0470 12 34 56", country)


def test_a_number_of_another_country_is_not_taken_for_one_of_here() -> None:
    """A French mobile has the length of a Belgian one: it would become somebody else's."""
    with pytest.raises(BadAnswer):
        read_phone("06 12 34 56 78", "BE")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mon bureau",
        "12345",
        "+32",
        "+1 555 0100",
        "2026-11-23",
        "BE-ORG-OP-5",
        "+32 470 12 34 56 ou +32 471 12 34 56",
        "9" * 500,
        "+" * 500,
        "camille@example.org",
    ],
)
def test_what_is_no_single_number_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_phone(typed, "BE")


@pytest.mark.parametrize("typed", ["aucun", "non", "skip", "passer", "-", "pas de téléphone"])
def test_no_number_is_an_answer(typed: str) -> None:
    assert read_phone(typed, "BE") is None


@given(st.text(alphabet="0123456789+()/.- ext;x٣", max_size=60) | st.text(max_size=300))
def test_whatever_is_typed_is_a_number_or_refused(typed: str) -> None:
    try:
        number = read_phone(typed, "BE")
    except BadAnswer:
        return
    if number is not None:
        assert number.startswith("+")
        assert len(number) <= 40
        assert read_phone(number) == number
