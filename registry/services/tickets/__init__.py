"""Tickets: handing a question to a person, listing, answering and closing what was asked."""

from registry.services.tickets.handling import (
    TicketClosed,
    TicketDetails,
    TicketSummary,
    TicketUnknown,
    answer,
    close,
    details_of,
    status_of,
    waiting,
)
from registry.services.tickets.opening import (
    Line,
    OpenedTicket,
    TooManyTickets,
    known_before,
    open_ticket,
    opened_by,
)

__all__ = [
    "Line",
    "OpenedTicket",
    "TicketClosed",
    "TicketDetails",
    "TicketSummary",
    "TicketUnknown",
    "TooManyTickets",
    "answer",
    "close",
    "details_of",
    "known_before",
    "open_ticket",
    "opened_by",
    "status_of",
    "waiting",
]
