"""How requests stand: one by its reference and e-mail, all of an address that was proven."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from registry.models import AuthorisationRequest, User
from registry.references import parse_reference
from registry.services import drafts
from registry.services.requests.proof import check_journey, check_verified, email_in
from registry.transitions import who_decides
from registry.vocabulary import (
    ActorKind,
    AuthorisationStatus,
    DraftStatus,
    Environment,
    Journey,
    OrganisationStatus,
)


@dataclass(frozen=True)
class RequestStatus:
    """How a request stands, for whoever may know it."""

    reference: str
    status: AuthorisationStatus
    organisation_name: str
    environment: Environment
    requested_role: str
    created_at: datetime
    decided_at: datetime | None
    reason: str | None
    deciders: tuple[ActorKind, ...]
    # X19: while the operator is New, its request waits for it.
    waits_for_operator: bool


def status_of(session: Session, reference: str, email: str) -> RequestStatus | None:
    """How the request stands, or None: unknown and not yours are answered alike.

    Raises BadReference for a text that cannot be a reference.
    """
    request = owned(session, parse_reference(reference), email)
    return None if request is None else _status(request)


def of_address(session: Session, draft_id: str, hash_key: str) -> tuple[RequestStatus, ...]:
    """All requests of the address in a draft of the journey OWN_REQUESTS, newest first.

    Raises UnknownDraft, DraftClosed, DraftIncomplete, and NotVerified unless a code was
    accepted for the draft as it stands.
    """
    draft = drafts.lock(session, draft_id)
    check_journey(draft, Journey.OWN_REQUESTS)
    if draft.state != DraftStatus.OPEN:
        raise drafts.DraftClosed(f"The draft was {draft.state}.")
    email = email_in(draft)
    check_verified(session, draft, email, hash_key)
    found = session.scalars(
        select(AuthorisationRequest)
        .join(AuthorisationRequest.user)
        .where(User.email == email)
        .options(joinedload(AuthorisationRequest.organisation))
        .order_by(AuthorisationRequest.created_at.desc(), AuthorisationRequest.id.desc())
    )
    return tuple(_status(request) for request in found)


def owned(
    session: Session, reference: str, email: str, *, lock: bool = False
) -> AuthorisationRequest | None:
    """The request of that reference if it is that person's; held until the end with `lock`."""
    owner = session.scalar(
        select(User.email)
        .join(AuthorisationRequest, AuthorisationRequest.user_id == User.id)
        .where(AuthorisationRequest.reference == reference)
    )
    # The same query and the same comparison when there is no request: the time tells nothing.
    is_owner = hmac.compare_digest((owner or "").encode(), email.strip().lower().encode())
    if owner is None or not is_owner:
        return None
    statement = select(AuthorisationRequest).where(AuthorisationRequest.reference == reference)
    return session.scalars(statement.with_for_update() if lock else statement).one()


def _status(request: AuthorisationRequest) -> RequestStatus:
    return RequestStatus(
        reference=request.reference,
        status=request.status,
        organisation_name=request.organisation.name,
        environment=request.environment,
        requested_role=request.requested_role,
        created_at=request.created_at,
        decided_at=request.decided_at,
        reason=request.reason,
        deciders=who_decides(request.organisation),
        waits_for_operator=(
            request.status == AuthorisationStatus.REQUESTED
            and request.organisation.status == OrganisationStatus.NEW
        ),
    )
