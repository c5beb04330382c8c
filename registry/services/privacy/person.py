"""Whose data: the person who proved an address, and what in the register was said to be theirs."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.hashing import address_hash
from registry.models import AuthorisationRequest, Draft, User, VerificationCode


@dataclass(frozen=True)
class Person:
    """The owner of an address, with the ids by which their data are found.

    Anyone can type an address: what was entered under it without its code may be somebody
    else's, who mistyped. `drafts` are all that name the address as their author's,
    `proven_drafts` those that are surely the owner's; the conversations are theirs alike.
    `proof` is the draft whose code was accepted just now.
    """

    email: str
    address_hash: str
    user_id: int | None
    proof: str
    drafts: frozenset[str]
    proven_drafts: frozenset[str]
    conversations: frozenset[str]
    proven_conversations: frozenset[str]


def person_of(session: Session, proof: Draft, email: str, hash_key: str) -> Person:
    """The owner of `email`, which the draft `proof` has proven."""
    owner = address_hash(hash_key, email)
    user_id = session.scalar(select(User.id).where(User.email == email).with_for_update())
    named = session.execute(
        select(Draft.id, Draft.conversation_id).where(
            func.lower(Draft.fields["email"].as_string()) == email
        )
    )
    entered: dict[str, str] = dict(named.all())
    accepted = session.scalars(
        select(VerificationCode.draft_id).where(
            VerificationCode.address_hash == owner, VerificationCode.accepted_at.is_not(None)
        )
    )
    filed = session.scalars(
        select(AuthorisationRequest.draft_id).where(AuthorisationRequest.user_id == user_id)
    )
    proven = entered.keys() & {proof.id, *accepted, *filed}
    return Person(
        email=email,
        address_hash=owner,
        user_id=user_id,
        proof=proof.id,
        drafts=frozenset(entered),
        proven_drafts=frozenset(proven),
        conversations=frozenset(entered.values()),
        proven_conversations=_of(entered, proven),
    )


def _of(entered: dict[str, str], drafts: Collection[str]) -> frozenset[str]:
    return frozenset(entered[draft] for draft in drafts)
