"""The mails about a request: the requester's, in one shape for whatever happened to it."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest
from registry.services import outbox
from registry.transitions import who_decides
from registry.vocabulary import OrganisationStatus

# What an operator is called that somebody created, until it is Valid.
NEVER_ACCEPTED = (OrganisationStatus.NEW, OrganisationStatus.REJECTED)


def announce(
    session: Session,
    kind: str,
    request: AuthorisationRequest,
    language: str,
    now: datetime,
    **more: str | None,
) -> None:
    """Write the mail `kind` of data/texts/mail.yml to the requester, in `language`.

    `more` is what else that mail says. Nothing in it is what a requester typed: the name of an
    operator that nobody has accepted is left out.
    """
    is_accepted = request.organisation.status not in NEVER_ACCEPTED
    parameters = {
        "reference": request.reference,
        "organisation_name": request.organisation.name if is_accepted else None,
        "environment": request.environment.value,
        "deciders": [decider.value for decider in who_decides(request.organisation)],
        **more,
    }
    outbox.enqueue(session, kind, request.user.email, language, parameters, now)
