"""The register's tables. Import from here, so that every table is known to the metadata."""

from registry.models.audit import AuditEntry
from registry.models.base import Base
from registry.models.conversations import (
    ConversationSession,
    Draft,
    Feedback,
    FeedbackComment,
    OutboxMail,
    Turn,
    VerificationCode,
)
from registry.models.organisations import (
    Activity,
    Authority,
    ControlBody,
    Operator,
    Organisation,
    OrganisationIdentifier,
)
from registry.models.requests import AuthorisationRequest, RequestEvent, User
from registry.models.tickets import Ticket, TicketEvent

__all__ = [
    "Activity",
    "AuditEntry",
    "AuthorisationRequest",
    "Authority",
    "Base",
    "ControlBody",
    "ConversationSession",
    "Draft",
    "Feedback",
    "FeedbackComment",
    "Operator",
    "Organisation",
    "OrganisationIdentifier",
    "OutboxMail",
    "RequestEvent",
    "Ticket",
    "TicketEvent",
    "Turn",
    "User",
    "VerificationCode",
]
