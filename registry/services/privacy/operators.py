"""Operators that a person created here and nobody has decided on: their words, their contacts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, Operator
from registry.services.privacy.holding import Holding, Row, moment
from registry.services.privacy.person import Person
from registry.vocabulary import OrganisationStatus


def _created(session: Session, person: Person) -> Sequence[Operator]:
    """The operators New that came into the register with the person's requests (S51)."""
    return session.scalars(
        select(Operator)
        .join(AuthorisationRequest, AuthorisationRequest.organisation_id == Operator.id)
        .where(
            AuthorisationRequest.user_id == person.user_id,
            Operator.status == OrganisationStatus.NEW,
        )
        .order_by(Operator.id)
    ).all()


def _tell(session: Session, person: Person) -> list[Row]:
    return [
        {
            "name": operator.name,
            "country": operator.country,
            "city": operator.city,
            "address": operator.address,
            "phone": operator.phone,
            "fax": operator.fax,
            "email": operator.email,
            "website": operator.website,
            "created_at": moment(operator.created_at),
        }
        for operator in _created(session, person)
    ]


def _erase(session: Session, person: Person, now: datetime) -> int:
    # Name and place are the company's; a number or an address to write to may be the person's.
    created = _created(session, person)
    for operator in created:
        operator.phone = operator.fax = operator.email = None
    return len(created)


OPERATORS = Holding("operators", _tell, _erase)
