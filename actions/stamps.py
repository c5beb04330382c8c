"""Buttons that act carry the draft and its version: pressed later, they are told to be stale."""

from typing import Any

from actions.turn import Turn
from registry.services.drafts import DraftState

UNSTAMPED = (None, None)


def stamp_of(draft: DraftState) -> dict[str, Any]:
    """Return what a button carries to show which state of the draft it belongs to."""
    return {"draft_id": draft.id, "draft_version": str(draft.version)}


def is_of(turn: Turn, draft: DraftState) -> bool:
    """Say whether a button pressed belongs to the draft as it stands."""
    return _pressed(turn) == tuple(stamp_of(draft).values())


def is_stale(turn: Turn, draft: DraftState) -> bool:
    """Say whether a button pressed belongs to an earlier state of the draft, or to another."""
    return _pressed(turn) != UNSTAMPED and not is_of(turn, draft)


def _pressed(turn: Turn) -> tuple[str | None, str | None]:
    return turn.entity("draft_id"), turn.entity("draft_version")
