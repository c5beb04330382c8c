"""Reads what a person answered to a field: the value in it, or that there is none."""

from registry.validation.answers import BadAnswer, is_skipped
from registry.validation.emails import read_contact_email, read_email, suggest_email
from registry.validation.messages import read_message
from registry.validation.names import read_full_name
from registry.validation.phones import read_phone
from registry.validation.websites import read_website

__all__ = [
    "BadAnswer",
    "is_skipped",
    "read_contact_email",
    "read_email",
    "read_full_name",
    "read_message",
    "read_phone",
    "read_website",
    "suggest_email",
]
