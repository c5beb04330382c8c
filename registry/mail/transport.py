"""Where mails go: for now, files in a folder, which /mail shows in the demonstration."""

import os
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from registry.mail.render import RenderedMail
from registry.services.outbox import DueMail


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
