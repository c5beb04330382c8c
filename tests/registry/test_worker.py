"""The worker sends what is due, tries again what failed, and stops when told."""

import logging
import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select

from registry import worker
from registry.mail.transport import FileTransport
from registry.models import OutboxMail
from registry.services import outbox
from registry.session import Database
from registry.settings import Retention

ROOT = Path(__file__).parents[2]
SENDER = "no-reply@example.org"
CODE = {"code": "042137", "journey": "access_request"}


def enqueue(database: Database, now: datetime, *recipients: str) -> None:
    with database.transaction() as session:
        for recipient in recipients:
            outbox.enqueue(session, "code", recipient, "fr", CODE, now)


class RefusesOne:
    """A transport that takes every mail but the first."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def send(self, mail_id: int, message: EmailMessage) -> None:
        if mail_id == 1:
            raise ConnectionRefusedError(f"not to {message['To']}")
        self.taken.append(message["To"])


def test_due_mails_go_out_once(database: Database, now: datetime, tmp_path: Path) -> None:
    enqueue(database, now, "a@example.org", "b@example.org")
    transport = FileTransport(tmp_path / "mail")
    assert worker.send_due(database, transport, SENDER, now) == 2
    assert worker.send_due(database, transport, SENDER, now) == 0
    assert len(list((tmp_path / "mail").iterdir())) == 2


def test_one_mail_that_fails_does_not_keep_the_others(database: Database, now: datetime) -> None:
    enqueue(database, now, "a@example.org", "b@example.org")
    transport = RefusesOne()
    assert worker.send_due(database, transport, SENDER, now) == 1
    assert transport.taken == ["b@example.org"]
    with database.transaction() as session:
        (failed,) = outbox.due(session, now + timedelta(seconds=30), 10)
        error = session.scalars(select(OutboxMail.last_error).where(OutboxMail.id == 1)).one()
    assert (failed.recipient, failed.attempts) == ("a@example.org", 1)
    assert error == "ConnectionRefusedError"


def test_a_sent_code_is_nowhere_in_the_database(
    database: Database, database_url: str, now: datetime, tmp_path: Path
) -> None:
    enqueue(database, now, "a@example.org")
    worker.send_due(database, RefusesOne(), SENDER, now)
    with database.transaction() as session:
        assert session.scalars(select(OutboxMail.parameters)).one() == CODE
    later = now + timedelta(minutes=1)
    assert worker.send_due(database, FileTransport(tmp_path / "mail"), SENDER, later) == 1
    with database.transaction() as session:
        assert session.scalars(select(OutboxMail.parameters)).one() == {}
    # The last connection brings what was written beside the file into it.
    database.close()
    path = Path(database_url.removeprefix("sqlite:///"))
    assert [kept.name for kept in path.parent.glob("registry.db*")] == ["registry.db"]
    assert b"042137" not in path.read_bytes()
    (shown,) = (tmp_path / "mail").iterdir()
    assert b"042137" in shown.read_bytes()


def test_the_log_holds_no_address_and_no_code(
    database: Database, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    enqueue(database, now, "a@example.org", "b@example.org")
    with caplog.at_level(logging.DEBUG):
        worker.send_due(database, RefusesOne(), SENDER, now)
    assert "mail 1 failed: ConnectionRefusedError" in caplog.text
    assert "mail 2 sent" in caplog.text
    assert "example.org" not in caplog.text
    assert "042137" not in caplog.text


def test_a_database_that_fails_is_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0.01)
    without_tables = Database(f"sqlite:///{tmp_path}/empty.db")
    stop = Event()
    running = Thread(
        target=worker.run,
        args=(without_tables, FileTransport(tmp_path), SENDER, Retention(), stop),
    )
    running.start()
    deadline = time.monotonic() + 10
    while caplog.text.count("the database failed: OperationalError") < 2:
        assert time.monotonic() < deadline
    assert running.is_alive()
    stop.set()
    running.join(10)
    assert not running.is_alive()
    without_tables.close()


def test_the_process_sends_and_stops_on_sigterm(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    enqueue(database, datetime.now().astimezone(), "a@example.org")
    environ = {
        **os.environ,
        "VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": database_url,
        "MAIL_DIR": str(tmp_path / "mail"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "registry.worker"],
        cwd=ROOT,
        env=environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "mail 1 sent" in line:
            break
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "the worker has stopped" in rest
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["00000001.eml"]
