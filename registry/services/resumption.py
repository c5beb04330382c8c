"""Taking up a request begun in another conversation: after a code that proves its address."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from registry.models import Draft
from registry.services import drafts
from registry.services.drafts import DraftState
from registry.services.requests.proof import check_journey, check_verified, email_in
from registry.vocabulary import DraftStatus, Journey


def take_up(session: Session, proof_id: str, hash_key: str, now: datetime) -> DraftState | None:
    """Bring the latest open draft of a request with the proven address into this conversation.

    `proof_id` is a draft of the journey RESUMPTION, whose conversation takes the request's draft
    over; what was begun there itself is cancelled. Again, the same draft is found again. None
    where there is no such draft. Raises UnknownDraft, DraftClosed, DraftIncomplete, NotVerified.
    """
    proof = drafts.lock(session, proof_id)
    check_journey(proof, Journey.RESUMPTION)
    if proof.state != DraftStatus.OPEN:
        raise drafts.DraftClosed(f"The draft was {proof.state}.")
    email = email_in(proof)
    check_verified(session, proof, email, hash_key)
    found = session.scalar(_begun_by(email))
    if found is None:
        return None
    if found.conversation_id != proof.conversation_id:
        own = drafts.open_draft(session, proof.conversation_id, Journey.ACCESS_REQUEST, now)
        drafts.cancel(session, own.id, now)
        drafts.lock(session, found.id).conversation_id = proof.conversation_id
        session.flush()
    return drafts.get(session, found.id)


def _begun_by(email: str) -> Select[Draft]:
    """The open draft of a request that holds this address, the latest touched."""
    held = func.lower(Draft.fields["email"].as_string())
    return (
        select(Draft)
        .where(
            Draft.journey == Journey.ACCESS_REQUEST,
            Draft.state == DraftStatus.OPEN,
            held == email,
        )
        .order_by(Draft.updated_at.desc(), Draft.id)
        .limit(1)
    )
