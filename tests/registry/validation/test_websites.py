"""The address of a website is kept as it is written; what is none is refused."""

import pytest

from registry.validation import BadAnswer, read_website


@pytest.mark.parametrize(
    "typed",
    [
        "https://moulin.example.org",
        "http://example.org:8080/fr/?page=1#contact",
        "www.example.org",
        "example.org/moulin",
        "HTTPS://Moulin-Bio.Example.org",
        "https://épicerie.example",
    ],
)
def test_an_address_is_kept_as_it_is_written(typed: str) -> None:
    assert read_website(f" {typed} ") == typed


@pytest.mark.parametrize("typed", ["-", "aucun", "none"])
def test_it_may_be_left_out(typed: str) -> None:
    assert read_website(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "moulin",
        "our shop",
        "javascript:alert(1)",
        "ftp://example.org",
        "https://example.org and more",
        "contact@example.org",
        "https://192.0.2.1",
        f"https://example.org/{'a' * 300}",
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_website(typed)
