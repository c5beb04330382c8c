"""Which of the two languages a browser likes best."""

import pytest

from web.gateway.languages import accepted_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "fr"),
        ("en", "en"),
        ("EN-us", "en"),
        ("fr-BE,fr;q=0.9,en;q=0.8", "fr"),
        ("en;q=0.2, fr;q=0.9", "fr"),
        ("de, en;q=0.5", "en"),
        ("de, it", "fr"),
        ("*", "fr"),
        ("en;q=0", "fr"),
        ("en;q=nonsense", "fr"),
        ("en;level=1", "en"),
        (",;,;q=", "fr"),
    ],
)
def test_the_language_liked_best_is_chosen(header: str, language: str) -> None:
    assert accepted_language(header) == language
