"""What the commands share: their refusal, the register they work on, and how they write."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from registry import migrate
from registry.health import check_database
from registry.session import Database
from registry.settings import Settings

# A list is read in a terminal: its last column may be cut.
LONGEST_CELL = 48
CUT = "…"

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


class CommandRefused(Exception):
    """The command cannot be run here; the message is one plain line."""


def bring_up_to_date(settings: Settings) -> None:
    """Bring the register's tables up to date, in a new database if there is none."""
    check_database(settings.database_url)
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    migrate.upgrade(settings.database_url)


@contextmanager
def register(settings: Settings) -> Iterator[Session]:
    """One transaction on the register, its tables up to date."""
    bring_up_to_date(settings)
    database = Database(settings.database_url)
    try:
        with database.transaction() as session:
            yield session
    finally:
        database.close()


def now() -> datetime:
    """The time, aware of its zone."""
    return datetime.now(UTC)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under their header, in columns as wide as they need."""
    lines = [header, *([_cut(cell) for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def moment(at: datetime) -> str:
    """A time as lists and stories show it, in UTC."""
    return at.strftime("%Y-%m-%d %H:%M")


def _cut(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= LONGEST_CELL else f"{line[: LONGEST_CELL - 1].rstrip()}{CUT}"
