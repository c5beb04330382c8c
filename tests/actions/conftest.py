"""A register for the actions, and a conversation that calls them as Rasa would."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from actions.house import TEXTS, House
from registry.importers.organisations import import_organisations
from registry.migrate import upgrade
from registry.models import ControlBody
from registry.services.directory import index
from registry.session import Database
from registry.settings import Retention
from registry.texts import Texts
from registry.vocabulary import Environment, OrganisationStatus
from tests.actions.talk import Talk

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Clock:
    """The time of a test; it stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: int) -> None:
        self.now += timedelta(**by)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated register with the guide's example organisations."""
    path = tmp_path_factory.mktemp("register") / "registry.db"
    upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    with database.transaction() as session:
        import_organisations(session, ROOT / "data/seed/examples.csv", NOON)
    database.close()
    return path


@pytest.fixture
def database(seeded: Path, tmp_path: Path) -> Iterator[Database]:
    copy = tmp_path / "registry.db"
    copy.write_bytes(seeded.read_bytes())
    opened = Database(f"sqlite:///{copy}")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(database: Database, clock: Clock) -> House:
    return House(
        database=database,
        hash_key="the hash key of the tests",
        is_demo=False,
        service_operator="Example Services",
        helpdesk_email=None,
        session_hours=24,
        retention=Retention(conversation=3),
        terms=Texts.load(TEXTS / "terms.yml"),
        topic_titles=Texts.load(TEXTS / "topics.yml"),
        now=clock,
    )


@pytest.fixture
def add_control_body(database: Database) -> Callable[[str, str], None]:
    """Adds a control body on the Production site: `add_control_body(name, code)`."""

    def add(name: str, code: str) -> None:
        with database.transaction() as session:
            body = ControlBody(
                environment=Environment.PRODUCTION,
                status=OrganisationStatus.VALID,
                name=name,
                country=code[:2],
                code=code,
                created_at=NOON,
            )
            index(body)
            session.add(body)

    return add


@pytest.fixture
def talk(house: House) -> Talk:
    return Talk(house)


@pytest.fixture
def demo_talk(house: House) -> Talk:
    return Talk(replace(house, is_demo=True))
