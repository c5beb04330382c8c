"""What every action is given: the register, the settings, the words it needs, the time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from registry.session import Database
from registry.settings import Retention, Settings
from registry.texts import Texts

TEXTS = Path(__file__).parent.parent / "data" / "texts"


def utc_now() -> datetime:
    """Return the time, aware of its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class House:
    """The actions' surroundings, made once when the action server starts."""

    database: Database
    hash_key: str
    is_demo: bool
    service_operator: str | None
    helpdesk_email: str | None
    session_hours: int
    retention: Retention
    terms: Texts
    topic_titles: Texts
    now: Callable[[], datetime] = utc_now

    @classmethod
    def from_settings(cls, settings: Settings) -> "House":
        """Open the register that the settings name and read the words."""
        return cls(
            database=Database(settings.database_url),
            hash_key=settings.hash_key,
            is_demo=settings.is_demo,
            service_operator=settings.service_operator,
            helpdesk_email=settings.helpdesk_email,
            session_hours=settings.session_hours,
            retention=settings.retention,
            terms=Texts.load(TEXTS / "terms.yml"),
            topic_titles=Texts.load(TEXTS / "topics.yml"),
        )
