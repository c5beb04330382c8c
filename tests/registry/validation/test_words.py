"""The words of data/words.yml are written as answers are compared."""

import pytest
import yaml

from registry.validation.answers import plain
from registry.validation.words import WORDS, meant, words

FILE = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
LISTS = [name for name, content in FILE.items() if isinstance(content, list)]


@pytest.mark.parametrize("name", LISTS)
def test_each_word_is_text_in_its_plain_form_and_there_once(name: str) -> None:
    """An unquoted `no` would be read as false."""
    written = [word for row in FILE[name] for word in row]
    assert [word for word in written if plain(str(word)) != word] == []
    assert len(words(name)) == len(written)


def test_pairs_are_two_words_and_the_others_are_single() -> None:
    assert all(len(pair.split()) == 2 for pair in words("no_names_together"))
    assert all(len(word.split()) == 1 for word in words("no_names") | words("small_words"))


@pytest.mark.parametrize("name", ["providers", "endings"])
def test_no_slip_is_itself_what_is_meant(name: str) -> None:
    slips = meant(name)
    assert sum(map(len, FILE[name].values())) == len(slips)
    assert set(slips).isdisjoint(slips.values())
