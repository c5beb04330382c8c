"""The way to the database: one engine, and transactions that end well or leave nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker


def make_engine(url: str) -> Engine:
    """An engine for `url`; SQLite gets WAL, foreign keys and transactions that lock at once."""
    # An error's text is made to be logged: it must not repeat what people typed.
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    # None hands BEGIN over to us: the driver would begin only at the first write.
    connection.isolation_level = None
    cursor = connection.cursor()
    # The waiting time first: setting WAL already needs the lock.
    for pragma in (
        "busy_timeout=5000",
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=NORMAL",
        # What is deleted or overwritten, a sent code first of all, leaves no trace in the file.
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # The write lock from the start: a transaction that read first and wrote later could
    # otherwise be refused half-way instead of waiting its turn.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class Database:
    """The register's database, as every entry point holds it."""

    def __init__(self, url: str) -> None:
        """Connects lazily: a wrong `url` shows at the first transaction."""
        self.engine = make_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits at the end, rolls back on any exception, and always closes."""
        with self._sessions.begin() as session:
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()
