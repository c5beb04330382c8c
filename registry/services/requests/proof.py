"""Proof that whoever acts on a draft reads the address in it: the accepted code."""

import hmac

from sqlalchemy.orm import Session

from registry.hashing import address_hash
from registry.models import Draft
from registry.services.drafts import UnknownDraft
from registry.services.verification import verified_address
from registry.vocabulary import Journey


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


def check_journey(draft: Draft, journey: Journey) -> None:
    """Raises UnknownDraft for a draft of another journey: its code was asked for another end."""
    if draft.journey != journey:
        raise UnknownDraft(f"The draft is not of the journey {journey}.")


def email_in(draft: Draft) -> str:
    """The address in the draft, in lower case. Raises DraftIncomplete."""
    email = str(draft.fields.get("email") or "").strip().lower()
    if not email:
        raise DraftIncomplete(("email",))
    return email
