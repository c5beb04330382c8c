"""What the register does not keep: ended sessions, old codes, code mails nobody can use.

The outbox itself forgets a mail's address and contents once it was sent or given up.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from registry.models import ConversationSession, OutboxMail, VerificationCode
from registry.services.verification import LIFE

# An accepted code is proof for its draft as long as a session lasts by default.
CODES_KEPT = timedelta(hours=24)


def remove_expired(session: Session, now: datetime) -> None:
    """Delete sessions that expired, codes a day old, unsent mails whose code has expired."""
    session.execute(delete(ConversationSession).where(ConversationSession.expires_at <= now))
    session.execute(delete(VerificationCode).where(VerificationCode.created_at <= now - CODES_KEPT))
    session.execute(
        delete(OutboxMail).where(
            OutboxMail.kind == "code",
            OutboxMail.sent_at.is_(None),
            OutboxMail.given_up_at.is_(None),
            OutboxMail.created_at <= now - LIFE,
        )
    )
