"""Names are compared without what people write in different ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.names import normalise_text, split_name, telling_words


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("  Ålborg—Œuf & Fils,  S.A.R.L. ", "alborg oeuf fils sarl"),
        ("L’Oliveraie d'Été", "l oliveraie d ete"),
        ("Łódź Młyn", "lodz mlyn"),
        ("Süßholz", "sussholz"),
        ("ÆBLEØ", "aebleo"),
        ("Ελαιώνες Κρήτης Α.Ε.", "elaiones kritis ae"),
        ("Ουρανός", "ouranos"),
        ("Alpro™", "alprotm"),
        ("Мелница Златокласка ЕООД", "melnitsa zlatoklaska eood"),
        ("S. A.", "sa"),
        ("s a r l", "sarl"),
        ("🙂 %_| '", ""),
    ],
)
def test_a_name_in_plain_letters(name: str, plain: str) -> None:
    assert normalise_text(name) == plain


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_text(text)
    assert normalise_text(once) == once


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ALPRO Comm.V.A.", ("alpro", "commva")),
        ("Beanworks Seeds and Grains bvba", ("beanworks seeds and grains", "bvba")),
        ("SARL Thés Brumelune", ("thes brumelune", "sarl")),
        ("Bohnenwerft GmbH & Co. KG", ("bohnenwerft", "gmbh co kg")),
        ("Młyn Żabiwólka Sp. z o.o.", ("mlyn zabiwolka", "sp z oo")),
        ("Młyn Żabiwólka sp. z o. o.", ("mlyn zabiwolka", "sp zoo")),
        ("Wäissenhaff S.à r.l.", ("waissenhaff", "sa rl")),
        ("Hørfrø A/S", ("horfro", "as")),
        ("Γη Μελιρίνα Ι.Κ.Ε.", ("gi melirina", "ike")),
        ("Établissements Zorvane et Cie", ("zorvane", "etablissements et cie")),
        ("Coffeeteam", ("coffeeteam", "")),
        ("S.p.A.", ("spa", "")),
        ("", ("", "")),
    ],
)
def test_a_legal_form_is_no_part_of_the_name(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("La Ferme du Pré SARL", ["ferme", "pre"]),
        ("bio bio BIO", ["bio"]),
        ("the SA", ["the", "sa"]),
        ("Moulin 3", ["moulin", "3"]),
        ("%", []),
    ],
)
def test_words_that_tell_no_name_from_another_do_not_count(text: str, words: list[str]) -> None:
    assert telling_words(text) == words
