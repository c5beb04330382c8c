"""Mails reach a real mail server, with and without a password; refusals are raised."""

import smtplib
import socket
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import AuthResult, LoginPassword

from registry.mail.render import render
from registry.mail.transport import FileTransport, SmtpTransport, compose, transport_of
from registry.services.outbox import DueMail
from registry.settings import Settings, SmtpSettings

LOOPBACK = "127.0.0.1"


class Mailbox(Message):
    """Keeps what the server takes."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[EmailMessage] = []

    def handle_message(self, message: Any) -> None:
        self.taken.append(message)


def know_the_worker(_: Any, __: Any, ___: Any, ____: str, given: Any) -> AuthResult:
    known = isinstance(given, LoginPassword) and given == LoginPassword(b"worker", b"pass phrase")
    return AuthResult(success=known, handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    server = Controller(
        mailbox,
        hostname=LOOPBACK,
        port=free_port(),
        authenticator=know_the_worker,
        auth_require_tls=False,
    )
    server.start()
    yield server.port
    server.stop()


def server_at(port: int, user: str | None = None, password: str | None = None) -> SmtpSettings:
    return SmtpSettings(LOOPBACK, port, starttls=False, user=user, password=password)


def mail(now: datetime) -> EmailMessage:
    due = DueMail(7, "code", "marie@example.org", "fr", {"code": "042137"}, now, 0)
    return compose(due, render("code", "fr", {"code": "042137"}), "no-reply@example.org", now)


def test_a_mail_arrives_with_an_id_of_its_own(mailbox: Mailbox, port: int, now: datetime) -> None:
    SmtpTransport(server_at(port)).send(7, mail(now))
    (taken,) = mailbox.taken
    assert taken["To"] == "marie@example.org"
    assert taken["Message-ID"] == "<outbox-7@example.org>"


def test_the_worker_logs_in_where_it_has_a_user(mailbox: Mailbox, port: int, now: datetime) -> None:
    SmtpTransport(server_at(port, "worker", "pass phrase")).send(7, mail(now))
    assert len(mailbox.taken) == 1


def test_a_wrong_password_is_raised_and_nothing_is_sent(
    mailbox: Mailbox, port: int, now: datetime
) -> None:
    with pytest.raises(smtplib.SMTPAuthenticationError):
        SmtpTransport(server_at(port, "worker", "wrong")).send(7, mail(now))
    assert mailbox.taken == []


def test_a_server_without_starttls_is_refused_where_it_is_wanted(
    mailbox: Mailbox, port: int, now: datetime
) -> None:
    wanting_tls = SmtpSettings(LOOPBACK, port, starttls=True, user=None, password=None)
    with pytest.raises(smtplib.SMTPNotSupportedError):
        SmtpTransport(wanting_tls).send(7, mail(now))
    assert mailbox.taken == []


def test_a_server_that_is_not_there_is_raised(now: datetime) -> None:
    with pytest.raises(ConnectionRefusedError):
        SmtpTransport(server_at(free_port())).send(7, mail(now))


def test_mails_are_files_where_no_server_is_set() -> None:
    secrets = dict.fromkeys(("BOT_SECRET", "ACTIONS_SECRET", "HASH_KEY"), "x" * 20)
    assert isinstance(transport_of(Settings.from_environment(secrets)), FileTransport)
    with_server = {**secrets, "SMTP_HOST": "mail.example.org"}
    assert isinstance(transport_of(Settings.from_environment(with_server)), SmtpTransport)
