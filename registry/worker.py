"""The worker: sends what is due in the outbox, removes what has expired, until told to stop.

Run as `python -m registry.worker`. Its log names mails by number, never by address.
"""

import logging
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from registry.mail.render import render
from registry.mail.transport import MailRefused, Transport, compose, transport_of
from registry.services import outbox, retention
from registry.services.outbox import DueMail
from registry.session import Database
from registry.settings import (
    Retention,
    Settings,
    SettingsError,
    ensure_secrets,
    load_environment_files,
)

ROOT = Path(__file__).parents[1]
PAUSE_SECONDS = 1.0
BATCH = 50
REMOVE_EVERY = timedelta(minutes=1)

log = logging.getLogger("registry.worker")


def send_due(database: Database, transport: Transport, sender: str, now: datetime) -> int:
    """Send the mails due at `now`; returns how many went out. Those that fail wait longer."""
    with database.transaction() as session:
        mails = outbox.due(session, now, BATCH)
    return sum(_send(database, transport, sender, mail, now) for mail in mails)


def run(
    database: Database, transport: Transport, sender: str, kept: Retention, stop: Event
) -> None:
    """Work until `stop` is set. A database that fails for a while is waited for."""
    remove_at = datetime.now(UTC)
    while not stop.is_set():
        now = datetime.now(UTC)
        try:
            send_due(database, transport, sender, now)
            if now >= remove_at:
                with database.transaction() as session:
                    retention.remove_expired(session, kept, now)
                remove_at = now + REMOVE_EVERY
        except SQLAlchemyError as error:
            # The name alone: the message would repeat the statement's values.
            log.error("the database failed: %s", type(error).__name__)
        stop.wait(PAUSE_SECONDS)


def main() -> int:
    """Run until SIGTERM or Ctrl-C; returns the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    load_environment_files(ROOT)
    try:
        ensure_secrets(ROOT)
        settings = Settings.from_environment()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    database = Database(settings.database_url)
    log.info("the worker has started")
    run(database, transport_of(settings), settings.mail_from, settings.retention, stop)
    database.close()
    log.info("the worker has stopped")
    return 0


def _send(
    database: Database, transport: Transport, sender: str, mail: DueMail, now: datetime
) -> bool:
    """One mail, outside any transaction: a slow mail server must not hold the database."""
    try:
        rendered = render(mail.kind, mail.language, mail.parameters)
        transport.send(mail.id, compose(mail, rendered, sender, now))
    except Exception as error:  # one mail that fails must not keep the others from going
        _note_failure(database, mail, error, now)
        return False
    with database.transaction() as session:
        outbox.mark_sent(session, mail.id, now)
    log.info("mail %d sent", mail.id)
    return True


def _note_failure(database: Database, mail: DueMail, error: Exception, now: datetime) -> None:
    is_refused = isinstance(error, MailRefused)
    cause = str(error) if is_refused else type(error).__name__
    with database.transaction() as session:
        is_given_up = outbox.mark_failed(session, mail.id, cause, now, for_good=is_refused)
    if is_given_up:
        log.error("mail %d given up: %s", mail.id, cause)
    else:
        log.warning("mail %d failed: %s", mail.id, cause)


if __name__ == "__main__":
    sys.exit(main())
