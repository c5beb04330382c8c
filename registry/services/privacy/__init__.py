"""What a person may ask of their data: to be given them, and to have them erased."""

from registry.services.privacy.acts import (
    HOLDINGS,
    Erasure,
    erase,
    export,
    file_offered,
    offer_export,
)
from registry.services.privacy.conversations import erase_unfiled

__all__ = [
    "HOLDINGS",
    "Erasure",
    "erase",
    "erase_unfiled",
    "export",
    "file_offered",
    "offer_export",
]
