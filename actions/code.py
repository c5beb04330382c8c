"""Says why a typed code was refused. The code itself never comes here (the gateway has it)."""

from actions.base import PlainAction
from actions.turn import Events, Turn

OUTCOMES = ("wrong", "expired", "exhausted")


class ActionCodeRefused(PlainAction):
    """Tells the outcome that the gateway got from the register."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_code_refused"

    def act(self, turn: Turn) -> Events:
        """Say the outcome's response."""
        outcome = turn.entity("code_outcome")
        if outcome not in OUTCOMES:
            raise ValueError("the gateway sent an unknown outcome")
        turn.say(f"utter_code_{outcome}")
        return []
