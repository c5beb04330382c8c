"""Taking a SQLite database away for a while."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Nobody else writes to it meanwhile."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def without_table(database: Path, table: str) -> Iterator[None]:
    """The table cannot be found meanwhile; nothing in it is lost."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=10)) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO hidden_{table}")
        yield
        connection.execute(f"ALTER TABLE hidden_{table} RENAME TO {table}")
