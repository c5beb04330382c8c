"""Reads what a person answered to a field: the value in it, or that there is none."""

from registry.validation.answers import BadAnswer, cleaned, is_agreed, is_skipped
from registry.validation.contacts import ContactMeans, read_contact_means
from registry.validation.details import read_date, read_eori, read_identifier, read_vat
from registry.validation.emails import read_contact_email, read_email, suggest_email
from registry.validation.lines import read_operator_name
from registry.validation.messages import read_message
from registry.validation.names import read_full_name
from registry.validation.phones import read_phone
from registry.validation.places import (
    read_address,
    read_city,
    read_coordinates,
    read_country,
    read_region,
)
from registry.validation.websites import read_website

__all__ = [
    "BadAnswer",
    "ContactMeans",
    "cleaned",
    "is_agreed",
    "is_skipped",
    "read_address",
    "read_city",
    "read_contact_email",
    "read_contact_means",
    "read_coordinates",
    "read_country",
    "read_date",
    "read_email",
    "read_eori",
    "read_full_name",
    "read_identifier",
    "read_message",
    "read_operator_name",
    "read_phone",
    "read_region",
    "read_vat",
    "read_website",
    "suggest_email",
]
