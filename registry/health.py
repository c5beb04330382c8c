"""Whether the database can be read and is whole, said in one line for whoever starts the house."""

from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool


class DatabaseDamaged(Exception):
    """The SQLite file is not a whole database; the message names it and says what to do."""


class DatabaseUnreachable(Exception):
    """The database does not answer; the message names it, without its password."""


def check_database(url: str) -> None:
    """Read the database once, a SQLite file wholly; a file that does not exist yet is fine.

    Raises DatabaseDamaged or DatabaseUnreachable.
    """
    parsed = make_url(url)
    shown = parsed.render_as_string(hide_password=True)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    if is_sqlite and not Path(parsed.database or "").exists():
        return
    question = "PRAGMA quick_check(1)" if is_sqlite else "SELECT 'ok'"
    try:
        # No pool: the connection is closed when it is given back.
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            answer = connection.exec_driver_sql(question).scalar_one()
    except OperationalError as error:
        raise DatabaseUnreachable(
            f"The database {shown} cannot be opened: {error.orig}."
        ) from error
    except DatabaseError as error:
        raise _damaged(parsed.database) from error
    except (SQLAlchemyError, ImportError) as error:
        raise _unreachable(shown, error) from error
    if answer != "ok":
        raise _damaged(parsed.database)


def _unreachable(shown: str, cause: BaseException | None) -> DatabaseUnreachable:
    # The first line only: drivers add paragraphs of advice.
    line = str(cause).partition("\n")[0]
    return DatabaseUnreachable(f"The database {shown} cannot be opened: {line}")


def _damaged(file: str | None) -> DatabaseDamaged:
    return DatabaseDamaged(
        f"The database file {file} is damaged: restore a backup of it, or move it away to start"
        " with an empty one."
    )
