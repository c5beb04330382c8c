"""Where mails go: to a mail server, or into files that /mail shows in the demonstration."""

import os
import smtplib
import ssl
from collections import deque
from contextlib import closing, suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from email_validator import EmailNotValidError, validate_email

from registry.mail.render import RenderedMail
from registry.services.outbox import DueMail
from registry.settings import Settings, SmtpSettings

SMTP_TIMEOUT_SECONDS = 15
TAKEN_REMEMBERED = 1000
# Answers to a mail that are about us: no password was given, or a wrong one.
UNKNOWN_TO_THE_SERVER = (530, 534, 535, 538)


class MailRefused(Exception):
    """The mail will never be taken as it is; the message names why, without an address."""


class Transport(Protocol):
    """Anything that takes a finished message away; raises when it could not."""

    def send(self, mail_id: int, message: EmailMessage) -> None:
        """Send the outbox's mail of that id; the same id again must not make a second mail.

        Raises MailRefused where trying again is of no use.
        """


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
    """Hands each mail to a mail server, one connection a mail.

    The server's certificate is checked against the machine's authorities, or as `tls` says.
    """

    def __init__(self, smtp: SmtpSettings, tls: ssl.SSLContext | None = None) -> None:
        self._smtp = smtp
        self._tls = tls or ssl.create_default_context()
        # What the server took, in case noting it in the outbox fails and it is sent again.
        self._taken: deque[str] = deque(maxlen=TAKEN_REMEMBERED)

    def send(self, mail_id: int, message: EmailMessage) -> None:
        """Send the mail. Raises OSError, of which smtplib.SMTPException is a kind, and MailRefused.

        It is refused where the server will never take this reader or this message. That it does
        not want us (the connection, the password, the sender) is for us to mend: no refusal.
        A connection lost before the server's answer to the whole mail makes the outbox send it
        again: its Message-ID lets the reader's mail program see that it is the same one.
        """
        if message["Message-ID"] in self._taken:
            return
        server = smtplib.SMTP(self._smtp.host, self._smtp.port, timeout=SMTP_TIMEOUT_SECONDS)
        with closing(server):
            if self._smtp.starttls:
                server.starttls(context=self._tls)
            if self._smtp.user:
                server.login(self._smtp.user, self._smtp.password or "")
            self._hand_over(server, message)
            self._taken.append(message["Message-ID"])
            # The mail is taken: what goes wrong with the goodbye does not count.
            with suppress(OSError):
                server.quit()

    @staticmethod
    def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refusal:
            # One mail has one reader.
            ((code, answer),) = refusal.recipients.values()
            _check_may_be_taken_later(refusal, code, answer)
            raise
        except smtplib.SMTPDataError as refusal:
            _check_may_be_taken_later(refusal, refusal.smtp_code, refusal.smtp_error)
            raise


def transport_of(settings: Settings) -> Transport:
    """The mail server where one is set, else the folder of the demonstration."""
    return SmtpTransport(settings.smtp) if settings.smtp else FileTransport(settings.mail_dir)


def compose(mail: DueMail, rendered: RenderedMail, sender: str, now: datetime) -> EmailMessage:
    """The message as it travels, dated `now`, marked as sent by a machine (RFC 3834).

    Its Message-ID is the same at each attempt, and no other mail's: the outbox may give the
    number of a removed mail again, but not with the same second. Raises MailRefused for an
    address that no mail can be sent to.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = _travelling(mail.recipient)
    reply_to = mail.parameters.get("reply_to")
    if reply_to:
        message["Reply-To"] = _travelling(reply_to)
    message["Subject"] = rendered.subject
    message["Date"] = format_datetime(now)
    domain = message["From"].addresses[0].domain
    message["Message-ID"] = f"<outbox-{mail.id}-{mail.created_at:%Y%m%d%H%M%S}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    # Quoted-printable: no server on the way has to know of 8 bits or long lines.
    message.set_content(rendered.body, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    # Set before, it would have gone into the text's part, as all Content-… headers do.
    message["Content-Language"] = mail.language
    return message


def _travelling(address: str) -> str:
    """The address with its domain in ASCII: one with accents would be refused by most servers."""
    try:
        usable = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise MailRefused(type(error).__name__) from error
    return usable.ascii_email or address


def _check_may_be_taken_later(refusal: Exception, code: int, answer: bytes | str) -> None:
    """Raises MailRefused where the answer is final (RFC 5321: 5yz) and not about ourselves."""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    # RFC 3463: 5.7 is what the server's policy does not let us do, to relay first of all.
    is_about_us = code in UNKNOWN_TO_THE_SERVER or text.startswith("5.7.")
    if code // 100 == 5 and not is_about_us:
        raise MailRefused(f"{type(refusal).__name__} {code}") from refusal
