"""What a person may ask after a code: all that is held of their address, or that it be erased."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import AuditEntry, Draft, VerificationCode
from registry.services import drafts, outbox
from registry.services.privacy import conversations, entered, operators, requests, tickets
from registry.services.privacy.holding import Holding
from registry.services.privacy.person import Person, person_of
from registry.services.requests.proof import check_journey, check_verified, email_in
from registry.vocabulary import LANGUAGES, ActorKind, AuditedAct, DraftStatus, Journey

# The file may be fetched this long after its code.
FILE_LIFE = timedelta(minutes=30)

# A new table with personal data gets a Holding and its place here: export, erasure and the
# audit's counts follow.
HOLDINGS: tuple[Holding, ...] = (
    requests.PERSON,
    requests.REQUESTS,
    requests.CONTACT_OF_OTHERS,
    operators.OPERATORS,
    tickets.TICKETS,
    entered.DRAFTS,
    entered.MAILS,
    entered.CODES,
    conversations.CONVERSATIONS,
    conversations.FEEDBACK,
)


@dataclass(frozen=True)
class Erasure:
    """What an erasure did; `already_done` by the same draft before."""

    cancelled_requests: int
    already_done: bool


def offer_export(session: Session, draft_id: str, hash_key: str, now: datetime) -> None:
    """Close a proven draft of the journey DATA_EXPORT: its file may be fetched from now on.

    Doing so again changes nothing. Raises UnknownDraft, DraftClosed (it was cancelled),
    DraftIncomplete and NotVerified.
    """
    draft, _ = _proven(session, draft_id, Journey.DATA_EXPORT, hash_key)
    _close(draft, now)
    session.flush()


def file_offered(session: Session, conversation_id: str, now: datetime) -> str | None:
    """The draft whose file the conversation may fetch now, or None."""
    return session.scalar(
        select(Draft.id)
        .join(VerificationCode, VerificationCode.draft_id == Draft.id)
        .where(
            Draft.conversation_id == conversation_id,
            Draft.journey == Journey.DATA_EXPORT,
            Draft.state == DraftStatus.FILED,
            VerificationCode.draft_version == Draft.version,
            VerificationCode.accepted_at > now - FILE_LIFE,
        )
        .order_by(VerificationCode.accepted_at.desc())
        .limit(1)
    )


def export(session: Session, draft_id: str, hash_key: str, now: datetime) -> dict[str, Any]:
    """All that the register holds of the address in a proven draft of the journey DATA_EXPORT.

    Plain data with readable keys, times in ISO 8601. The audit keeps that it was given. Raises
    UnknownDraft, DraftClosed (it was cancelled), DraftIncomplete and NotVerified.
    """
    draft, email = _proven(session, draft_id, Journey.DATA_EXPORT, hash_key)
    person = person_of(session, draft, email, hash_key)
    held = {holding.name: holding.tell(session, person) for holding in HOLDINGS}
    counts = {name: len(rows) for name, rows in held.items()}
    _note(session, AuditedAct.EXPORTED, person, counts, now)
    return {"address": email, "exported_at": now.isoformat(timespec="seconds"), **held}


def erase(session: Session, draft_id: str, hash_key: str, now: datetime) -> Erasure:
    """Erase all of the address in a proven draft of the journey DATA_ERASURE, and mail that.

    Open requests are cancelled first. What stays: the requests without their person, their
    history with its opaque ids, figures, and one row of the audit. Erasing by the same draft
    again gives the first result. Raises UnknownDraft, DraftClosed (it was cancelled),
    DraftIncomplete and NotVerified.
    """
    done = session.scalar(
        select(AuditEntry).where(
            AuditEntry.draft_id == draft_id, AuditEntry.action == AuditedAct.ERASED
        )
    )
    if done is not None:
        return Erasure(done.counts["cancelled_requests"], already_done=True)
    draft, email = _proven(session, draft_id, Journey.DATA_ERASURE, hash_key)
    person = person_of(session, draft, email, hash_key)
    cancelled = requests.cancel_open_requests(session, person, now)
    language = draft.fields.get("language")
    # Before the others go: the outbox would give the number of one of them to this mail.
    outbox.enqueue(
        session,
        entered.LAST_MAIL,
        email,
        language if language in LANGUAGES else "fr",
        {"cancelled": cancelled},
        now,
    )
    counts = {holding.name: holding.erase(session, person, now) for holding in HOLDINGS}
    _note(session, AuditedAct.ERASED, person, {"cancelled_requests": cancelled, **counts}, now)
    draft.fields = {}
    _close(draft, now)
    session.flush()
    return Erasure(cancelled, already_done=False)


def _proven(session: Session, draft_id: str, journey: Journey, hash_key: str) -> tuple[Draft, str]:
    """The draft, held, with the address that its code has proven."""
    draft = drafts.lock(session, draft_id)
    check_journey(draft, journey)
    if draft.state == DraftStatus.CANCELLED:
        raise drafts.DraftClosed("The draft was cancelled.")
    email = email_in(draft)
    check_verified(session, draft, email, hash_key)
    return draft, email


def _close(draft: Draft, now: datetime) -> None:
    if draft.state == DraftStatus.OPEN:
        draft.state = DraftStatus.FILED
        draft.updated_at = now


def _note(
    session: Session, act: AuditedAct, person: Person, counts: dict[str, int], now: datetime
) -> None:
    session.add(
        AuditEntry(
            at=now,
            action=act,
            actor_kind=ActorKind.REQUESTER,
            address_hash=person.address_hash,
            draft_id=person.proof,
            counts=counts,
        )
    )
    session.flush()
