"""What the register does not keep: each kind of data goes when its days, by the settings, are over.

Sessions are no part of it: they go when their conversation is forgotten (services/sessions). The
outbox itself forgets a mail's address and contents once it was sent or given up.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from registry.models import (
    AuthorisationRequest,
    Draft,
    Feedback,
    FeedbackComment,
    OutboxMail,
    RequestEvent,
    TicketEvent,
    Turn,
    User,
    VerificationCode,
)
from registry.services.privacy.requests import WIPED, clear, wipe
from registry.services.privacy.tickets import remove_tickets
from registry.services.verification import LIFE
from registry.settings import Retention
from registry.vocabulary import AuthorisationStatus, DraftStatus

# An accepted code is proof for its draft as long as a session lasts by default.
CODES_KEPT = timedelta(hours=24)
ENDED = (
    AuthorisationStatus.REJECTED,
    AuthorisationStatus.CANCELLED,
    AuthorisationStatus.REMOVED,
)


def remove_expired(session: Session, kept: Retention, now: datetime) -> None:
    """Remove all that is older than `kept` says, and what nobody can use any more."""
    _remove_codes_and_mails(session, now, _before(now, kept.mail))
    _remove_drafts(session, _before(now, kept.open_draft), _before(now, kept.closed_draft))
    _remove_figures(session, _before(now, kept.turn), _before(now, kept.comment))
    _take_people_out_of_ended_requests(session, _before(now, kept.ended_request))
    _remove_tickets(session, _before(now, kept.ticket))


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _remove_codes_and_mails(session: Session, now: datetime, mails_until: datetime) -> None:
    session.execute(delete(VerificationCode).where(VerificationCode.created_at <= now - CODES_KEPT))
    is_old_code = and_(
        OutboxMail.kind == "code",
        OutboxMail.sent_at.is_(None),
        OutboxMail.given_up_at.is_(None),
        OutboxMail.created_at <= now - LIFE,
    )
    is_old = OutboxMail.created_at <= mails_until
    session.execute(delete(OutboxMail).where(or_(is_old_code, is_old)))


def _remove_drafts(session: Session, open_until: datetime, closed_until: datetime) -> None:
    is_open = Draft.state == DraftStatus.OPEN
    session.execute(
        delete(Draft).where(
            or_(
                and_(is_open, Draft.updated_at <= open_until),
                and_(~is_open, Draft.updated_at <= closed_until),
            )
        )
    )


def _remove_figures(session: Session, turns_until: datetime, comments_until: datetime) -> None:
    old = select(Feedback.id).where(Feedback.at <= turns_until)
    session.execute(
        delete(FeedbackComment).where(
            or_(FeedbackComment.at <= comments_until, FeedbackComment.feedback_id.in_(old))
        )
    )
    session.execute(delete(Feedback).where(Feedback.at <= turns_until))
    session.execute(delete(Turn).where(Turn.at <= turns_until))


def _take_people_out_of_ended_requests(session: Session, until: datetime) -> None:
    """The row and its history stay: what was decided, by opaque ids, about nobody any more."""
    for request in _ended(session, until):
        clear(request)
    for user in _without_another_request(session, until):
        wipe(user)
    session.flush()


def _remove_tickets(session: Session, until: datetime) -> None:
    last_event = func.max(TicketEvent.at) <= until
    old = select(TicketEvent.ticket_id).group_by(TicketEvent.ticket_id).having(last_event)
    remove_tickets(session, session.scalars(old).all())


def _ended(session: Session, until: datetime) -> Sequence[AuthorisationRequest]:
    """Requests that ended before `until` and still hold what their requester wrote."""
    request = AuthorisationRequest
    written = or_(
        request.message.is_not(None),
        request.contact_email.is_not(None),
        request.contact_phone.is_not(None),
    )
    return session.scalars(select(request).where(_has_ended(until), written)).all()


def _without_another_request(session: Session, until: datetime) -> Sequence[User]:
    """People whose every request ended before `until`."""
    of_theirs = AuthorisationRequest.user_id == User.id
    needed = exists().where(of_theirs, ~_has_ended(until))
    is_wiped = User.email.startswith(WIPED, autoescape=True)
    return session.scalars(select(User).where(~is_wiped, ~needed)).all()


def _has_ended(until: datetime) -> ColumnElement[bool]:
    """Whether a request's last move, before `until`, ended it."""
    last_move = (
        select(func.max(RequestEvent.at))
        .where(RequestEvent.request_id == AuthorisationRequest.id)
        .scalar_subquery()
    )
    return and_(AuthorisationRequest.status.in_(ENDED), last_move <= until)
