"""Organisations of the three kinds, with their identifiers and activities."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.models.base import Base, UtcDateTime, word
from registry.vocabulary import (
    AuthorityRole,
    Environment,
    IdentifierType,
    OrganisationKind,
    OrganisationStatus,
)


class Organisation(Base):
    """What someone asks access for, once per environment (S22, S29)."""

    __tablename__ = "organisations"
    __table_args__ = (
        UniqueConstraint("environment", "traces_number"),
        UniqueConstraint("environment", "kind", "code"),
        Index("ix_organisations_environment_number_key", "environment", "number_key"),
    )
    # All columns at once: a search lists organisations of every kind.
    __mapper_args__ = {"polymorphic_on": "kind", "with_polymorphic": "*"}

    id: Mapped[int] = mapped_column(primary_key=True)
    environment: Mapped[Environment] = mapped_column(word(Environment, "environment"))
    kind: Mapped[OrganisationKind] = mapped_column(word(OrganisationKind, "kind"))
    status: Mapped[OrganisationStatus] = mapped_column(word(OrganisationStatus, "status"))
    name: Mapped[str] = mapped_column(String(300))
    # Normalised name, city and numbers, kept by the directory service.
    search_text: Mapped[str] = mapped_column(String(700))
    # The TRACES number or code as identifiers.normalise gives it.
    number_key: Mapped[str | None] = mapped_column(String(40))
    country: Mapped[str] = mapped_column(String(2))
    address: Mapped[str | None] = mapped_column(String(300))
    city: Mapped[str | None] = mapped_column(String(150))
    administrative_region: Mapped[str | None] = mapped_column(String(150))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    is_example: Mapped[bool] = mapped_column(Boolean, server_default=false(), default=False)
    traces_number: Mapped[str | None] = mapped_column(String(40))
    code: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    identifiers: Mapped[list["OrganisationIdentifier"]] = relationship(
        cascade="all, delete-orphan", order_by="OrganisationIdentifier.id"
    )
    activities: Mapped[list["Activity"]] = relationship(
        cascade="all, delete-orphan",
        order_by="Activity.id",
        foreign_keys="Activity.organisation_id",
    )


class Operator(Organisation):
    """An economic operator, known by its TRACES number (S30, S41), with contact means (S45)."""

    __mapper_args__ = {"polymorphic_identity": OrganisationKind.OPERATOR}

    phone: Mapped[str | None] = mapped_column(String(40))
    fax: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))
    website: Mapped[str | None] = mapped_column(String(300))


class ControlBody(Organisation):
    """An organic control body or control authority (S31), known by its code."""

    __mapper_args__ = {"polymorphic_identity": OrganisationKind.CONTROL_BODY}

    legal_list: Mapped[str | None] = mapped_column(String(150))


class Authority(Organisation):
    """A competent authority (S32) with a role and a code (S53); national ones apart (S64)."""

    __mapper_args__ = {"polymorphic_identity": OrganisationKind.AUTHORITY}

    role: Mapped[AuthorityRole | None] = mapped_column(word(AuthorityRole, "role"))
    is_national: Mapped[bool | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))


class OrganisationIdentifier(Base):
    """A further identifier of an organisation: EORI, VAT or other (S47, X22).

    Several organisations may have the same, as an operator's on both sites have.
    """

    __tablename__ = "organisation_identifiers"
    __table_args__ = (
        UniqueConstraint("organisation_id", "type", "value"),
        Index("ix_organisation_identifiers_value", "value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    type: Mapped[IdentifierType] = mapped_column(word(IdentifierType, "type"))
    # In the one spelling that identifiers.company_keys looks for: no spaces, dots or dashes.
    value: Mapped[str] = mapped_column(String(60))


class Activity(Base):
    """What an organisation is registered to do (S48, S49)."""

    __tablename__ = "activities"
    __table_args__ = (Index("ix_activities_organisation_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    chapter: Mapped[str] = mapped_column(String(60))
    section_label: Mapped[str] = mapped_column(String(150))
    section_code: Mapped[str] = mapped_column(String(60))
    activity: Mapped[str] = mapped_column(String(150))
    identifier: Mapped[str | None] = mapped_column(String(60))
    control_body_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    publication_date: Mapped[date | None] = mapped_column(Date)
    application_date: Mapped[date | None] = mapped_column(Date)
