"""A name is recognised through typing errors, and not where a common word is all there is."""

import pytest

from registry.names import normalise_text
from registry.similarity import likeness, pieces, sameness


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("colzargo", "Colzagro"),
        ("colzagor", "Colzagro"),
        ("colzagr", "Colzagro"),
        ("coolzagro", "Colzagro"),
        ("coffee team", "Coffeeteam"),
        ("beanworkssedds", "Beanworks Seeds"),
        ("kantoor", "douanekantoor"),
        ("etablissements colzagro de la lys", "Colzagro"),
        ("we are the people of colzagro and import rapeseed", "Colzagro"),
    ],
)
def test_alike(typed: str, name: str) -> None:
    assert likeness(typed, normalise_text(name), "") > 0.68


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("huilerie introuvable", "Huilerie Olmaya"),
        ("green import", "Zaailing Import"),
        ("bio import dupont", "Bio Import Kwietnia"),
        ("be org op 5", "Oporto"),
        ("2018", "Moulin 2019"),
        ("abc", "abd"),
    ],
)
def test_not_alike(typed: str, name: str) -> None:
    assert likeness(typed, normalise_text(name), "") < 0.68


def test_the_town_counts_as_the_name_does() -> None:
    assert likeness("colzargo lichtervelde", "colzagro", "lichtervelde") > 0.9


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("abc", []),
        ("abcd", ["ab", "cd"]),
        ("abcde", ["ab", "cde"]),
        ("abcdef", ["ab", "cd", "ef"]),
        ("abcdefghij", ["abc", "defg", "hij"]),
    ],
)
def test_the_pieces_of_a_word_make_it_up(word: str, parts: list[str]) -> None:
    assert pieces(word) == parts


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("fratelli rossi", "fratelli rosi", True),
        ("fratelli rossi", "rossi fratelli", True),
        ("coffee team", "coffeeteam", True),
        ("rossi", "fratelli rossi importazioni", False),
        ("fratelli rossi importazioni", "rossi", False),
        ("bio import", "bio import kwietnia", False),
    ],
)
def test_two_names_are_the_same_when_each_has_what_the_other_has(
    one: str, other: str, is_same: bool
) -> None:
    assert (sameness(one, other) >= 0.8) == is_same
