"""One kind of data that the register holds of a person: how it is told, how it is erased."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.services.privacy.person import Person

Row = dict[str, Any]


@dataclass(frozen=True)
class Holding:
    """`tell` gives a person's rows as plain data; `erase` returns how many rows it changed."""

    name: str
    tell: Callable[[Session, Person], list[Row]]
    erase: Callable[[Session, Person, datetime], int]


def moment(at: datetime | None) -> str | None:
    """A time as the export writes it."""
    return at.isoformat(timespec="seconds") if at else None


def deleted(session: Session, rows: Any) -> int:
    """Delete what a selection finds; returns how many rows."""
    found = session.scalars(rows).all()
    for row in found:
        session.delete(row)
    session.flush()
    return len(found)
