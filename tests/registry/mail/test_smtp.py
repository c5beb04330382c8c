"""Mails reach a real mail server, encrypted and with a password; a refusal loses none of them."""

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from sqlalchemy import select

from registry import worker
from registry.mail.render import render
from registry.mail.transport import FileTransport, SmtpTransport, compose, transport_of
from registry.models import OutboxMail
from registry.services import outbox
from registry.services.outbox import DueMail
from registry.session import Database
from registry.settings import Settings, SmtpSettings

LOOPBACK = "127.0.0.1"
USER, PASSWORD = "worker", "pass phrase"
SENDER = "no-reply@example.org"
CODE = {"code": "042137", "journey": "access_request"}


class Mailbox(Message):
    """Keeps what the server takes, and whether it came encrypted."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[EmailMessage] = []
        self.encrypted: list[bool] = []
        self.users: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.encrypted.append(session.ssl is not None)
        self.users.append(session.auth_data)
        return str(await super().handle_DATA(server, session, envelope))

    def handle_message(self, message: Any) -> None:
        self.taken.append(message)


def know_the_worker(_: Any, __: Any, ___: Any, ____: str, given: Any) -> AuthResult:
    known = isinstance(given, LoginPassword) and given == LoginPassword(
        USER.encode(), PASSWORD.encode()
    )
    return AuthResult(success=known, handled=False, auth_data=USER if known else None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def serve() -> Iterator[Callable[..., int]]:
    """Starts a mail server and gives its port: `serve(handler, server_class=…, **options)`."""
    started: list[Controller] = []

    def start(handler: Any, server_class: type[SMTP] = SMTP, **options: Any) -> int:
        class Chosen(Controller):
            def factory(self) -> SMTP:
                return server_class(self.handler, **self.SMTP_kwargs)

        server = Chosen(handler, hostname=LOOPBACK, port=free_port(), **options)
        server.start()
        started.append(server)
        return int(server.port)

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def port(mailbox: Mailbox, serve: Callable[..., int]) -> int:
    """A server without encryption."""
    return serve(mailbox, authenticator=know_the_worker, auth_require_tls=False)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    """What the transport checks certificates with by default, trusting our authority."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def serve_tls(
    mailbox: Mailbox, serve: Callable[..., int], authority: trustme.CA
) -> Callable[..., int]:
    """Starts a server that wants STARTTLS and a password, with a certificate for `name`."""

    def start(name: str = LOOPBACK) -> int:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        return serve(
            mailbox,
            tls_context=context,
            require_starttls=True,
            authenticator=know_the_worker,
            auth_required=True,
        )

    return start


def server_at(port: int, *, starttls: bool = False, password: str | None = None) -> SmtpSettings:
    user = USER if password else None
    return SmtpSettings(LOOPBACK, port, starttls=starttls, user=user, password=password)


def mail(now: datetime) -> EmailMessage:
    due = DueMail(7, "code", "marie@example.org", "fr", CODE, now, 0)
    return compose(due, render("code", "fr", CODE), SENDER, now)


