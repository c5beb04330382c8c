"""Withdrawing a request: its requester, who proves the address, takes it back while it is open."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, Draft
from registry.references import BadReference, parse_reference
from registry.services import drafts
from registry.services.directory import OrganisationSummary, summarise
from registry.services.requests.announcement import announce
from registry.services.requests.proof import (
    DraftIncomplete,
    check_journey,
    check_verified,
    email_in,
)
from registry.services.requests.status import owned
from registry.transitions import Actor, TransitionRefused, move, user_identity
from registry.vocabulary import (
    LANGUAGES,
    ActorKind,
    AuthorisationStatus,
    DraftStatus,
    Environment,
    Journey,
)


class RequestUnknown(LookupError):
    """There is no such request, or it is somebody else's: the two are not told apart."""


class NotWithdrawable(Exception):
    """The request is not open any more, or was withdrawn before; `status` is how it stands."""

    def __init__(self, reference: str, status: AuthorisationStatus) -> None:
        super().__init__(f"The request is {status}.")
        self.reference = reference
        self.status = status


@dataclass(frozen=True)
class WithdrawnRequest:
    """A request that its requester took back; `already_withdrawn` by the same draft before."""

    reference: str
    organisation: OrganisationSummary
    environment: Environment
    email: str
    already_withdrawn: bool


def withdraw(session: Session, draft_id: str, hash_key: str, now: datetime) -> WithdrawnRequest:
    """Cancel the request whose reference is in a draft of the journey WITHDRAWAL, with its mail.

    The draft holds `reference`, `email` and, for the mail, `language` (else the request's).
    Withdrawing by the same draft again gives the first result. Raises UnknownDraft, DraftClosed
    (it was cancelled), DraftIncomplete, NotVerified, RequestUnknown and NotWithdrawable.
    """
    draft = drafts.lock(session, draft_id)
    check_journey(draft, Journey.WITHDRAWAL)
    if draft.state == DraftStatus.CANCELLED:
        raise drafts.DraftClosed("The draft was cancelled.")
    reference, email = _reference_in(draft), email_in(draft)
    is_repeated = draft.state == DraftStatus.FILED
    if not is_repeated:
        check_verified(session, draft, email, hash_key)
    request = owned(session, reference, email, lock=True)
    if request is None:
        raise RequestUnknown("No such request of this address.")
    if not is_repeated:
        _cancel(session, request, now)
        language = _language_in(draft, request)
        announce(session, "request_withdrawn", request, language, now)
        draft.state = DraftStatus.FILED
        draft.updated_at = now
        session.flush()
    return WithdrawnRequest(
        reference=request.reference,
        organisation=summarise(request.organisation),
        environment=request.environment,
        email=request.user.email,
        already_withdrawn=is_repeated,
    )


def _reference_in(draft: Draft) -> str:
    try:
        return parse_reference(str(draft.fields.get("reference") or ""))
    except BadReference as error:
        raise DraftIncomplete(("reference",)) from error


def _cancel(session: Session, request: AuthorisationRequest, now: datetime) -> None:
    requester = Actor(ActorKind.REQUESTER, user_identity(request.user_id))
    try:
        move(session, request, AuthorisationStatus.CANCELLED, requester, None, now)
    except TransitionRefused as refused:
        raise NotWithdrawable(request.reference, request.status) from refused


def _language_in(draft: Draft, request: AuthorisationRequest) -> str:
    """The language of the mail: the conversation's, else the one the request was filed in."""
    language = str(draft.fields.get("language"))
    return language if language in LANGUAGES else request.language
