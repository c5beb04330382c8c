"""Where mails go: to a mail server, or into files that /mail shows in the demonstration."""

import os
import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from registry.mail.render import RenderedMail
from registry.services.outbox import DueMail
from registry.settings import Settings, SmtpSettings

SMTP_TIMEOUT_SECONDS = 15


class Transport(Protocol):
    """Anything that takes a finished message away; raises when it could not."""

    def send(self, mail_id: int, message: EmailMessage) -> None:
        """Send the outbox's mail of that id; the same id again must not make a second mail."""


class FileTransport:
    """Writes each mail into a folder as `<id of the mail>.eml`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail_id: int, message: EmailMessage) -> None:
        """Write the mail whole or not at all. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{mail_id:08d}.eml"
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(message.as_bytes(policy=SMTP))
        os.replace(unfinished, path)


class SmtpTransport:
    """Hands each mail to a mail server, one connection a mail."""

    def __init__(self, smtp: SmtpSettings, tls: ssl.SSLContext | None = None) -> None:
        self._smtp = smtp
        self._tls = tls or ssl.create_default_context()

    def send(self, mail_id: int, message: EmailMessage) -> None:
        """Send the mail. Raises OSError and smtplib.SMTPException.

        A connection lost at the very end makes the outbox send it again: the mail's own id in
        Message-ID lets the reader's mail program see that it is the same one.
        """
        domain = message["From"].addresses[0].domain
        message["Message-ID"] = f"<outbox-{mail_id}@{domain}>"
        with smtplib.SMTP(
            self._smtp.host, self._smtp.port, timeout=SMTP_TIMEOUT_SECONDS
        ) as connection:
            if self._smtp.starttls:
                connection.starttls(context=self._tls)
            if self._smtp.user:
                connection.login(self._smtp.user, self._smtp.password or "")
            connection.send_message(message)


def transport_of(settings: Settings) -> Transport:
    """The mail server where one is set, else the folder of the demonstration."""
    return SmtpTransport(settings.smtp) if settings.smtp else FileTransport(settings.mail_dir)


def compose(mail: DueMail, rendered: RenderedMail, sender: str, now: datetime) -> EmailMessage:
    """The message as it travels, dated `now`, marked as sent by a machine (RFC 3834)."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.recipient
    message["Subject"] = rendered.subject
    message["Date"] = format_datetime(now)
    message["Content-Language"] = mail.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(rendered.body)
    return message
