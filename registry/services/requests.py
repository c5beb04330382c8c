"""Authorisation requests: filing a draft once, and telling how a request stands."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.hashing import address_hash
from registry.models import AuthorisationRequest, Authority, Draft, Organisation, User
from registry.references import new_reference, parse_reference
from registry.services import drafts, outbox
from registry.services.directory import OrganisationSummary, summarise
from registry.services.verification import verified_address
from registry.transitions import Actor, move, user_identity, who_decides
from registry.vocabulary import (
    ActorKind,
    AuthorisationStatus,
    DraftStatus,
    Environment,
    OrganisationStatus,
)

LANGUAGES = ("fr", "en")


class NotVerified(Exception):
    """No code was accepted for this version of the draft and the address in it."""


class DraftIncomplete(Exception):
    """Fields are missing or unusable; `fields` names them."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"Missing or unusable: {', '.join(fields)}.")
        self.fields = fields


class RequestAlreadyOpen(Exception):
    """The same person already asked for this role there; `reference` is that request."""

    def __init__(self, reference: str) -> None:
        super().__init__("There is an open request already.")
        self.reference = reference


class RequestAlreadyValid(Exception):
    """The same person already has this role there; `reference` is that request."""

    def __init__(self, reference: str) -> None:
        super().__init__("There is a valid request already.")
        self.reference = reference


class OrganisationUnavailable(Exception):
    """The organisation is unknown on that site, or was rejected."""


@dataclass(frozen=True)
class FiledRequest:
    """A request in the register; `already_filed` when the same draft had been filed before."""

    reference: str
    organisation: OrganisationSummary
    environment: Environment
    email: str
    language: str
    already_filed: bool
    deciders: tuple[ActorKind, ...]


@dataclass(frozen=True)
class RequestStatus:
    """How a request stands, for whoever knows its reference and its e-mail."""

    reference: str
    status: AuthorisationStatus
    organisation_name: str
    environment: Environment
    created_at: datetime
    decided_at: datetime | None
    reason: str | None
    deciders: tuple[ActorKind, ...]


@dataclass(frozen=True)
class _Application:
    """The fields of a draft, complete and in their types."""

    environment: Environment
    organisation_id: int
    full_name: str
    email: str
    language: str
    message: str | None
    contact_email: str | None
    contact_phone: str | None


def file_request(session: Session, draft_id: str, hash_key: str, now: datetime) -> FiledRequest:
    """Turn a verified draft into a request `Requested`, with its event and its mail.

    Filing the same draft again gives the first result with `already_filed`. Raises UnknownDraft,
    DraftClosed (it was cancelled), DraftIncomplete, NotVerified, OrganisationUnavailable,
    RequestAlreadyOpen and RequestAlreadyValid.
    """
    draft = drafts.lock(session, draft_id)
    filed = session.scalar(
        select(AuthorisationRequest).where(AuthorisationRequest.draft_id == draft_id)
    )
    if filed is not None:
        return _filed(filed, already_filed=True)
    if draft.state != DraftStatus.OPEN:
        raise drafts.DraftClosed(f"The draft was {draft.state}.")
    application = _application(draft)
    _check_verified(session, draft, application.email, hash_key)
    organisation = _organisation(session, application)
    user = _user(session, application)
    role = _requested_role(organisation)
    _check_none_yet(session, user, organisation, role)
    request = AuthorisationRequest(
        reference=new_reference(),
        draft_id=draft.id,
        environment=application.environment,
        user=user,
        organisation=organisation,
        requested_role=role,
        message=application.message,
        contact_email=application.contact_email,
        contact_phone=application.contact_phone,
        language=application.language,
        created_at=now,
    )
    requester = Actor(ActorKind.REQUESTER, user_identity(user.id))
    move(session, request, AuthorisationStatus.REQUESTED, requester, None, now)
    _announce(session, request, now)
    draft.state = DraftStatus.FILED
    draft.updated_at = now
    session.flush()
    return _filed(request, already_filed=False)


