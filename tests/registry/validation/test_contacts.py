"""The one means of contact of an operator: it tells which of the four it is (S45)."""

import pytest

from registry.validation import BadAnswer, read_contact_means


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("+39 02 5555 1234", "phone", "+390255551234"),
        ("notre numéro : 02 5555 1234", "phone", "+390255551234"),
        ("fax +39 02 5555 1234", "fax", "+390255551234"),
        ("Télécopie : 02 5555 1234", "fax", "+390255551234"),
        ("02 5555 1234 (téléfax)", "fax", "+390255551234"),
        ("Info@Example.org", "email", "info@example.org"),
        ("écrivez à info@example.org", "email", "info@example.org"),
        ("www.example.org", "website", "https://www.example.org"),
        ("mon site c'est Example.org.", "website", "https://example.org"),
        ("http://example.org/it/", "website", "http://example.org/it"),
    ],
)
def test_the_kind_is_told_by_the_form(typed: str, kind: str, value: str) -> None:
    means = read_contact_means(typed, "IT")
    assert (means.kind, means.value) == (kind, value)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "aucun",
        "12",
        "bonjour",
        "info@",
        "a@example.org, b@example.org",
        "http://user@example.org",
        "javascript:alert(1)",
        "ftp://example.org",
        "http://192.168.0.1/",
        "localhost",
        "https://example.org:8080/",
        "example.org et example.com",
    ],
)
def test_what_reaches_nobody_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_contact_means(typed, "IT")


@pytest.mark.parametrize(
    "typed", ["02 5555 1234", "fax 02 5555 1234", "info@example.org", "example.org/it"]
)
def test_a_contact_as_it_is_kept_is_read_the_same_again(typed: str) -> None:
    means = read_contact_means(typed, "IT")
    assert read_contact_means(means.written) == means


def test_a_website_is_not_longer_than_the_register_keeps() -> None:
    with pytest.raises(BadAnswer):
        read_contact_means("example.org/" + "a" * 300)
