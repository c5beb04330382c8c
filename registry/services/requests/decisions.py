"""Decisions: requests that wait are listed, shown, accepted, rejected or suspended, with a mail.

Who may decide what is in registry/transitions.py (S63, S64, X17, X19); here is who somebody is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from registry.models import AuthorisationRequest, Operator, Organisation, User
from registry.references import parse_reference
from registry.services.requests.announcement import announce
from registry.services.requests.withdrawal import RequestUnknown
from registry.transitions import (
    Actor,
    TransitionRefused,
    move,
    move_operator,
    user_identity,
    who_decides,
)
from registry.validation import BadAnswer, read_message
from registry.vocabulary import (
    ActorKind,
    AuthorisationStatus,
    Environment,
    OrganisationStatus,
)

# What stays in the trail tells nobody's name: a number or a short mark.
OPAQUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,63}")

MAILS = {
    AuthorisationStatus.VALID: "request_accepted",
    AuthorisationStatus.REJECTED: "request_rejected",
    AuthorisationStatus.SUSPENDED: "request_suspended",
}
OPERATOR_MAILS = {
    OrganisationStatus.VALID: "request_operator_accepted",
    OrganisationStatus.REJECTED: "request_rejected",
}


class DeciderUnknown(Exception):
    """Nobody of this register is known so, or the mark is no opaque one."""


class ReasonMissing(Exception):
    """A rejection needs a reason, in at most 1,000 characters: it is told to the requester."""


@dataclass(frozen=True)
class Decider:
    """Who says that they decide; `identity` is an opaque mark, or the e-mail of a user here."""

    kind: ActorKind
    identity: str


@dataclass(frozen=True)
class RequestSummary:
    """A request as a list shows it; `operator_is_new` where the operator comes first (X19)."""

    reference: str
    status: AuthorisationStatus
    created_at: datetime
    environment: Environment
    organisation_name: str
    requested_role: str
    operator_is_new: bool
    deciders: tuple[ActorKind, ...]


@dataclass(frozen=True)
class NewOperatorSeen:
    """A New operator as described: where it is, how it is reached, what it does (S45-S49)."""

    place: tuple[str, ...]
    contacts: tuple[str, ...]
    identifiers: tuple[str, ...]
    activities: tuple[str, ...]


@dataclass(frozen=True)
class RequestDetails(RequestSummary):
    """A request with all that was entered and all that happened to it.

    `operator` describes one that is New: who decides on it sees what was said of it. The
    events are when, by which kind of actor, who, to which status and why.
    """

    full_name: str
    email: str
    message: str | None
    contact_email: str | None
    contact_phone: str | None
    operator: NewOperatorSeen | None
    events: Sequence[tuple[datetime, ActorKind, str | None, AuthorisationStatus, str | None]]


def waiting(session: Session) -> tuple[RequestSummary, ...]:
    """The requests that wait for a decision, the oldest first."""
    found = session.scalars(
        select(AuthorisationRequest)
        .where(AuthorisationRequest.status == AuthorisationStatus.REQUESTED)
        .options(joinedload(AuthorisationRequest.organisation))
        .order_by(AuthorisationRequest.created_at, AuthorisationRequest.id)
    )
    return tuple(RequestSummary(**_summary(request)) for request in found)


def details_of(session: Session, reference: str) -> RequestDetails:
    """The whole request. Raises BadReference and RequestUnknown."""
    request = _find(session, reference)
    return RequestDetails(
        **_summary(request),
        full_name=request.user.full_name,
        email=request.user.email,
        message=request.message,
        contact_email=request.contact_email,
        contact_phone=request.contact_phone,
        operator=_seen(request.organisation),
        events=tuple(
            (event.at, event.actor_kind, event.actor, event.to_status, event.reason)
            for event in request.events
        ),
    )


def accept(session: Session, reference: str, decider: Decider, now: datetime) -> None:
    """Make the request Valid, again where it was suspended.

    Raises BadReference, RequestUnknown, DeciderUnknown and TransitionRefused.
    """
    _decide(session, reference, AuthorisationStatus.VALID, decider, None, now)


def reject(session: Session, reference: str, decider: Decider, reason: str, now: datetime) -> None:
    """Reject the request for a reason. Raises as `accept` does, and ReasonMissing."""
    status = AuthorisationStatus.REJECTED
    _decide(session, reference, status, decider, _read_reason(reason), now)


def suspend(
    session: Session, reference: str, decider: Decider, reason: str | None, now: datetime
) -> None:
    """Suspend the access that was accepted. Raises as `reject` does."""
    told = None if reason is None else _read_reason(reason)
    _decide(session, reference, AuthorisationStatus.SUSPENDED, decider, told, now)


def accept_operator(session: Session, reference: str, decider: Decider, now: datetime) -> None:
    """Make the New operator Valid that the request is for: its users are accepted after (X19).

    Raises as `accept` does; TransitionRefused also where it is no operator.
    """
    _decide_operator(session, reference, OrganisationStatus.VALID, decider, None, now)


def reject_operator(
    session: Session, reference: str, decider: Decider, reason: str, now: datetime
) -> None:
    """Reject the New operator that the request is for, with its requests. Raises as `reject`."""
    status = OrganisationStatus.REJECTED
    _decide_operator(session, reference, status, decider, _read_reason(reason), now)


def _decide(
    session: Session,
    reference: str,
    to: AuthorisationStatus,
    decider: Decider,
    reason: str | None,
    now: datetime,
) -> None:
    request = _find(session, reference)
    move(session, request, to, _actor(session, decider, request.organisation), reason, now)
    announce(session, MAILS[to], request, request.language, now, reason=reason)


def _decide_operator(
    session: Session,
    reference: str,
    to: OrganisationStatus,
    decider: Decider,
    reason: str | None,
    now: datetime,
) -> None:
    operator = _find(session, reference).organisation
    if not isinstance(operator, Operator):
        raise TransitionRefused("The request is for no operator.")
    touched = session.scalars(
        select(AuthorisationRequest).where(
            AuthorisationRequest.organisation_id == operator.id,
            AuthorisationRequest.status == AuthorisationStatus.REQUESTED,
        )
    ).all()
    move_operator(session, operator, to, _actor(session, decider, operator), reason, now)
    for request in touched:
        announce(session, OPERATOR_MAILS[to], request, request.language, now, reason=reason)


def _find(session: Session, reference: str) -> AuthorisationRequest:
    statement = select(AuthorisationRequest).where(
        AuthorisationRequest.reference == parse_reference(reference)
    )
    request = session.scalar(statement.with_for_update())
    if request is None:
        raise RequestUnknown("There is no such request.")
    return request


def _actor(session: Session, decider: Decider, organisation: Organisation) -> Actor:
    """The decider under the identity that stands in the trail: a user's is the register's own.

    Whoever administers an organisation is one of its validated users (X17).
    """
    if "@" in decider.identity:
        email = decider.identity.strip().lower()
        user_id = session.scalar(select(User.id).where(User.email == email))
        if user_id is None:
            raise DeciderUnknown("No user of this register has that e-mail.")
        identity = user_identity(user_id)
    elif OPAQUE.fullmatch(decider.identity):
        identity = decider.identity
    else:
        raise DeciderUnknown("The identity must be a short mark, or the e-mail of a user here.")
    if decider.kind is ActorKind.ORGANISATION_ADMINISTRATOR:
        _check_validated_user(session, identity, organisation)
    return Actor(decider.kind, identity)


def _check_validated_user(session: Session, identity: str, organisation: Organisation) -> None:
    validated = session.scalars(
        select(AuthorisationRequest.user_id).where(
            AuthorisationRequest.organisation_id == organisation.id,
            AuthorisationRequest.status == AuthorisationStatus.VALID,
        )
    )
    if identity not in {user_identity(user_id) for user_id in validated}:
        raise DeciderUnknown("An administrator is a validated user of the organisation (X17).")


def _read_reason(reason: str) -> str:
    try:
        read = read_message(reason)
    except BadAnswer as error:
        raise ReasonMissing("The reason is empty, or longer than 1,000 characters.") from error
    if read is None:
        raise ReasonMissing("The reason is empty.")
    return read


def _summary(request: AuthorisationRequest) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "status": request.status,
        "created_at": request.created_at,
        "environment": request.environment,
        "organisation_name": request.organisation.name,
        "requested_role": request.requested_role,
        "operator_is_new": request.organisation.status == OrganisationStatus.NEW,
        "deciders": who_decides(request.organisation),
    }


def _seen(organisation: Organisation) -> NewOperatorSeen | None:
    if organisation.status != OrganisationStatus.NEW or not isinstance(organisation, Operator):
        return None
    of, found = organisation, (organisation.phone, organisation.email, organisation.website)
    fax = f"fax {of.fax}" if of.fax else None
    place = (of.address, of.city, of.administrative_region, of.country)
    return NewOperatorSeen(
        place=tuple(said for said in place if said),
        contacts=tuple(said for said in (*found, fax) if said),
        identifiers=tuple(f"{one.type} {one.value}" for one in of.identifiers),
        activities=tuple(f"{one.section_code}, {one.activity}" for one in of.activities),
    )
