"""A first and a last name are read out of an answer; what is no name is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.validation import BadAnswer, read_full_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Camille Exemple", "Camille Exemple"),
        ("  camille   exemple ", "camille exemple"),
        ("je m'appelle Camille Exemple", "Camille Exemple"),
        ("Je m’appelle Camille Exemple.", "Camille Exemple"),
        ("my name is Camille O'Sample", "Camille O'Sample"),
        ("I'm Camille Sample", "Camille Sample"),
        ("Anne-Sophie d'Exemple", "Anne-Sophie d'Exemple"),
        ("Γιώργος Παράδειγμα", "Γιώργος Παράδειγμα"),
        ("Łukasz Przykładowski", "Łukasz Przykładowski"),
        ("Dr. Camille Exemple", "Dr. Camille Exemple"),
        ("c'est Hélène Œuvrard-Müller", "Hélène Œuvrard-Müller"),
        ("its camille example", "camille example"),
        ("c helene oeuvrard-muller", "helene oeuvrard-muller"),
        ("Zoe\u0308 D’Exemple", "Zoe\u0308 D’Exemple"),  # an accent of its own
        ("Camille " + "e" * 92, "Camille " + "e" * 92),  # 100 characters
    ],
)
def test_a_name_is_read_from_an_answer(typed: str, name: str) -> None:
    assert read_full_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Camille",
        "non",
        "123 456",
        "Camille <b>Exemple</b>",
        "camille@example.org",
        "Camille Exemple 7",
        "- -",
        "'; DROP TABLE users; --",
        "Camille " + "e" * 93,  # 101 characters
        "Camille " + "e" * 492,  # 500 characters
        "Camille Exempl3",
    ],
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_full_name(typed)


@pytest.mark.parametrize("name", ["Im Sook Kim", "Im Yoona"])
def test_a_family_name_that_looks_like_an_introduction_is_kept(name: str) -> None:
    """ "Im" is a name; only with its apostrophe ("I'm") does it introduce one."""
    assert read_full_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "Li Wei",
        "Jean de la Tour du Pin",
        "Anna-Maria van den Berg",
        "José da Silva e Sousa",
        "Mary O'Neill",
        "Мария Иванова",
        "Νίκος Παπαδόπουλος",
        "Nguyễn Thị Minh Khai",
        "Do Thi My Linh",
        "Ton That Tung",
        "To The Anh",
        "Kim Jong Un",
        "Je Jong-geel",
        "You Jae-suk",
        "He Jiankui",
        "I Wayan Koster",
        "Reza Pour",
        "Sait Faik",
        "Aïssatou N’Diaye",
        "Yao N'Guessan",
        "Chioma I'Anson",
        "Ulug‘bek Behruzov",
        "Anne English",
        "Merci Mukendi",
        "Company Ferrer",
        "Edmond About",
        "Ana María de la O",
        "Jean de La Fontaine",
        "Victoire Belgique",
        "Au Minh Tran",
        "In Soo Kim",
        "සන්ධ්\u200dයා හේරත්",  # with the joiner that holds its letters together
    ],
)
def test_names_of_many_countries_are_kept_as_typed(name: str) -> None:
    """Some hold what would be a small word of a sentence in French or English."""
    assert read_full_name(name) == name


@pytest.mark.parametrize(
    "typed",
    [
        "en belgique",
        "au havre",
        "à Bruxelles",
        "je suis en Italie",
        "in belgium",
        "I'm in Belgium",
        "near the port",
        "demain matin",
        "maybe later",
        "Costa Rica",
        "les Pays-Bas",
        "United Kingdom",
        "je ne sais pas",
        "Je préfère en français",
        "je comprends pas",
        "J’ai pas de nom",
        "c'est quoi",
        "qu'on me laisse",
        "non merci",
        "pas encore",
        "mon nom de famille",
        "je suis importateur bio",
        "il faut que je pense",
        "i dont know",
        "I don't know",
        "back to guide please",
        "in english",
        "not sure",
        "what is this",
        "my name",
        "no thanks",
        "take me to it",
        "can you help",
    ],
)
def test_sentences_of_both_languages_are_no_names(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_full_name(typed)


@pytest.mark.parametrize(
    "typed", ["« Camille Exemple »", '"Camille Exemple"', "Camille Exemple!", "“Camille Exemple”."]
)
def test_signs_around_a_name_are_no_part_of_it(typed: str) -> None:
    assert read_full_name(typed) == "Camille Exemple"


def test_a_row_of_words_is_no_name() -> None:
    with pytest.raises(BadAnswer):
        read_full_name("un deux trois quatre cinq six sept huit neuf dix onze")


@given(st.text(max_size=600))
def test_whatever_is_typed_is_a_short_name_or_refused(typed: str) -> None:
    try:
        name = read_full_name(typed)
    except BadAnswer:
        return
    assert len(name.split()) > 1
    assert len(name) <= 100
    assert not set(name) & set("<>&\n\r\t@0123456789")
