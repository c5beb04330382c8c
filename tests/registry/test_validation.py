"""What people answer to a field: the value is read out of it, or it is refused."""

import pytest

from registry.validation import BadAnswer, read_email, read_full_name


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


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("camille@example.org", "camille@example.org"),
        ("Camille@Example.ORG", "camille@example.org"),
        ("mon e-mail c'est camille@example.org.", "camille@example.org"),
        ("<camille@example.org>", "camille@example.org"),
        ('<a href="mailto:camille@example.org">', "camille@example.org"),
        ("my address is o'sample@example.org", "o'sample@example.org"),
        ("camille2@example.org", "camille2@example.org"),
        ("it is camille.x+traces@mail.example.org, thanks", "camille.x+traces@mail.example.org"),
    ],
)
def test_an_address_is_read_from_an_answer(typed: str, address: str) -> None:
    assert read_email(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "camille",
        "camille at example.org",
        "camille@",
        "@example.org",
        "camille@example",
        "camille@@example.org",
        "a@example.org b@example.org",
        "c" * 300 + "@example.org",
        "camille@exa mple.org",
        "c" * 488 + "@example.org",  # 500 characters
        "<b>camille</b>@<i>example</i>",
        "javascript:alert(1)@",
    ],
)
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_email(typed)


@pytest.mark.parametrize("name", ["Im Sook Kim", "Im Yoona"])
def test_a_family_name_that_looks_like_an_introduction_is_kept(name: str) -> None:
    """ "Im" is a name; only with its apostrophe ("I'm") does it introduce one."""
    assert read_full_name(name) == name


@pytest.mark.parametrize("typed", ["'camille@example.org'", "’camille@example.org’"])
def test_quotation_marks_around_an_address_are_no_part_of_it(typed: str) -> None:
    """Else the code goes to an address that nobody typed."""
    assert read_email(typed) == "camille@example.org"
