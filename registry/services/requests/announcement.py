"""The mails about a request: the requester's, in one shape for whatever happened to it."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest
from registry.services import outbox
from registry.transitions import who_decides


def announce(
    session: Session,
    kind: str,
    request: AuthorisationRequest,
    language: str,
    now: datetime,
    **more: str | None,
) -> None:
    """Write the mail `kind` of data/texts/mail.yml to the requester, in `language`.

    The organisation's name is the register's, `more` is what else that mail says; nothing in it
    is what a requester typed.
    """
    parameters = {
        "reference": request.reference,
        "organisation_name": request.organisation.name,
        "environment": request.environment.value,
        "deciders": [decider.value for decider in who_decides(request.organisation)],
        **more,
    }
    outbox.enqueue(session, kind, request.user.email, language, parameters, now)
