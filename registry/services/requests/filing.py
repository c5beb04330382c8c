"""Filing: a verified draft becomes one request, once, and only if there is none like it.

A draft that describes a new operator creates it in the same transaction (S51).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, Authority, Draft, Organisation, User
from registry.references import new_reference
from registry.services import drafts
from registry.services.directory import OrganisationSummary, summarise
from registry.services.requests.announcement import announce
from registry.services.requests.new_operator import (
    NewOperator,
    check_creatable,
    create,
    described,
)
from registry.services.requests.proof import DraftIncomplete, check_verified
from registry.transitions import Actor, move, user_identity, who_decides
from registry.vocabulary import (
    LANGUAGES,
    NEW_OPERATOR,
    ActorKind,
    AuthorisationStatus,
    AuthorityRole,
    DraftStatus,
    Environment,
    OrganisationKind,
    OrganisationStatus,
)


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


class RequestSuspended(RequestAlreadyValid):
    """The role is there already but suspended: a new request is not the way to get it back."""


class OrganisationUnavailable(Exception):
    """The organisation is unknown on that site, or was rejected."""


@dataclass(frozen=True)
class FiledRequest:
    """A request in the register; `already_filed` when the same draft had been filed before."""

    reference: str
    organisation: OrganisationSummary
    environment: Environment
    requested_role: str
    email: str
    language: str
    already_filed: bool
    deciders: tuple[ActorKind, ...]


@dataclass(frozen=True)
class _Application:
    """The fields of a draft, complete and in their types."""

    environment: Environment
    organisation: int | NewOperator
    full_name: str
    email: str
    language: str
    message: str | None
    contact_email: str | None
    contact_phone: str | None
    requested_role: str | None


# The statuses beside which no second request of the same kind is filed.
REFUSALS: dict[AuthorisationStatus, type[RequestAlreadyOpen | RequestAlreadyValid]] = {
    AuthorisationStatus.REQUESTED: RequestAlreadyOpen,
    AuthorisationStatus.VALID: RequestAlreadyValid,
    AuthorisationStatus.SUSPENDED: RequestSuspended,
}


def file_request(session: Session, draft_id: str, hash_key: str, now: datetime) -> FiledRequest:
    """Turn a verified draft into a request `Requested`, with its event and its mail.

    Filing the same draft again gives the first result with `already_filed`. Raises UnknownDraft,
    DraftClosed (it was cancelled), DraftIncomplete, NotVerified, OrganisationUnavailable,
    OperatorExists, RequestAlreadyOpen, RequestAlreadyValid and, a kind of the latter,
    RequestSuspended.

    An authority's role is the register's unless the draft names another in `requested_role`:
    S60, one may ask for further roles. Each role and each site is a request of its own.
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
    check_verified(session, draft, application.email, hash_key)
    organisation = _organisation(session, application)
    role = _requested_role(organisation, application)
    # Whoever is new has no request that the check could find: nothing is written in vain.
    user = _requester(session, application)
    if organisation is not None:
        _check_none_yet(session, user, organisation, role)
    # The address has just been proven: what was typed with it is the newest.
    user.full_name = application.full_name
    user.email_language = application.language
    if isinstance(application.organisation, NewOperator):
        organisation = create(session, application.organisation, application.environment, now)
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
    announce(session, _mail_of(request), request, request.language, now)
    draft.state = DraftStatus.FILED
    draft.updated_at = now
    session.flush()
    return _filed(request, already_filed=False)


def _application(draft: Draft) -> _Application:
    """The draft's fields in their types. Raises DraftIncomplete naming those that are not."""
    fields = draft.fields
    texts = {name: str(fields.get(name) or "").strip() for name in ("full_name", "email")}
    unusable = [name for name, text in texts.items() if not text]
    if fields.get("environment") not in list(Environment):
        unusable.append("environment")
    if fields.get("language") not in LANGUAGES:
        unusable.append("language")
    organisation = _organisation_in(fields, unusable)
    if unusable or organisation is None:
        raise DraftIncomplete(tuple(unusable))
    return _Application(
        environment=Environment(fields["environment"]),
        organisation=organisation,
        full_name=texts["full_name"],
        email=texts["email"].lower(),
        language=fields["language"],
        message=fields.get("message"),
        contact_email=fields.get("contact_email"),
        contact_phone=fields.get("contact_phone"),
        requested_role=fields.get("requested_role"),
    )


