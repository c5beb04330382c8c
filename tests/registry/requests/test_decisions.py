"""Decisions on requests: who may make them, what they leave, what the requester is told."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, Authority, Operator, OutboxMail
from registry.services.requests import FiledRequest, decisions, status_of
from registry.services.requests.decisions import Decider, DeciderUnknown
from registry.transitions import TransitionRefused
from registry.vocabulary import ActorKind, AuthorisationStatus, OrganisationStatus

CAMILLE = "camille.exemple@example.org"
ROBIN = "robin@example.org"
AUTHORITY = Decider(ActorKind.NATIONAL_AUTHORITY, "be-7")
COMMISSION = Decider(ActorKind.COMMISSION, "eu-1")
File = Callable[..., FiledRequest]


def administrator(email: str) -> Decider:
    return Decider(ActorKind.ORGANISATION_ADMINISTRATOR, email)


def last_mail(session: Session) -> OutboxMail:
    return (
        session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first() or OutboxMail()
    )


@pytest.fixture
def moulin(session: Session, add_operator: Callable[..., Operator]) -> Operator:
    return add_operator(session, "Moulin Bio")


@pytest.fixture
def camille(session: Session, moulin: Operator, file: File) -> str:
    """Camille's request."""
    return file(session, moulin).reference


@pytest.fixture
def robin(session: Session, moulin: Operator, file: File) -> str:
    """Robin's, in English."""
    filed = file(session, moulin, conversation_id="conversation-2", email=ROBIN, language="en")
    return filed.reference


def test_the_oldest_waits_first_and_what_is_decided_waits_no_more(
    session: Session, moulin: Operator, file: File, now: datetime, camille: str
) -> None:
    older = file(
        session, moulin, conversation_id="c", email=ROBIN, at=now - timedelta(days=1)
    ).reference
    assert [request.reference for request in decisions.waiting(session)] == [older, camille]
    decisions.accept(session, older, AUTHORITY, now)
    assert [request.reference for request in decisions.waiting(session)] == [camille]


def test_a_decision_is_mailed_in_the_requester_s_language_without_what_they_typed(
    session: Session, moulin: Operator, now: datetime, robin: str
) -> None:
    decisions.reject(session, robin, AUTHORITY, "The number is wrong.", now)
    mail = last_mail(session)
    assert (mail.kind, mail.recipient, mail.language) == ("request_rejected", ROBIN, "en")
    assert mail.parameters == {
        "reference": robin,
        "organisation_name": "Moulin Bio",
        "environment": "production",
        "deciders": ["national_authority", "organisation_administrator"],
        "reason": "The number is wrong.",
    }


def test_the_requester_learns_the_reason_by_reference_and_address(
    session: Session, now: datetime, camille: str
) -> None:
    decisions.reject(session, camille, AUTHORITY, "Le numéro est faux.", now)
    told = status_of(session, camille, CAMILLE)
    assert told is not None
    assert (told.status, told.reason) == (AuthorisationStatus.REJECTED, "Le numéro est faux.")


def test_a_validated_user_administers_the_organisation(
    session: Session, now: datetime, camille: str, robin: str
) -> None:
    """X17; the trail holds the register's own number, no address."""
    decisions.accept(session, camille, AUTHORITY, now)
    decisions.accept(session, robin, administrator(CAMILLE.upper()), now)
    _, _, actor, status, _ = decisions.details_of(session, robin).events[-1]
    assert status is AuthorisationStatus.VALID
    assert actor is not None and actor.startswith("user:")


def test_who_is_not_yet_validated_there_administers_nothing(
    session: Session,
    now: datetime,
    add_operator: Callable[..., Operator],
    file: File,
    camille: str,
    robin: str,
) -> None:
    elsewhere = file(
        session, add_operator(session, "Huilerie"), conversation_id="c", email="jo@example.org"
    )
    decisions.accept(session, elsewhere.reference, AUTHORITY, now)
    for email in (CAMILLE, "jo@example.org", "user:1"):
        with pytest.raises(DeciderUnknown):
            decisions.accept(session, robin, administrator(email), now)


