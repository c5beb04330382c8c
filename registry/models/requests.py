"""Who asks, what was asked, and each thing that happened to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.models.base import Base, UtcDateTime, word
from registry.models.organisations import Organisation
from registry.vocabulary import ActorKind, AuthorisationStatus, Environment

ONLY_OPEN = text("status = 'Requested'")


class User(Base):
    """A requester: name and EU Login e-mail (S26), nothing more."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower_case"),
        CheckConstraint("email_language IN ('fr', 'en')", name="email_language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    email_language: Mapped[str] = mapped_column(String(2))


class AuthorisationRequest(Base):
    """A request for access to one organisation on one site (S40, S52)."""

    __tablename__ = "authorisation_requests"
    __table_args__ = (
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        # One open request per person, organisation, role and site.
        Index(
            "uq_authorisation_requests_open",
            "user_id",
            "organisation_id",
            "requested_role",
            "environment",
            unique=True,
            sqlite_where=ONLY_OPEN,
            postgresql_where=ONLY_OPEN,
        ),
        Index("ix_authorisation_requests_organisation_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    # No foreign key: the request outlives the draft it came from. Unique: filing the same
    # draft again must find this request.
    draft_id: Mapped[str] = mapped_column(String(32), unique=True)
    environment: Mapped[Environment] = mapped_column(word(Environment, "environment"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    requested_role: Mapped[str] = mapped_column(String(32))
    message: Mapped[str | None] = mapped_column(String(1000))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contact_phone: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    status: Mapped[AuthorisationStatus] = mapped_column(word(AuthorisationStatus, "status"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(String(1000))

    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation] = relationship()
    events: Mapped[list["RequestEvent"]] = relationship(order_by="RequestEvent.id")


class RequestEvent(Base):
    """One move of a request. Triggers of the database refuse any change to it."""

    __tablename__ = "request_events"
    __table_args__ = (Index("ix_request_events_request_id", "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("authorisation_requests.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[ActorKind] = mapped_column(word(ActorKind, "actor_kind"))
    actor: Mapped[str | None] = mapped_column(String(64))
    from_status: Mapped[AuthorisationStatus | None] = mapped_column(
        word(AuthorisationStatus, "from_status")
    )
    to_status: Mapped[AuthorisationStatus] = mapped_column(word(AuthorisationStatus, "to_status"))
    reason: Mapped[str | None] = mapped_column(String(1000))
