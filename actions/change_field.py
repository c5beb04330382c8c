"""Changes what was typed into a form of a few fields, as a sentence asks: "no, the e-mail is …"."""

from actions.address_proof import FORMS
from actions.base import PlainAction
from actions.status import STATUS_SLOTS
from actions.turn import Events, Turn, set_slots

CHANGEABLE = {"status_form": STATUS_SLOTS} | {name: tuple(FORMS[name].readers) for name in FORMS}


class ActionChangeField(PlainAction):
    """Sets the field or empties it; the form, which goes on now, reads it or asks for it.

    The form of a request changes its fields itself: there this is not called.
    """

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_change_field"

    def act(self, turn: Turn) -> Events:
        """Change the field, or say that a button came too late."""
        field = turn.entity("field")
        if field not in CHANGEABLE.get(turn.active_form or "", ()):
            turn.say("utter_button_no_longer_applies")
            return []
        return set_slots(**{field: turn.entity("new_value")})