def _organisation_in(fields: Mapping[str, Any], unusable: list[str]) -> int | NewOperator | None:
    """What access is asked to; what is missing of it is added to `unusable`."""
    chosen = str(fields.get("organisation_id") or "")
    if chosen == NEW_OPERATOR:
        try:
            return described(fields)
        except DraftIncomplete as incomplete:
            unusable.extend(incomplete.fields)
    elif chosen.isdecimal():
        return int(chosen)
    else:
        unusable.append("organisation_id")
    return None


def _organisation(session: Session, application: _Application) -> Organisation | None:
    """The organisation of the register, None where it is still to be created."""
    if isinstance(application.organisation, NewOperator):
        check_creatable(session, application.organisation, application.environment)
        return None
    organisation = session.get(Organisation, application.organisation)
    if (
        organisation is None
        or organisation.environment != application.environment
        or organisation.status == OrganisationStatus.REJECTED
    ):
        raise OrganisationUnavailable("No such organisation on that site.")
    return organisation


def _requester(session: Session, application: _Application) -> User:
    """The person of the address, held until the end; made where the address is new.

    Two first requests of one person may come at once: PostgreSQL has one wait for the other's
    row and then refuses the same address, so that the one that was late sees what was filed.
    """
    known = _known(session, application.email)
    if known is not None:
        return known
    user = User(
        email=application.email,
        full_name=application.full_name,
        email_language=application.language,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        known = _known(session, application.email)
        if known is None:
            raise
        return known
    return user


def _known(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email).with_for_update())


def _requested_role(organisation: Organisation | None, application: _Application) -> str:
    """The role asked for: one of an authority (S29, S60), otherwise the kind.

    Raises DraftIncomplete where the draft names a role that such an organisation cannot have.
    """
    named = application.requested_role
    if not isinstance(organisation, Authority):
        kind = organisation.kind if organisation else OrganisationKind.OPERATOR
        if named not in (None, kind):
            raise DraftIncomplete(("requested_role",))
        return str(kind)
    if named not in (None, *AuthorityRole):
        raise DraftIncomplete(("requested_role",))
    return str(named or organisation.role or organisation.kind)


def _check_none_yet(session: Session, user: User, organisation: Organisation, role: str) -> None:
    """At most one request of a person for a role in an organisation is open, valid or suspended.

    With a second one beside a suspended one, both could become valid. The person is held: none
    of theirs is filed between this look and the end.
    """
    known = session.scalar(
        select(AuthorisationRequest).where(
            AuthorisationRequest.user_id == user.id,
            AuthorisationRequest.organisation_id == organisation.id,
            AuthorisationRequest.requested_role == role,
            AuthorisationRequest.environment == organisation.environment,
            AuthorisationRequest.status.in_(REFUSALS),
        )
    )
    if known is not None:
        raise REFUSALS[known.status](known.reference)


def _mail_of(request: AuthorisationRequest) -> str:
    """The kind of the mail: of a new operator it says that it has to be accepted first (X19)."""
    is_new = request.organisation.status == OrganisationStatus.NEW
    return "request_filed_for_new_operator" if is_new else "request_filed"


def _filed(request: AuthorisationRequest, *, already_filed: bool) -> FiledRequest:
    return FiledRequest(
        reference=request.reference,
        organisation=summarise(request.organisation),
        environment=request.environment,
        requested_role=request.requested_role,
        email=request.user.email,
        language=request.language,
        already_filed=already_filed,
        deciders=who_decides(request.organisation),
    )
