"""Who may move a record from which status to which: the table of domain.md §5, and its one door.

Every move that is not in the table is refused here and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, Authority, Operator, Organisation, RequestEvent
from registry.vocabulary import ActorKind, AuthorisationStatus, OrganisationStatus


class RecordKind(StrEnum):
    """The two kinds of records that have a status."""

    AUTHORISATION_REQUEST = "authorisation_request"
    OPERATOR = "operator"


class TransitionRefused(Exception):
    """The move is not allowed; nothing has been written."""


@dataclass(frozen=True)
class Actor:
    """Who moves a record. `identity` stays in the trail, so it is an opaque id, never a name."""

    kind: ActorKind
    identity: str | None = None


REQUESTER = frozenset({ActorKind.REQUESTER})
DECIDERS = frozenset(ActorKind) - REQUESTER

_Moves = dict[tuple[str | None, str], frozenset[ActorKind]]

_REQUEST_MOVES: _Moves = {
    (None, AuthorisationStatus.REQUESTED): REQUESTER,  # S40 S51 S52 S56 S57
    (AuthorisationStatus.REQUESTED, AuthorisationStatus.VALID): DECIDERS,  # S63 S64
    (AuthorisationStatus.REQUESTED, AuthorisationStatus.REJECTED): DECIDERS,  # S63 S64
    (AuthorisationStatus.REQUESTED, AuthorisationStatus.CANCELLED): REQUESTER,
    (AuthorisationStatus.VALID, AuthorisationStatus.SUSPENDED): DECIDERS,  # S58 X08 X19
    (AuthorisationStatus.SUSPENDED, AuthorisationStatus.VALID): DECIDERS,  # X08
    (AuthorisationStatus.VALID, AuthorisationStatus.REMOVED): DECIDERS,  # X19
    (AuthorisationStatus.SUSPENDED, AuthorisationStatus.REMOVED): DECIDERS,  # X19
}

_OPERATOR_MOVES: _Moves = {
    (None, OrganisationStatus.NEW): REQUESTER,  # S51
    (OrganisationStatus.NEW, OrganisationStatus.VALID): DECIDERS,  # X19
    (OrganisationStatus.NEW, OrganisationStatus.REJECTED): DECIDERS,  # X19
}

MOVES: dict[RecordKind, _Moves] = {
    RecordKind.AUTHORISATION_REQUEST: _REQUEST_MOVES,
    RecordKind.OPERATOR: _OPERATOR_MOVES,
}


def user_identity(user_id: int) -> str:
    """The identity under which a user of this register stands in the trail."""
    return f"user:{user_id}"


def who_decides(organisation: Organisation) -> tuple[ActorKind, ...]:
    """Who accepts or rejects a request for `organisation`, in the guide's order (S63, S64)."""
    if isinstance(organisation, Authority) and organisation.is_national:
        return (ActorKind.COMMISSION, ActorKind.ORGANISATION_ADMINISTRATOR)
    return (ActorKind.NATIONAL_AUTHORITY, ActorKind.ORGANISATION_ADMINISTRATOR)


def check_move(
    record: RecordKind, from_status: str | None, to_status: str, actor: ActorKind
) -> None:
    """Raises TransitionRefused unless the table lets this kind of actor make this move."""
    allowed = MOVES[record].get((from_status, to_status))
    if allowed is None:
        raise TransitionRefused(f"{record}: {from_status} to {to_status} is not a move.")
    if actor not in allowed:
        raise TransitionRefused(f"{record}: {from_status} to {to_status} is not for {actor}.")


def move(
    session: Session,
    request: AuthorisationRequest,
    to: AuthorisationStatus,
    actor: Actor,
    reason: str | None,
    now: datetime,
) -> None:
    """Give `request` its new status and write the event, or raise TransitionRefused.

    A new request (no status yet) is moved to Requested, which also adds it to the session.
    """
    from_status: AuthorisationStatus | None = request.status
    check_move(RecordKind.AUTHORISATION_REQUEST, from_status, to, actor.kind)
    decides = actor.kind is not ActorKind.REQUESTER
    if decides:
        _check_decider(actor, request.organisation, [request])
    else:
        _check_own(actor, request)
    if to == AuthorisationStatus.VALID and request.organisation.status == OrganisationStatus.NEW:
        raise TransitionRefused("The operator is still New: it must be Valid first (X19).")
    # Nothing is written before every check has passed.
    if decides:
        request.decided_at, request.decided_by, request.reason = now, actor.identity, reason
    request.status = to
    request.events.append(
        RequestEvent(
            at=now,
            actor_kind=actor.kind,
            actor=actor.identity,
            from_status=from_status,
            to_status=to,
            reason=reason,
        )
    )
    session.add(request)
    session.flush()


def move_operator(
    session: Session,
    operator: Operator,
    to: OrganisationStatus,
    actor: Actor,
    reason: str | None,
    now: datetime,
) -> None:
    """Accept or reject a New operator; rejected, it takes its open requests along.

    Raises TransitionRefused for any other move.
    """
    check_move(RecordKind.OPERATOR, operator.status, to, actor.kind)
    open_requests = session.scalars(
        select(AuthorisationRequest).where(
            AuthorisationRequest.organisation_id == operator.id,
            AuthorisationRequest.status == AuthorisationStatus.REQUESTED,
        )
    ).all()
    _check_decider(actor, operator, open_requests)
    if to == OrganisationStatus.REJECTED:
        for request in open_requests:
            move(session, request, AuthorisationStatus.REJECTED, actor, reason, now)
    operator.status = to
    session.flush()


def _check_own(actor: Actor, request: AuthorisationRequest) -> None:
    if actor.identity != user_identity(request.user.id):
        raise TransitionRefused("Only the requester may do this.")


def _check_decider(
    actor: Actor, organisation: Organisation, requests: Iterable[AuthorisationRequest]
) -> None:
    """The actor decides for this organisation, is known, and asked for none of `requests`."""
    if actor.kind not in who_decides(organisation):
        raise TransitionRefused(f"{actor.kind} does not decide for this organisation (S63, S64).")
    if actor.identity is None:
        raise TransitionRefused("A decision needs to say whose it is.")
    if any(actor.identity == user_identity(request.user_id) for request in requests):
        raise TransitionRefused("Nobody decides on their own request (X17).")
