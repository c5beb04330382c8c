"""A mail is a file that mail programs read: text and HTML, in one message of its own."""

import email
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from registry.mail.render import render
from registry.mail.transport import FileTransport, MailRefused, compose
from registry.services.outbox import DueMail

CODE = {"code": "042137", "journey": "access_request"}


def due_mail(now: datetime) -> DueMail:
    return DueMail(7, "code", "camille@example.org", "fr", CODE, now, 0)


def test_a_mail_is_a_file_that_mail_programs_read(tmp_path: Path, now: datetime) -> None:
    mail = due_mail(now)
    rendered = render(mail.kind, mail.language, mail.parameters)
    FileTransport(tmp_path / "mail").send(
        mail.id, compose(mail, rendered, "no-reply@example.org", now)
    )
    (path,) = (tmp_path / "mail").iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert path.name == "00000007.eml"
    assert (message["From"], message["To"], message["Subject"]) == (
        "no-reply@example.org",
        "camille@example.org",
        "Votre code de vérification",
    )
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Mon, 23 Nov 2026 09:00:00 +0000"
    assert message["Content-Language"] == "fr"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert content(message, "plain") == rendered.body
    assert content(message, "html") == rendered.html


def content(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_mail_travels_in_seven_bits_and_short_lines(now: datetime) -> None:
    mail = due_mail(now)
    wire = compose(mail, render("code", "fr", mail.parameters), "no-reply@example.org", now)
    lines = wire.as_bytes(policy=default).splitlines()
    assert max(map(len, lines)) <= 78
    assert all(line.isascii() for line in lines)


def test_each_attempt_has_the_same_message_id_and_another_mail_another(now: datetime) -> None:
    """The outbox may give the number of a removed mail again."""
    rendered = render("code", "fr", CODE)

    def message_id(created_at: datetime, sent_at: datetime) -> str:
        mail = DueMail(7, "code", "camille@example.org", "fr", {}, created_at, 0)
        return str(compose(mail, rendered, "no-reply@example.org", sent_at)["Message-ID"])

    later = now + timedelta(minutes=11)
    assert message_id(now, now) == message_id(now, later) == "<outbox-7-20261123090000@example.org>"
    assert message_id(later, later) != message_id(now, later)


def test_a_domain_with_accents_travels_in_ascii(now: datetime) -> None:
    mail = DueMail(7, "code", "camille@faß.example", "fr", {}, now, 0)
    message = compose(mail, render("code", "fr", CODE), "no-reply@example.org", now)
    assert message["To"] == "camille@xn--fa-hia.example"


@pytest.mark.parametrize(
    "address", ["camille", "", "camille@", "zoé@example.org", "a b@example.org"]
)
def test_an_address_that_no_mail_can_be_sent_to_is_said_without_it(
    address: str, now: datetime
) -> None:
    mail = DueMail(7, "code", address, "fr", {}, now, 0)
    with pytest.raises(MailRefused) as refusal:
        compose(mail, render("code", "fr", CODE), "no-reply@example.org", now)
    assert str(refusal.value) == "EmailSyntaxError"


def test_a_mail_sent_twice_is_one_file(tmp_path: Path, now: datetime) -> None:
    mail = due_mail(now)
    message = compose(mail, render("code", "fr", mail.parameters), "no-reply@example.org", now)
    transport = FileTransport(tmp_path)
    transport.send(mail.id, message)
    transport.send(mail.id, message)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_line_break_in_an_address_adds_no_header(now: datetime) -> None:
    mail = DueMail(7, "code", "a@example.org\nBcc: b@example.org", "fr", {}, now, 0)
    with pytest.raises(MailRefused):
        compose(mail, render("code", "fr", CODE), "no-reply@example.org", now)
