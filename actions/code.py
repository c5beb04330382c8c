"""Says why a typed code was refused. The code itself never comes here (the gateway has it)."""

from sqlalchemy.orm import Session

from actions.base import RegisterAction
from actions.request_draft import current_draft
from actions.turn import Events, Turn
from registry.vocabulary import DraftStatus

OUTCOMES = ("wrong", "expired", "exhausted")


class ActionCodeRefused(RegisterAction):
    """Tells the outcome that the gateway got from the register."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_code_refused"

    def act(self, session: Session, turn: Turn) -> Events:
        """Say the outcome's response, which adds that nothing is filed yet."""
        outcome = turn.entity("code_outcome")
        if outcome not in OUTCOMES:
            raise ValueError("the gateway sent an unknown outcome")
        if current_draft(session, turn, self.house).state != DraftStatus.FILED:
            turn.say(f"utter_code_{outcome}")
        # Filed already, its answer was lost: the form, which goes on now, says so.
        return []