def status_of(session: Session, reference: str, email: str) -> RequestStatus | None:
    """How the request stands, or None: unknown and not yours are answered alike.

    Raises BadReference for a text that cannot be a reference.
    """
    reference = parse_reference(reference)
    owner = session.scalar(
        select(User.email)
        .join(AuthorisationRequest, AuthorisationRequest.user_id == User.id)
        .where(AuthorisationRequest.reference == reference)
    )
    # The same query and the same comparison when there is no request: the time tells nothing.
    is_owner = hmac.compare_digest((owner or "").encode(), email.strip().lower().encode())
    if owner is None or not is_owner:
        return None
    request = session.scalars(
        select(AuthorisationRequest).where(AuthorisationRequest.reference == reference)
    ).one()
    return RequestStatus(
        reference=request.reference,
        status=request.status,
        organisation_name=request.organisation.name,
        environment=request.environment,
        created_at=request.created_at,
        decided_at=request.decided_at,
        reason=request.reason,
        deciders=who_decides(request.organisation),
    )


def _application(draft: Draft) -> _Application:
    """The draft's fields in their types. Raises DraftIncomplete naming those that are not."""
    fields = draft.fields
    texts = {name: str(fields.get(name) or "").strip() for name in ("full_name", "email")}
    unusable = [name for name, text in texts.items() if not text]
    if fields.get("environment") not in list(Environment):
        unusable.append("environment")
    if not str(fields.get("organisation_id") or "").isdecimal():
        unusable.append("organisation_id")
    if fields.get("language") not in LANGUAGES:
        unusable.append("language")
    if unusable:
        raise DraftIncomplete(tuple(unusable))
    return _Application(
        environment=Environment(fields["environment"]),
        organisation_id=int(fields["organisation_id"]),
        full_name=texts["full_name"],
        email=texts["email"].lower(),
        language=fields["language"],
        message=fields.get("message"),
        contact_email=fields.get("contact_email"),
        contact_phone=fields.get("contact_phone"),
    )


def _check_verified(session: Session, draft: Draft, email: str, hash_key: str) -> None:
    proven = verified_address(session, draft.id, draft.version)
    if proven is None or not hmac.compare_digest(proven, address_hash(hash_key, email)):
        raise NotVerified("No code was accepted for this draft as it stands.")


def _organisation(session: Session, application: _Application) -> Organisation:
    organisation = session.get(Organisation, application.organisation_id)
    if (
        organisation is None
        or organisation.environment != application.environment
        or organisation.status == OrganisationStatus.REJECTED
    ):
        raise OrganisationUnavailable("No such organisation on that site.")
    return organisation


def _user(session: Session, application: _Application) -> User:
    """The user of that e-mail, made or brought up to date: the address has just been proven."""
    user = session.scalar(select(User).where(User.email == application.email).with_for_update())
    if user is None:
        user = User(email=application.email)
        session.add(user)
    user.full_name = application.full_name
    user.email_language = application.language
    session.flush()
    return user


def _requested_role(organisation: Organisation) -> str:
    """The role asked for: an authority's own role, otherwise the kind (S29)."""
    if isinstance(organisation, Authority) and organisation.role is not None:
        return str(organisation.role)
    return str(organisation.kind)


def _check_none_yet(session: Session, user: User, organisation: Organisation, role: str) -> None:
    """At most one request of a person for a role in an organisation is open or valid."""
    known = session.scalar(
        select(AuthorisationRequest).where(
            AuthorisationRequest.user_id == user.id,
            AuthorisationRequest.organisation_id == organisation.id,
            AuthorisationRequest.requested_role == role,
            AuthorisationRequest.environment == organisation.environment,
            AuthorisationRequest.status.in_(
                [AuthorisationStatus.REQUESTED, AuthorisationStatus.VALID]
            ),
        )
    )
    if known is None:
        return
    if known.status == AuthorisationStatus.VALID:
        raise RequestAlreadyValid(known.reference)
    raise RequestAlreadyOpen(known.reference)


def _announce(session: Session, request: AuthorisationRequest, now: datetime) -> None:
    """The requester's mail. The organisation's name is the register's, nothing is as typed."""
    parameters = {
        "reference": request.reference,
        "organisation_name": request.organisation.name,
        "environment": request.environment.value,
        "deciders": [decider.value for decider in who_decides(request.organisation)],
    }
    outbox.enqueue(session, "request_filed", request.user.email, request.language, parameters, now)


def _filed(request: AuthorisationRequest, *, already_filed: bool) -> FiledRequest:
    return FiledRequest(
        reference=request.reference,
        organisation=summarise(request.organisation),
        environment=request.environment,
        email=request.user.email,
        language=request.language,
        already_filed=already_filed,
        deciders=who_decides(request.organisation),
    )
