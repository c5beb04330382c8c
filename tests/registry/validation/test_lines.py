"""The name of an operator, read out of an answer (S46)."""

import pytest

from registry.validation import BadAnswer, read_operator_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Fratelli  Rossi S.p.A.", "Fratelli Rossi S.p.A."),
        ("la société s'appelle Oléa Import SRL", "Oléa Import SRL"),
        ("notre entreprise est Oléa Import", "Oléa Import"),
        ("nous nous appelons Oléa Import.", "Oléa Import"),
        ("it's called Mill & Co", "Mill & Co"),
        ("the name is Mill & Co", "Mill & Co"),
        ("c'est Oléa Import", "Oléa Import"),
        ("non en fait c'est Oléa Import & Fils", "Oléa Import & Fils"),
        ("sorry, it's Oléa Import", "Oléa Import"),
        ("Non Solo Pane", "Non Solo Pane"),
        ("C'est Qui Le Fermier ?", "C'est Qui Le Fermier ?"),
        ("« Bio Sud »", "Bio Sud"),
        ("3M", "3M"),
        ("Dominique Exemple (bio)", "Dominique Exemple (bio)"),
        ("'; DROP TABLE users;--", "'; DROP TABLE users;--"),
        ("Μύλος Α.Ε.", "Μύλος Α.Ε."),
    ],
)
def test_a_name_is_taken_out_of_its_sentence(typed: str, name: str) -> None:
    assert read_operator_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "oui",
        "aucun",
        "123 456",
        "?",
        "A",
        "<script>alert(1)</script>",
        "{name}",
        "info@example.org",
        "https://example.org",
        "visit www.example.org",
        "x" * 201,
    ],
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_operator_name(typed)


@pytest.mark.parametrize("typed", ["Fratelli Rossi S.p.A.", "C'est Qui Le Fermier ?", "3M"])
def test_a_name_as_it_is_kept_is_read_the_same_again(typed: str) -> None:
    assert read_operator_name(read_operator_name(typed)) == read_operator_name(typed)
