"""Days as people read them, in the conversation's language."""

from datetime import datetime

from babel.dates import format_date

# The day comes before the month in both.
LOCALES = {"fr": "fr", "en": "en_GB"}


def day_in_words(moment: datetime, language: str) -> str:
    """Return the day (UTC, as all times of the register): "24 novembre 2026"."""
    return format_date(moment.date(), "long", locale=LOCALES[language])
