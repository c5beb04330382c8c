"""Drafts: what someone is entering, saved at each field; the version tells stale buttons."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import Draft
from registry.vocabulary import DraftStatus

FieldValue = str | int | bool | None


class UnknownDraft(LookupError):
    """There is no draft of that id."""


class DraftClosed(Exception):
    """The draft was filed or cancelled and cannot change any more."""


@dataclass(frozen=True)
class DraftState:
    """A draft as plain data. `id` is 32 hex digits; `version` starts at 0."""

    id: str
    conversation_id: str
    journey: str
    fields: Mapping[str, FieldValue]
    version: int
    state: DraftStatus


def open_draft(session: Session, conversation_id: str, journey: str, now: datetime) -> DraftState:
    """The open draft of that conversation and journey, or a new one."""
    draft = session.scalar(
        select(Draft).where(
            Draft.conversation_id == conversation_id,
            Draft.journey == journey,
            Draft.state == DraftStatus.OPEN,
        )
    )
    if draft is None:
        draft = Draft(
            id=uuid.uuid4().hex,
            conversation_id=conversation_id,
            journey=journey,
            fields={},
            version=0,
            state=DraftStatus.OPEN,
            created_at=now,
            updated_at=now,
        )
        session.add(draft)
        session.flush()
    return _state(draft)


def get(session: Session, draft_id: str) -> DraftState | None:
    """The draft of that id, or None."""
    draft = session.get(Draft, draft_id)
    return _state(draft) if draft else None


def of_conversation(session: Session, conversation_id: str) -> tuple[DraftState, ...]:
    """The drafts of a conversation that were not cancelled, the latest changed last."""
    found = session.scalars(
        select(Draft)
        .where(Draft.conversation_id == conversation_id, Draft.state != DraftStatus.CANCELLED)
        .order_by(Draft.updated_at, Draft.created_at)
    )
    return tuple(_state(draft) for draft in found)


def save_field(
    session: Session, draft_id: str, field: str, value: FieldValue, now: datetime
) -> DraftState:
    """Set one field; None takes it out. The version moves only when the value changes.

    Raises UnknownDraft, and DraftClosed for a draft that was filed or cancelled.
    """
    draft = _open(session, draft_id)
    if draft.fields.get(field) != value:
        fields = {name: kept for name, kept in draft.fields.items() if name != field}
        # A new dict: the database layer does not see changes inside the old one.
        draft.fields = fields if value is None else {**fields, field: value}
        draft.version += 1
        draft.updated_at = now
        session.flush()
    return _state(draft)


def cancel(session: Session, draft_id: str, now: datetime) -> DraftState:
    """Close the draft without filing it; cancelling twice changes nothing.

    Raises UnknownDraft, and DraftClosed for a draft that was filed.
    """
    draft = lock(session, draft_id)
    if draft.state == DraftStatus.FILED:
        raise DraftClosed("The draft was filed.")
    if draft.state == DraftStatus.OPEN:
        draft.state = DraftStatus.CANCELLED
        draft.updated_at = now
        session.flush()
    return _state(draft)


def lock(session: Session, draft_id: str) -> Draft:
    """The row, held until the transaction ends. Raises UnknownDraft."""
    draft = session.get(Draft, draft_id, with_for_update=True)
    if draft is None:
        raise UnknownDraft("There is no such draft.")
    return draft


def _open(session: Session, draft_id: str) -> Draft:
    draft = lock(session, draft_id)
    if draft.state != DraftStatus.OPEN:
        raise DraftClosed(f"The draft was {draft.state}.")
    return draft


def _state(draft: Draft) -> DraftState:
    return DraftState(
        id=draft.id,
        conversation_id=draft.conversation_id,
        journey=draft.journey,
        fields=dict(draft.fields),
        version=draft.version,
        state=draft.state,
    )
