"""Reads what was typed into a form of a few fields, and asks for what is missing of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from actions.turn import Turn
from registry.references import BadReference
from registry.validation import BadAnswer

Readers = Mapping[str, Callable[[str], str]]


@dataclass(frozen=True)
class TypedAnswers:
    """The value of each slot, ``None`` where there is none yet.

    ``changed`` are the values that the slots do not hold yet, ``refused`` is the slot whose
    answer holds none.
    """

    values: Mapping[str, str | None]
    changed: Mapping[str, str | None]
    refused: str | None


def read_answers(turn: Turn, readers: Readers) -> TypedAnswers:
    """Read what each slot holds, by its reader: an answer of this turn, or a correction of one.

    What was read before is read once more: it is the same.
    """
    values: dict[str, str | None] = {}
    refused = None
    for slot, read in readers.items():
        typed = turn.slot(slot)
        try:
            values[slot] = None if typed is None else read(typed)
        except (BadReference, BadAnswer):
            values[slot] = None
            refused = slot
    answers = turn.answers()
    changed = {
        slot: value for slot, value in values.items() if slot in answers or value != turn.slot(slot)
    }
    return TypedAnswers(values, changed, refused)


def ask_for_missing(turn: Turn, answers: TypedAnswers) -> bool:
    """Ask for the first slot without a value; return whether there is one."""
    missing = next((slot for slot, value in answers.values.items() if value is None), None)
    if missing is None:
        return False
    turn.say(f"utter_field_{missing}" + ("_again" if missing == answers.refused else ""))
    return True
