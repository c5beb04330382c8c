"""What a person may ask of their data: to be given them, and to have them erased."""

from registry.services.privacy.acts import (
    FILE_LIFE,
    HOLDINGS,
    Erasure,
    erase,
    export,
    file_offered,
    offer_export,
)
from registry.services.privacy.conversations import LAST_ANSWER, erase_unfiled

__all__ = [
    "FILE_LIFE",
    "HOLDINGS",
    "LAST_ANSWER",
    "Erasure",
    "erase",
    "erase_unfiled",
    "export",
    "file_offered",
    "offer_export",
]
