"""A day is said with the month in words, the same way wherever one is said."""

from datetime import UTC, datetime

import pytest

from actions.dates import day_in_words


@pytest.mark.parametrize(
    ("moment", "language", "said"),
    [
        (datetime(2026, 11, 24, 23, 59, tzinfo=UTC), "fr", "24 novembre 2026"),
        (datetime(2026, 11, 24, 0, 0, tzinfo=UTC), "en", "24 November 2026"),
        (datetime(2027, 8, 3, tzinfo=UTC), "fr", "3 août 2027"),
        (datetime(2027, 8, 3, tzinfo=UTC), "en", "3 August 2027"),
    ],
)
def test_a_day_is_said_in_the_language(moment: datetime, language: str, said: str) -> None:
    assert day_in_words(moment, language) == said
