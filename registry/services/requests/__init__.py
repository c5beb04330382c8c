"""Authorisation requests: filing a draft once, and telling how a request stands."""

from registry.services.requests.filing import (
    FiledRequest,
    OrganisationUnavailable,
    RequestAlreadyOpen,
    RequestAlreadyValid,
    RequestSuspended,
    file_request,
)
from registry.services.requests.proof import DraftIncomplete, NotVerified
from registry.services.requests.status import RequestStatus, status_of

__all__ = [
    "DraftIncomplete",
    "FiledRequest",
    "NotVerified",
    "OrganisationUnavailable",
    "RequestAlreadyOpen",
    "RequestAlreadyValid",
    "RequestStatus",
    "RequestSuspended",
    "file_request",
    "status_of",
]
