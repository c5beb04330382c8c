"""Authorisation requests: filing a draft once, telling how requests stand, withdrawing one."""

from registry.services.requests.filing import (
    FiledRequest,
    OrganisationUnavailable,
    RequestAlreadyOpen,
    RequestAlreadyValid,
    RequestSuspended,
    file_request,
)
from registry.services.requests.new_operator import OperatorExists
from registry.services.requests.proof import DraftIncomplete, NotVerified
from registry.services.requests.status import RequestStatus, of_address, status_of
from registry.services.requests.withdrawal import (
    NotWithdrawable,
    RequestUnknown,
    WithdrawnRequest,
    withdraw,
)

__all__ = [
    "DraftIncomplete",
    "FiledRequest",
    "NotVerified",
    "NotWithdrawable",
    "OperatorExists",
    "OrganisationUnavailable",
    "RequestAlreadyOpen",
    "RequestAlreadyValid",
    "RequestStatus",
    "RequestSuspended",
    "RequestUnknown",
    "WithdrawnRequest",
    "file_request",
    "of_address",
    "status_of",
    "withdraw",
]
