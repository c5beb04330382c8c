"""The person's row and requests: the rows stay for their history, the person goes out of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, User
from registry.services.privacy.holding import Holding, Row, moment
from registry.services.privacy.person import Person
from registry.transitions import Actor, move, user_identity
from registry.vocabulary import ActorKind, AuthorisationStatus

# What stands in the place of an address: no address that could be proven, one for each person.
WIPED = "erased:"


def wipe(user: User) -> None:
    """Take the person out of their row, to which their requests go on pointing."""
    user.email = f"{WIPED}{user.id}"
    user.full_name = ""


def clear(request: AuthorisationRequest) -> None:
    """Take out of a request what its requester wrote (S55)."""
    request.message = request.contact_email = request.contact_phone = None


def cancel_open_requests(session: Session, person: Person, now: datetime) -> int:
    """Cancel what is not decided yet, as its requester would; returns how many requests."""
    still_open = [
        request
        for request in _requests(session, person)
        if request.status == AuthorisationStatus.REQUESTED
    ]
    for request in still_open:
        requester = Actor(ActorKind.REQUESTER, user_identity(request.user_id))
        move(session, request, AuthorisationStatus.CANCELLED, requester, None, now)
    return len(still_open)


def _tell_person(session: Session, person: Person) -> list[Row]:
    user = session.get(User, person.user_id) if person.user_id else None
    if user is None:
        return []
    return [{"email": user.email, "name": user.full_name, "language": user.email_language}]


def _erase_person(session: Session, person: Person, now: datetime) -> int:
    user = session.get(User, person.user_id) if person.user_id else None
    if user is None:
        return 0
    wipe(user)
    return 1


def _requests(session: Session, person: Person) -> Sequence[AuthorisationRequest]:
    return session.scalars(
        select(AuthorisationRequest)
        .where(AuthorisationRequest.user_id == person.user_id)
        .order_by(AuthorisationRequest.id)
    ).all()


def _tell_requests(session: Session, person: Person) -> list[Row]:
    return [_told(request) for request in _requests(session, person)]


def _told(request: AuthorisationRequest) -> Row:
    return {
        "reference": request.reference,
        "status": request.status.value,
        "site": request.environment.value,
        "organisation": request.organisation.name,
        "role": request.requested_role,
        "message": request.message,
        "contact_email": request.contact_email,
        "contact_phone": request.contact_phone,
        "language": request.language,
        "filed_at": moment(request.created_at),
        "history": [
            {
                "at": moment(event.at),
                "by": event.actor_kind.value,
                "from": event.from_status.value if event.from_status else None,
                "to": event.to_status.value,
                "reason": event.reason,
            }
            for event in request.events
        ],
    }


def _erase_requests(session: Session, person: Person, now: datetime) -> int:
    theirs = _requests(session, person)
    for request in theirs:
        clear(request)
    return len(theirs)


def _of_others(session: Session, person: Person) -> Sequence[AuthorisationRequest]:
    """Other people's requests in which the address is the one to be written to (S55)."""
    return session.scalars(
        select(AuthorisationRequest).where(
            func.lower(AuthorisationRequest.contact_email) == person.email,
            AuthorisationRequest.user_id.is_distinct_from(person.user_id),
        )
    ).all()


def _tell_contact(session: Session, person: Person) -> list[Row]:
    # The rest of the request is its requester's.
    return [
        {"contact_email": request.contact_email, "filed_at": moment(request.created_at)}
        for request in _of_others(session, person)
    ]


def _erase_contact(session: Session, person: Person, now: datetime) -> int:
    others = _of_others(session, person)
    for request in others:
        request.contact_email = None
    return len(others)


PERSON = Holding("person", _tell_person, _erase_person)
REQUESTS = Holding("requests", _tell_requests, _erase_requests)
CONTACT_OF_OTHERS = Holding("contact_of_others", _tell_contact, _erase_contact)
