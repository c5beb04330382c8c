"""Reads what was typed into a form of a few fields, and asks for what is missing of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from actions.turn import Turn
from registry.references import BadReference
from registry.validation import BadAnswer

Readers = Mapping[str, Callable[[str], str]]


@dataclass(frozen=True)
class TypedAnswers:
    """The value of each slot, ``None`` where there is none yet; the slot refused just now."""

    values: Mapping[str, str | None]
    refused: str | None


def read_answers(turn: Turn, readers: Readers) -> TypedAnswers:
    """Read the answers of this turn, each by its slot's reader, beside those taken before."""
    values = {slot: turn.slot(slot) for slot in readers}
    refused = None
    for slot, typed in turn.answers().items():
        if slot not in readers:
            continue
        try:
            values[slot] = readers[slot](typed)
        except (BadReference, BadAnswer):
            values[slot] = None
            refused = slot
    return TypedAnswers(values, refused)


def ask_for_missing(turn: Turn, answers: TypedAnswers) -> bool:
    """Ask for the first slot without a value; return whether there is one."""
    missing = next((slot for slot, value in answers.values.items() if value is None), None)
    if missing is None:
        return False
    turn.say(f"utter_field_{missing}" + ("_again" if missing == answers.refused else ""))
    return True
