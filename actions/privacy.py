"""Tells what is kept of a person and for how long (A05)."""

from dataclasses import asdict

from actions.base import PlainAction
from actions.turn import Events, Turn
from registry.services.outbox import GIVEN_UP_AFTER


class ActionTellPrivacy(PlainAction):
    """Says who runs the service, what it keeps and why."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_tell_privacy"

    def act(self, turn: Turn) -> Events:
        """Name who runs the service, what is kept and for how long, by the settings."""
        nobody = self.house.terms.say("service_of_a_demonstration", turn.language)
        turn.say(
            "utter_privacy",
            service=self.house.service_operator or nobody,
            hours=self.house.session_hours,
            unsent_days=GIVEN_UP_AFTER.days,
            **{f"{kept}_days": days for kept, days in asdict(self.house.retention).items()},
        )
        return []
