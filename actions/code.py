"""Says why a typed code was refused. The code itself never comes here (the gateway has it)."""

from sqlalchemy.orm import Session

from actions.address_proof import FORMS, draft_of
from actions.base import RegisterAction
from actions.house import House
from actions.request_draft import current_draft, send_code
from actions.turn import Events, Turn
from registry.services.drafts import DraftState
from registry.vocabulary import DraftStatus

OUTCOMES = ("wrong", "expired", "exhausted")
CODE_SLOTS = ("request_code", *(form.code_slot for form in FORMS.values()))


class ActionCodeRefused(RegisterAction):
    """Tells the outcome that the gateway got from the register."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_code_refused"

    def act(self, session: Session, turn: Turn) -> Events:
        """Say the outcome's response, which adds that nothing is done yet."""
        outcome = turn.entity("code_outcome")
        if outcome not in OUTCOMES:
            raise ValueError("the gateway sent an unknown outcome")
        if draft_in_hand(session, turn, self.house).state != DraftStatus.FILED:
            turn.say(f"utter_code_{outcome}")
        # Filed already, its answer was lost: the form, which goes on now, says so.
        return []


class ActionResendCode(RegisterAction):
    """Sends a new code for the draft as it stands."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_resend_code"

    def act(self, session: Session, turn: Turn) -> Events:
        """Send a code, where one is awaited."""
        if turn.slot("requested_slot") not in CODE_SLOTS:
            turn.say("utter_button_no_longer_applies")
            return []
        draft = draft_in_hand(session, turn, self.house)
        if draft.state == DraftStatus.FILED:
            # Filed already, its answer was lost: the form, which goes on now, says so.
            return []
        if send_code(session, turn, self.house, draft):
            turn.say("utter_code_resent")
        return []


def draft_in_hand(session: Session, turn: Turn, house: House) -> DraftState:
    """Return the draft of the form that is running."""
    form = FORMS.get(turn.active_form or "")
    if form is not None:
        return draft_of(session, turn, house, form)
    return current_draft(session, turn, house)
