"""Proof that whoever acts on a draft reads the address in it: the accepted code."""

import hmac

from sqlalchemy.orm import Session

from registry.hashing import address_hash
from registry.models import Draft
from registry.services.verification import verified_address


class NotVerified(Exception):
    """No code was accepted for this version of the draft and the address in it."""


class DraftIncomplete(Exception):
    """Fields are missing or unusable; `fields` names them."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"Missing or unusable: {', '.join(fields)}.")
        self.fields = fields


def check_verified(session: Session, draft: Draft, email: str, hash_key: str) -> None:
    """Raises NotVerified unless a code proved `email` for the draft as it stands."""
    proven = verified_address(session, draft.id, draft.version)
    if proven is None or not hmac.compare_digest(proven, address_hash(hash_key, email)):
        raise NotVerified("No code was accepted for this draft as it stands.")
