"""Every move of every kind of record: those of the table pass, all others are refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product

import pytest
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, Operator, User
from registry.references import new_reference
from registry.transitions import (
    Actor,
    RecordKind,
    TransitionRefused,
    check_move,
    move,
    move_operator,
    user_identity,
    who_decides,
)
from registry.vocabulary import ActorKind, AuthorisationStatus, OrganisationStatus

# domain.md, section 5, written out again on purpose: the table must not check itself.
REQUEST_MOVES = {
    (None, "Requested"): {"requester"},
    ("Requested", "Valid"): {"national_authority", "organisation_administrator", "commission"},
    ("Requested", "Rejected"): {"national_authority", "organisation_administrator", "commission"},
    ("Requested", "Cancelled"): {"requester"},
    ("Valid", "Suspended"): {"national_authority", "organisation_administrator", "commission"},
    ("Suspended", "Valid"): {"national_authority", "organisation_administrator", "commission"},
    ("Valid", "Removed"): {"national_authority", "organisation_administrator", "commission"},
    ("Suspended", "Removed"): {"national_authority", "organisation_administrator", "commission"},
}
OPERATOR_MOVES = {
    (None, "New"): {"requester"},
    ("New", "Valid"): {"national_authority", "organisation_administrator", "commission"},
    ("New", "Rejected"): {"national_authority", "organisation_administrator", "commission"},
}
ADMINISTRATOR = Actor(ActorKind.ORGANISATION_ADMINISTRATOR, "administrator:1")
NATIONAL_AUTHORITY = Actor(ActorKind.NATIONAL_AUTHORITY, "authority:1")


@pytest.mark.parametrize("actor", list(ActorKind))
@pytest.mark.parametrize(
    ("from_status", "to_status"),
    list(product([None, *AuthorisationStatus], AuthorisationStatus)),
)
def test_a_request_moves_only_as_the_table_says(
    from_status: AuthorisationStatus | None, to_status: AuthorisationStatus, actor: ActorKind
) -> None:
    _assert_follows(REQUEST_MOVES, RecordKind.AUTHORISATION_REQUEST, from_status, to_status, actor)


@pytest.mark.parametrize("actor", list(ActorKind))
@pytest.mark.parametrize(
    ("from_status", "to_status"), list(product([None, *OrganisationStatus], OrganisationStatus))
)
def test_an_operator_moves_only_as_the_table_says(
    from_status: OrganisationStatus | None, to_status: OrganisationStatus, actor: ActorKind
) -> None:
    _assert_follows(OPERATOR_MOVES, RecordKind.OPERATOR, from_status, to_status, actor)


def _assert_follows(moves, record, from_status, to_status, actor) -> None:
    if actor in moves.get((from_status, to_status), set()):
        check_move(record, from_status, to_status, actor)
    else:
        with pytest.raises(TransitionRefused):
            check_move(record, from_status, to_status, actor)


def test_operators_are_decided_on_by_their_national_authority_or_administrator(
    session: Session, add_operator
) -> None:
    assert who_decides(add_operator(session)) == (
        "national_authority",
        "organisation_administrator",
    )


def test_national_authorities_are_decided_on_by_the_commission_or_their_administrator(
    session: Session, add_authority
) -> None:
    national = add_authority(session, is_national=True)
    assert who_decides(national) == ("commission", "organisation_administrator")


def test_other_authorities_are_decided_on_like_operators(session: Session, add_authority) -> None:
    assert who_decides(add_authority(session)) == (
        "national_authority",
        "organisation_administrator",
    )


@pytest.fixture
def make_request(now: datetime) -> Callable[[Session, Operator], AuthorisationRequest]:
    """A request `Requested` for access to the operator, by a person of its own."""

    def make(session: Session, operator: Operator) -> AuthorisationRequest:
        reference = new_reference()
        user = User(
            email=f"{reference.lower()}@example.org", full_name="Camille", email_language="fr"
        )
        session.add(user)
        session.flush()
        request = AuthorisationRequest(
            reference=reference,
            draft_id=reference,
            environment=operator.environment,
            user=user,
            organisation=operator,
            requested_role="operator",
            language="fr",
            created_at=now,
        )
        requester = Actor(ActorKind.REQUESTER, user_identity(user.id))
        move(session, request, AuthorisationStatus.REQUESTED, requester, None, now)
        return request

    return make


def test_a_decision_is_written_on_the_request_and_in_its_events(
    session: Session, now: datetime, add_operator, make_request
) -> None:
    request = make_request(session, add_operator(session))
    later = now + timedelta(days=1)
    move(session, request, AuthorisationStatus.REJECTED, NATIONAL_AUTHORITY, "Unknown", later)
    assert (request.status, request.decided_at, request.decided_by, request.reason) == (
        "Rejected",
        later,
        "authority:1",
        "Unknown",
    )
    assert [(event.from_status, event.to_status, event.at) for event in request.events] == [
        (None, "Requested", now),
        ("Requested", "Rejected", later),
    ]


def test_a_request_cannot_be_valid_while_its_operator_is_new(
    session: Session, now: datetime, add_operator, make_request
) -> None:
    operator = add_operator(session, status=OrganisationStatus.NEW)
    request = make_request(session, operator)
    with pytest.raises(TransitionRefused, match="X19"):
        move(session, request, AuthorisationStatus.VALID, NATIONAL_AUTHORITY, None, now)
    assert (request.status, request.decided_at, len(request.events)) == ("Requested", None, 1)
    move_operator(session, operator, OrganisationStatus.VALID, NATIONAL_AUTHORITY, None, now)
    move(session, request, AuthorisationStatus.VALID, NATIONAL_AUTHORITY, None, now)
    assert request.status == "Valid"


def test_nobody_validates_their_own_request(
    session: Session, now: datetime, add_operator, make_request
) -> None:
    request = make_request(session, add_operator(session))
    myself = Actor(ActorKind.ORGANISATION_ADMINISTRATOR, user_identity(request.user_id))
    with pytest.raises(TransitionRefused, match="X17"):
        move(session, request, AuthorisationStatus.VALID, myself, None, now)


def test_nobody_validates_the_operator_they_asked_for(
    session: Session, now: datetime, add_operator, make_request
) -> None:
    operator = add_operator(session, status=OrganisationStatus.NEW)
    request = make_request(session, operator)
    myself = Actor(ActorKind.ORGANISATION_ADMINISTRATOR, user_identity(request.user_id))
    with pytest.raises(TransitionRefused, match="X17"):
        move_operator(session, operator, OrganisationStatus.VALID, myself, None, now)


def test_a_decision_says_whose_it_is(
    session: Session, now: datetime, add_operator, make_request
) -> None:
    request = make_request(session, add_operator(session))
    nobody = Actor(ActorKind.NATIONAL_AUTHORITY)
    with pytest.raises(TransitionRefused):
        move(session, request, AuthorisationStatus.VALID, nobody, None, now)


def test_the_commission_does_not_decide_on_an_operator(
    session: Session, now: datetime, add_operator, make_request
) -> None:
    request = make_request(session, add_operator(session))
    with pytest.raises(TransitionRefused):
        move(
            session,
            request,
            AuthorisationStatus.VALID,
            Actor(ActorKind.COMMISSION, "commission:1"),
            None,
            now,
        )


def test_only_the_requester_cancels(
    session: Session, now: datetime, add_operator, make_request
) -> None:
    request = make_request(session, add_operator(session))
    somebody_else = Actor(ActorKind.REQUESTER, user_identity(request.user_id + 1))
    with pytest.raises(TransitionRefused):
        move(session, request, AuthorisationStatus.CANCELLED, somebody_else, None, now)
    requester = Actor(ActorKind.REQUESTER, user_identity(request.user_id))
    move(session, request, AuthorisationStatus.CANCELLED, requester, None, now)
    assert (request.status, request.decided_by) == ("Cancelled", None)


def test_a_rejected_operator_takes_its_open_requests_along(
    session: Session, now: datetime, add_operator, make_request
) -> None:
    operator = add_operator(session, status=OrganisationStatus.NEW)
    request = make_request(session, operator)
    elsewhere = make_request(session, add_operator(session))
    move_operator(session, operator, OrganisationStatus.REJECTED, ADMINISTRATOR, "Double", now)
    assert (operator.status, request.status, request.reason) == ("Rejected", "Rejected", "Double")
    assert elsewhere.status == "Requested"


def test_a_rejected_operator_stays_rejected(session: Session, now: datetime, add_operator) -> None:
    operator = add_operator(session, status=OrganisationStatus.REJECTED)
    with pytest.raises(TransitionRefused):
        move_operator(session, operator, OrganisationStatus.VALID, ADMINISTRATOR, None, now)
    assert operator.status == "Rejected"