def test_nobody_decides_on_their_own_request(session: Session, now: datetime, camille: str) -> None:
    """X17."""
    for decider in (
        Decider(ActorKind.NATIONAL_AUTHORITY, CAMILLE),
        Decider(ActorKind.NATIONAL_AUTHORITY, "user:1"),
    ):
        with pytest.raises(TransitionRefused):
            decisions.accept(session, camille, decider, now)


def test_one_s_own_access_cannot_be_given_back_by_oneself(
    session: Session, now: datetime, camille: str, robin: str
) -> None:
    for reference in (camille, robin):
        decisions.accept(session, reference, AUTHORITY, now)
    decisions.suspend(session, camille, administrator(ROBIN), None, now)
    with pytest.raises(DeciderUnknown):
        decisions.accept(session, camille, administrator(CAMILLE), now)


def test_an_unknown_address_or_a_name_is_no_mark(
    session: Session, now: datetime, camille: str
) -> None:
    for identity in ("jo@example.org", "Jo Exemple", "", "x" * 65):
        with pytest.raises(DeciderUnknown):
            decisions.accept(session, camille, Decider(ActorKind.NATIONAL_AUTHORITY, identity), now)


def test_the_commission_decides_for_a_national_authority(
    session: Session, now: datetime, add_authority: Callable[..., Authority], file: File
) -> None:
    """S64."""
    reference = file(session, add_authority(session, is_national=True)).reference
    with pytest.raises(TransitionRefused):
        decisions.accept(session, reference, AUTHORITY, now)
    decisions.accept(session, reference, COMMISSION, now)
    assert last_mail(session).parameters["deciders"][0] == "commission"


def test_what_is_no_move_is_refused_and_leaves_nothing(
    session: Session, now: datetime, camille: str
) -> None:
    decisions.reject(session, camille, AUTHORITY, "Le numéro est faux.", now)
    before = last_mail(session).id
    for decide in (
        lambda: decisions.accept(session, camille, AUTHORITY, now),
        lambda: decisions.suspend(session, camille, AUTHORITY, "Le numéro est faux.", now),
        lambda: decisions.reject(session, camille, AUTHORITY, "Le numéro est faux.", now),
    ):
        with pytest.raises(TransitionRefused):
            decide()
    assert last_mail(session).id == before


def test_a_new_operator_s_decision_is_told_to_each_who_waits_for_it(
    session: Session,
    now: datetime,
    add_operator: Callable[..., Operator],
    file: File,
    request_of: Callable[[Session, str], AuthorisationRequest],
) -> None:
    new = add_operator(session, "Huilerie", status=OrganisationStatus.NEW)
    first = file(session, new).reference
    second = file(session, new, conversation_id="c", email=ROBIN).reference
    decisions.reject_operator(session, second, AUTHORITY, "Elle existe déjà.", now)
    mailed = [
        (mail.recipient, mail.parameters["reason"])
        for mail in session.scalars(select(OutboxMail).order_by(OutboxMail.id))
        if mail.kind == "request_rejected"
    ]
    assert mailed == [(CAMILLE, "Elle existe déjà."), (ROBIN, "Elle existe déjà.")]
    for reference in (first, second):
        assert request_of(session, reference).status is AuthorisationStatus.REJECTED


def test_only_a_new_operator_is_decided_on_as_one(
    session: Session,
    now: datetime,
    add_authority: Callable[..., Authority],
    file: File,
    camille: str,
) -> None:
    for reference in (
        camille,
        file(session, add_authority(session), conversation_id="c", email=ROBIN).reference,
    ):
        with pytest.raises(TransitionRefused):
            decisions.accept_operator(session, reference, AUTHORITY, now)
