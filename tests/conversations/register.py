"""What the register holds of one run of a story, read by a connection of the tests' own."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

from sqlalchemy import select

from registry.models import (
    AuthorisationRequest,
    Draft,
    OutboxMail,
    Ticket,
    User,
    VerificationCode,
)
from registry.services import sessions
from tests.conversations.house import House

Fact = int | str | None


def conversation_of(house: House, token: str) -> str:
    """The conversation that a session's token opens."""
    with house.database.transaction() as session:
        found = sessions.find(session, token, house.settings.hash_key, datetime.now(UTC))
    assert found is not None
    return found.conversation_id


def facts(house: House, conversation_id: str, emails: Iterable[str]) -> dict[str, Fact]:
    """What is there of a person (requests) and of a conversation (drafts, codes).

    Counts by plain names, and of the latest request: its organisation, site, status,
    language, reference and who asked.
    """
    with house.database.transaction() as session:
        requests = session.scalars(
            select(AuthorisationRequest)
            .join(User)
            .where(User.email.in_(list(emails)))
            .order_by(AuthorisationRequest.id)
        ).all()
        drafts = session.scalars(select(Draft).where(Draft.conversation_id == conversation_id))
        states = Counter(draft.state.value for draft in drafts)
        codes = session.scalars(
            select(VerificationCode.id).where(VerificationCode.conversation_id == conversation_id)
        ).all()
        tickets = session.scalars(
            select(Ticket.id).where(Ticket.conversation_id == conversation_id)
        ).all()
        counted: dict[str, Fact] = {
            "tickets": len(tickets),
            "requests": len(requests),
            "events": sum(len(request.events) for request in requests),
            "open drafts": states["open"],
            "filed drafts": states["filed"],
            "cancelled drafts": states["cancelled"],
            "codes": len(codes),
        }
        if not requests:
            return counted
        latest = requests[-1]
        return counted | {
            "organisation": latest.organisation.name,
            "site": latest.environment.value,
            "status": latest.status.value,
            "language": latest.language,
            "reference": latest.reference,
            "name": latest.user.full_name,
            "email": latest.user.email,
        }


def mails_written(house: House, kind: str | None, emails: Iterable[str]) -> list[str]:
    """The recipients of the mails of `kind` (None: all) put into the outbox, oldest first."""
    wanted = select(OutboxMail).order_by(OutboxMail.id)
    if kind:
        wanted = wanted.where(OutboxMail.kind == kind)
    known = frozenset(emails)
    with house.database.transaction() as session:
        recipients = [_recipient(house, mail) for mail in session.scalars(wanted)]
    return [recipient for recipient in recipients if recipient in known]


def _recipient(house: House, mail: OutboxMail) -> str:
    """To whom a mail goes; the outbox forgets it once it was sent, the file then knows."""
    if mail.sent_at is None:
        return mail.recipient
    path = house.settings.mail_dir / f"{mail.id:08d}.eml"
    return str(message_from_bytes(path.read_bytes(), policy=default)["To"])
