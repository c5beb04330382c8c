"""Optional fields can be left out in the words that people use for it."""

import pytest

from registry.validation import is_skipped


@pytest.mark.parametrize(
    "typed",
    [
        *("aucun", "Aucune.", "non", "NON !", "Non merci", "passer", "rien", "néant"),
        *("je n’en ai pas", "pas de message", " pas de téléphone "),
        *("none", "no", "skip", "no thanks", "N/A", "I don't have one"),
        *("-", "—", "--", "/", "…", "."),
    ],
)
def test_an_optional_field_is_skipped(typed: str) -> None:
    assert is_skipped(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "non, attendez",
        "Pas de retard s'il vous plaît",
        "No problem with a call",
        "aucun souci : appelez-moi",
        "-5",
        "0470 12 34 56",
        "nonante@example.org",
    ],
)
def test_an_answer_is_not_taken_for_a_skip(typed: str) -> None:
    assert not is_skipped(typed)
