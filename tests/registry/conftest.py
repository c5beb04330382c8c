"""A migrated database of its own for each test, and records to start from."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from registry import cli, migrate
from registry.importers.organisations import import_organisations
from registry.models import (
    Activity,
    AuthorisationRequest,
    Authority,
    Operator,
    Organisation,
    OrganisationIdentifier,
    OutboxMail,
)
from registry.services import directory, drafts, verification
from registry.services.drafts import DraftState
from registry.services.requests import FiledRequest, file_request
from registry.session import Database
from registry.vocabulary import (
    AuthorityRole,
    CodeOutcome,
    Environment,
    IdentifierType,
    Journey,
    OrganicSection,
    OrganisationStatus,
)

HASH_KEY = "a key for the tests only"
Kind = TypeVar("Kind", bound=Organisation)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all tables, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("migrated") / "registry.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def seeded_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with all of data/seed, made once; tests read it and write nothing."""
    path = tmp_path_factory.mktemp("seeded") / "registry.db"
    shutil.copyfile(migrated_file, path)
    database = Database(f"sqlite:///{path}")
    with database.transaction() as session:
        for file in sorted(cli.SEED.glob("*.csv")):
            import_organisations(session, file, datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    database.close()
    return path


@pytest.fixture
def seeded(seeded_file: Path) -> Iterator[Session]:
    """A look into the register with all of data/seed."""
    database = Database(f"sqlite:///{seeded_file}")
    with database.transaction() as session:
        yield session
    database.close()


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    copy = tmp_path / "registry.db"
    shutil.copyfile(migrated_file, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A transaction that stays open for the whole test."""
    with database.transaction() as session:
        yield session


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def hash_key() -> str:
    return HASH_KEY


@pytest.fixture
def add_operator(now: datetime) -> Callable[..., Operator]:
    """Adds an operator: `add_operator(session, name, traces_number=…, city=…, …)`."""

    def add(
        session: Session,
        name: str = "Huilerie des Collines",
        *,
        traces_number: str | None = None,
        city: str | None = "Namur",
        country: str = "BE",
        environment: Environment = Environment.PRODUCTION,
        status: OrganisationStatus = OrganisationStatus.VALID,
        sections: Sequence[OrganicSection] = (),
        identifiers: Mapping[IdentifierType, str] | None = None,
    ) -> Operator:
        operator = Operator(
            environment=environment,
            status=status,
            name=name,
            city=city,
            country=country,
            traces_number=traces_number,
            created_at=now,
        )
        operator.activities = [
            Activity(
                chapter="Organic",
                section_label=section.title(),
                section_code=section,
                activity=section.title(),
            )
            for section in sections
        ]
        operator.identifiers = [
            OrganisationIdentifier(type=type_, value=value)
            for type_, value in (identifiers or {}).items()
        ]
        return _added(session, operator)

    return add


@pytest.fixture
def add_authority(now: datetime) -> Callable[..., Authority]:
    """Adds an authority: `add_authority(session, name, code=…, role=…, is_national=…)`."""

    def add(
        session: Session,
        name: str = "Bureau de douane de Namur",
        *,
        code: str | None = None,
        role: AuthorityRole | None = AuthorityRole.CAFOP,
        is_national: bool = False,
    ) -> Authority:
        authority = Authority(
            environment=Environment.PRODUCTION,
            status=OrganisationStatus.VALID,
            name=name,
            city="Namur",
            country="BE",
            code=code,
            role=role,
            is_national=is_national,
            created_at=now,
        )
        return _added(session, authority)

    return add


@pytest.fixture
def full_draft(now: datetime) -> Callable[..., DraftState]:
    """Enters a whole draft: `full_draft(session, organisation, conversation_id=…, …)`."""

    def enter(
        session: Session,
        organisation: Organisation,
        *,
        conversation_id: str = "conversation-1",
        email: str = "Camille.Exemple@example.org",
        language: str = "fr",
        **optional: str,
    ) -> DraftState:
        fields = {
            "environment": organisation.environment.value,
            "organisation_id": organisation.id,
            "full_name": "Camille Exemple",
            "email": email,
            "language": language,
            **optional,
        }
        return _entered(session, Journey.ACCESS_REQUEST, conversation_id, fields, now)

    return enter


@pytest.fixture
def short_draft(now: datetime) -> Callable[..., DraftState]:
    """Enters a draft without a request to file: `short_draft(session, journey, email=…, …)`."""

    def enter(
        session: Session,
        journey: Journey,
        *,
        conversation_id: str = "conversation-1",
        email: str = "camille.exemple@example.org",
        language: str = "fr",
        **optional: str,
    ) -> DraftState:
        fields = {"email": email, "language": language, **optional}
        return _entered(session, journey, conversation_id, fields, now)

    return enter


def _entered(
    session: Session,
    journey: Journey,
    conversation_id: str,
    fields: Mapping[str, str | int],
    now: datetime,
) -> DraftState:
    """A new draft with its fields saved one by one."""
    draft = drafts.open_draft(session, conversation_id, journey, now)
    for field, value in fields.items():
        draft = drafts.save_field(session, draft.id, field, value, now)
    return draft


@pytest.fixture
def sent_code() -> Callable[[Session], str]:
    """The digits in the latest code mail of the outbox."""

    def read(session: Session) -> str:
        mail = session.scalars(
            select(OutboxMail).where(OutboxMail.kind == "code").order_by(OutboxMail.id.desc())
        ).first()
        assert mail is not None
        return str(mail.parameters["code"])

    return read


@pytest.fixture
def verify(now: datetime, sent_code: Callable[[Session], str]) -> Callable[..., None]:
    """Asks for a code for the draft as it stands, and types it: `verify(session, draft, at=…)`."""

    def do(session: Session, draft: DraftState, at: datetime = now) -> None:
        asked = verification.request_code(
            session,
            conversation_id=draft.conversation_id,
            draft_id=draft.id,
            draft_version=draft.version,
            journey=draft.journey,
            email=str(draft.fields["email"]),
            language=str(draft.fields.get("language") or "fr"),
            hash_key=HASH_KEY,
            now=at,
        )
        assert asked.sent
        outcome = verification.check_code(
            session,
            conversation_id=draft.conversation_id,
            message_id=f"code-for-{draft.id}-{draft.version}",
            code=sent_code(session),
            hash_key=HASH_KEY,
            now=at,
        )
        assert outcome is CodeOutcome.ACCEPTED

    return do


@pytest.fixture
def file(
    now: datetime, full_draft: Callable[..., DraftState], verify: Callable[..., None]
) -> Callable[..., FiledRequest]:
    """Enters, verifies and files a draft: `file(session, organisation, at=…, …)`."""

    def do(
        session: Session, organisation: Organisation, *, at: datetime = now, **fields: str
    ) -> FiledRequest:
        draft = full_draft(session, organisation, **fields)
        verify(session, draft, at)
        return file_request(session, draft.id, HASH_KEY, at)

    return do


@pytest.fixture
def request_of() -> Callable[[Session, str], AuthorisationRequest]:
    """The row of a reference."""

    def find(session: Session, reference: str) -> AuthorisationRequest:
        return session.scalars(
            select(AuthorisationRequest).where(AuthorisationRequest.reference == reference)
        ).one()

    return find


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """The questions put to the database from now on; clear it where counting begins."""
    heard: list[str] = []

    def hear(_: object, __: object, statement: str, *___: object) -> None:
        if not statement.startswith("BEGIN"):
            heard.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(database.engine, "before_cursor_execute", hear)


def _added(session: Session, organisation: Kind) -> Kind:
    directory.index(organisation)
    session.add(organisation)
    session.flush()
    return organisation
