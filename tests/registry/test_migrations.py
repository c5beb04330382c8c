"""The migrations give exactly the tables of the models, and can be taken back."""

import io
import re
import sqlite3
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from registry import migrate
from registry.models import Base
from registry.services.directory import OrganisationQuery, search
from registry.session import Database
from registry.vocabulary import Environment


def schema(path: Path) -> dict[str, list[str]]:
    """Each table and index with the parts of the statement that makes it, in any order.

    A column that a migration added stands behind the others, on the line of their last one.
    """
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
    ).fetchall()
    connection.close()
    return {
        name: sorted(filter(None, (part.strip(" \t()") for part in re.split("[,\n]", sql))))
        for name, sql in rows
        if name != "alembic_version"
    }


def test_alembic_finds_nothing_to_change(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrated_tables_are_those_of_the_models_to_the_letter(
    migrated_file: Path, tmp_path: Path
) -> None:
    made = tmp_path / "made.db"
    engine = create_engine(f"sqlite:///{made}")
    Base.metadata.create_all(engine)
    engine.dispose()
    assert schema(migrated_file) == schema(made)


def test_upgrading_again_changes_nothing(database_url: str, migrated_file: Path) -> None:
    migrate.upgrade(database_url)
    assert schema(Path(database_url.removeprefix("sqlite:///"))) == schema(migrated_file)


def test_going_down_leaves_no_table_and_up_again_gives_all(
    database_url: str, migrated_file: Path
) -> None:
    path = Path(database_url.removeprefix("sqlite:///"))
    migrate.downgrade(database_url)
    assert schema(path) == {}
    migrate.upgrade(database_url)
    assert schema(path) == schema(migrated_file)


def test_organisations_of_before_are_found_by_the_search_of_today(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'registry.db'}"
    command.upgrade(migrate.alembic_config(url), "0001")
    connection = sqlite3.connect(tmp_path / "registry.db")
    connection.execute(
        "INSERT INTO organisations"
        " (environment, kind, status, name, country, city, traces_number, search_text, created_at)"
        " VALUES ('production', 'operator', 'Valid', 'Γη Μελιρίνα Ι.Κ.Ε.', 'GR', 'Αθήνα',"
        " 'GR-ORG-OP-9', 'γη μελιρινα ικε|αθηνα|gr org op 9|', '2026-11-23 09:00:00')"
    )
    connection.commit()
    connection.close()
    migrate.upgrade(url)
    database = Database(url)
    with database.transaction() as session:
        for typed in ("Μελιρίνα", "gi melirina", "Athens", "gr-org-op"):
            query = OrganisationQuery(typed, Environment.PRODUCTION)
            assert len(search(session, query).organisations) == 1
    database.close()


def test_events_are_append_only_in_postgresql_too() -> None:
    written = io.StringIO()
    config = migrate.alembic_config("postgresql://localhost/registry")
    config.output_buffer = written
    command.upgrade(config, "head", sql=True)
    statements = re.sub(r"\s+", " ", written.getvalue())
    assert "CREATE FUNCTION request_events_refuse() RETURNS trigger" in statements
    assert (
        "CREATE TRIGGER request_events_refuse BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON request_events FOR EACH STATEMENT" in statements
    )
    assert "WHERE status = 'Requested'" in statements


def test_a_mail_that_was_sent_before_forgets_to_whom(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'registry.db'}"
    config = migrate.alembic_config(url)
    command.upgrade(config, "0003")
    connection = sqlite3.connect(tmp_path / "registry.db")
    connection.executemany(
        "INSERT INTO outbox (kind, recipient, language, parameters, created_at, due_at, attempts,"
        " sent_at) VALUES ('code', 'camille@example.org', 'fr', '{}', '2026-11-23 09:00:00',"
        " '2026-11-23 09:00:00', 0, ?)",
        [("2026-11-23 09:00:01",), (None,)],
    )
    connection.commit()
    command.upgrade(config, "0004")
    recipients = connection.execute("SELECT recipient FROM outbox ORDER BY id").fetchall()
    connection.close()
    assert recipients == [("",), ("camille@example.org",)]
