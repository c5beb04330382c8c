"""A transaction is kept whole or not at all, and SQLite is set up to be shared."""

from datetime import datetime

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from registry.models import Turn
from registry.services import turns
from registry.session import Database


def count(database: Database) -> int:
    with database.transaction() as session:
        return session.scalars(select(func.count()).select_from(Turn)).one()


def test_a_transaction_is_kept_at_its_end(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        turns.record(session, "a", "m1", None, None, None, "answered", now)
    assert count(database) == 1


def test_an_exception_leaves_nothing(database: Database, now: datetime) -> None:
    class Stop(BaseException):
        """Not an Exception, like the one that ends a failed turn."""

    with pytest.raises(Stop), database.transaction() as session:
        turns.record(session, "a", "m1", None, None, None, "answered", now)
        raise Stop
    assert count(database) == 0


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("synchronous", 1),
        ("secure_delete", 1),
    ],
)
def test_sqlite_is_set_up_to_be_shared(database: Database, pragma: str, value: object) -> None:
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_an_error_of_the_database_repeats_nothing_typed(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError) as refusal, database.transaction() as session:
        turn = {"conversation_id": "a", "message_id": "camille@example.org"}
        for _ in range(2):
            session.execute(insert(Turn).values(**turn, at=now, outcome="answered"))
    assert "INSERT INTO turns" in str(refusal.value)
    assert "camille" not in str(refusal.value)