def enqueue(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        outbox.enqueue(session, "code", "marie@example.org", "fr", CODE, now)


def in_outbox(database: Database) -> OutboxMail:
    with database.transaction() as session:
        return session.scalars(select(OutboxMail)).one()


def test_a_mail_arrives_whole_with_an_id_of_its_own(
    mailbox: Mailbox, port: int, now: datetime
) -> None:
    SmtpTransport(server_at(port)).send(7, mail(now))
    (taken,) = mailbox.taken
    assert taken["To"] == "marie@example.org"
    assert taken["Message-ID"] == "<outbox-7-20261123090000@example.org>"
    text, html = taken.get_payload()
    said = text.get_payload(decode=True).decode()
    assert "042137" in said
    assert "Votre code de vérification" in said
    assert "042137" in html.get_payload(decode=True).decode()


def test_the_worker_logs_in_where_it_has_a_user(mailbox: Mailbox, port: int, now: datetime) -> None:
    SmtpTransport(server_at(port, password=PASSWORD)).send(7, mail(now))
    assert mailbox.users == [USER]


def test_a_wrong_password_is_raised_and_nothing_is_sent(
    mailbox: Mailbox, port: int, now: datetime
) -> None:
    with pytest.raises(smtplib.SMTPAuthenticationError):
        SmtpTransport(server_at(port, password="wrong")).send(7, mail(now))
    assert mailbox.taken == []


def test_a_mail_and_the_password_travel_encrypted(
    mailbox: Mailbox, serve_tls: Callable[..., int], trusting: ssl.SSLContext, now: datetime
) -> None:
    server = server_at(serve_tls(), starttls=True, password=PASSWORD)
    SmtpTransport(server, trusting).send(7, mail(now))
    assert (len(mailbox.taken), mailbox.encrypted, mailbox.users) == (1, [True], [USER])


def test_a_certificate_that_nobody_vouches_for_is_refused(
    mailbox: Mailbox, serve_tls: Callable[..., int], now: datetime
) -> None:
    server = server_at(serve_tls(), starttls=True, password=PASSWORD)
    with pytest.raises(ssl.SSLCertVerificationError):
        SmtpTransport(server).send(7, mail(now))
    assert mailbox.taken == []


def test_a_certificate_of_another_server_is_refused(
    mailbox: Mailbox, serve_tls: Callable[..., int], trusting: ssl.SSLContext, now: datetime
) -> None:
    server = server_at(serve_tls("mail.example.org"), starttls=True, password=PASSWORD)
    with pytest.raises(ssl.SSLCertVerificationError):
        SmtpTransport(server, trusting).send(7, mail(now))
    assert mailbox.taken == []


def test_a_wrong_password_is_refused_over_tls_too(
    mailbox: Mailbox, serve_tls: Callable[..., int], trusting: ssl.SSLContext, now: datetime
) -> None:
    server = server_at(serve_tls(), starttls=True, password="wrong")
    with pytest.raises(smtplib.SMTPAuthenticationError):
        SmtpTransport(server, trusting).send(7, mail(now))
    assert mailbox.taken == []


def test_a_server_without_starttls_is_refused_where_it_is_wanted(
    mailbox: Mailbox, port: int, now: datetime
) -> None:
    """The password is not given away either."""
    with pytest.raises(smtplib.SMTPNotSupportedError):
        SmtpTransport(server_at(port, starttls=True, password=PASSWORD)).send(7, mail(now))
    assert (mailbox.taken, mailbox.users) == ([], [])


def test_a_server_that_is_not_there_is_raised(now: datetime) -> None:
    with pytest.raises(ConnectionRefusedError):
        SmtpTransport(server_at(free_port())).send(7, mail(now))


def test_a_mail_is_tried_again_until_the_server_can_be_trusted(
    database: Database,
    mailbox: Mailbox,
    serve_tls: Callable[..., int],
    trusting: ssl.SSLContext,
    now: datetime,
) -> None:
    """Whatever is wrong with the server, the mail and its code wait; sent, the code is gone."""
    enqueue(database, now)
    port = serve_tls()
    attempts = [
        (SmtpTransport(server_at(free_port())), "ConnectionRefusedError"),
        (SmtpTransport(server_at(port, starttls=True)), "SSLCertVerificationError"),
        (
            SmtpTransport(server_at(port, starttls=True, password="wrong"), trusting),
            "SMTPAuthenticationError",
        ),
    ]
    at = now
    for transport, error in attempts:
        assert worker.send_due(database, transport, SENDER, at) == 0
        row = in_outbox(database)
        assert (row.last_error, row.parameters) == (error, CODE)
        at += timedelta(minutes=2)
    right = SmtpTransport(server_at(port, starttls=True, password=PASSWORD), trusting)
    assert worker.send_due(database, right, SENDER, at) == 1
    assert worker.send_due(database, right, SENDER, at + timedelta(days=1)) == 0
    assert len(mailbox.taken) == 1
    row = in_outbox(database)
    assert (row.sent_at, row.parameters, row.last_error, row.attempts) == (at, {}, None, 4)


class DropsTheFirst(SMTP):
    """Closes the first connection in the middle of the mail, before it is taken."""

    dropped = False

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if type(self).dropped:
            await super().smtp_DATA(arg)
        else:
            type(self).dropped = True
            self.transport.close()


def test_a_dropped_connection_is_tried_again_later(
    database: Database, mailbox: Mailbox, serve: Callable[..., int], now: datetime
) -> None:
    enqueue(database, now)
    DropsTheFirst.dropped = False
    transport = SmtpTransport(server_at(serve(mailbox, DropsTheFirst)))
    assert worker.send_due(database, transport, SENDER, now) == 0
    assert worker.send_due(database, transport, SENDER, now + timedelta(seconds=29)) == 0
    assert worker.send_due(database, transport, SENDER, now + timedelta(seconds=30)) == 1
    assert len(mailbox.taken) == 1


class Rude(SMTP):
    """Takes the mail, then answers the goodbye with an error."""

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802
        await self.push("554 not polite")


class Absent(SMTP):
    """Takes the mail, then is gone without a goodbye."""

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802
        self.transport.close()


@pytest.mark.parametrize("server_class", [Rude, Absent])
def test_a_mail_that_was_taken_is_sent_whatever_comes_after(
    database: Database,
    mailbox: Mailbox,
    serve: Callable[..., int],
    now: datetime,
    server_class: type[SMTP],
) -> None:
    enqueue(database, now)
    transport = SmtpTransport(server_at(serve(mailbox, server_class)))
    assert worker.send_due(database, transport, SENDER, now) == 1
    assert worker.send_due(database, transport, SENDER, now + timedelta(days=1)) == 0
    assert len(mailbox.taken) == 1


def test_a_mail_that_was_taken_is_not_sent_again_when_noting_it_failed(
    database: Database,
    mailbox: Mailbox,
    port: int,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enqueue(database, now)
    transport = SmtpTransport(server_at(port))
    with monkeypatch.context() as broken:

        def fail(*_: object) -> None:
            raise OSError("no space left on device")

        broken.setattr(outbox, "mark_sent", fail)
        with pytest.raises(OSError, match="no space"):
            worker.send_due(database, transport, SENDER, now)
    assert worker.send_due(database, transport, SENDER, now) == 1
    assert in_outbox(database).sent_at == now
    assert len(mailbox.taken) == 1


class Answers:
    """Answers so to the sender, the reader and the message; each is welcome unless said."""

    def __init__(self, **answers: str) -> None:
        self._answers = answers

    async def handle_MAIL(self, _: Any, __: Any, envelope: Any, sender: str, ___: Any) -> str:  # noqa: N802
        envelope.mail_from = sender
        return self._answers.get("sender", "250 OK")

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, reader: str, ___: Any) -> str:  # noqa: N802
        envelope.rcpt_tos.append(reader)
        return self._answers.get("reader", "250 OK")

    async def handle_DATA(self, *_: Any) -> str:  # noqa: N802
        return self._answers.get("message", "250 OK")


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"reader": "550 <marie@example.org>: no such user"}, "SMTPRecipientsRefused 550"),
        ({"reader": "556 5.1.10 example.org takes no mail"}, "SMTPRecipientsRefused 556"),
        ({"message": "554 5.6.0 this is no message"}, "SMTPDataError 554"),
    ],
)
def test_a_mail_refused_for_good_is_given_up_at_once(
    database: Database,
    serve: Callable[..., int],
    now: datetime,
    caplog: pytest.LogCaptureFixture,
    answers: dict[str, str],
    error: str,
) -> None:
    enqueue(database, now)
    transport = SmtpTransport(server_at(serve(Answers(**answers))))
    assert worker.send_due(database, transport, SENDER, now) == 0
    kept = in_outbox(database)
    assert (kept.given_up_at, kept.sent_at, kept.last_error) == (now, None, error)
    assert (kept.recipient, kept.parameters) == ("", {})
    assert f"mail {kept.id} given up: {error}" in caplog.text
    with database.transaction() as session:
        assert outbox.due(session, now + timedelta(days=1), 10) == ()


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"reader": "451 4.7.1 greylisted, come back later"}, "SMTPRecipientsRefused"),
        ({"reader": "554 5.7.1 <marie@example.org>: relay access denied"}, "SMTPRecipientsRefused"),
        ({"reader": "530 who are you"}, "SMTPRecipientsRefused"),
        ({"sender": "550 5.1.8 we know no such sender"}, "SMTPSenderRefused"),
        ({"message": "452 4.3.1 no space left"}, "SMTPDataError"),
    ],
)
def test_what_may_pass_or_is_about_us_is_tried_again(
    database: Database,
    serve: Callable[..., int],
    now: datetime,
    answers: dict[str, str],
    error: str,
) -> None:
    enqueue(database, now)
    transport = SmtpTransport(server_at(serve(Answers(**answers))))
    assert worker.send_due(database, transport, SENDER, now) == 0
    kept = in_outbox(database)
    assert (kept.given_up_at, kept.last_error) == (None, error)
    with database.transaction() as session:
        (again,) = outbox.due(session, now + timedelta(minutes=1), 10)
    assert again.recipient == "marie@example.org"


def test_a_wrong_password_gives_up_no_mail(database: Database, port: int, now: datetime) -> None:
    """It is ours to mend: what waited until then is sent."""
    enqueue(database, now)
    wrong = SmtpTransport(server_at(port, password="wrong"))
    later = now
    for _ in range(20):
        assert worker.send_due(database, wrong, SENDER, later) == 0
        assert in_outbox(database).last_error == "SMTPAuthenticationError"
        later = in_outbox(database).due_at
    assert later - now > timedelta(days=2)
    right = SmtpTransport(server_at(port, password=PASSWORD))
    assert worker.send_due(database, right, SENDER, later) == 1


def test_mails_are_files_where_no_server_is_set() -> None:
    secrets = dict.fromkeys(("BOT_SECRET", "ACTIONS_SECRET", "HASH_KEY"), "x" * 20)
    assert isinstance(transport_of(Settings.from_environment(secrets)), FileTransport)
    with_server = {**secrets, "SMTP_HOST": "mail.example.org"}
    assert isinstance(transport_of(Settings.from_environment(with_server)), SmtpTransport)
