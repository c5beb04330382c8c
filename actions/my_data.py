"""Gives a person all that the register holds of them, or erases it, after a code."""

from rasa_sdk.events import FollowupAction
from sqlalchemy.orm import Session

from actions.address_proof import ERASURE, EXPORT, draft_of, take_step
from actions.base import RegisterAction
from actions.guide import GUIDE_SLOTS
from actions.journeys import end_all_forms
from actions.turn import Events, Turn, empty_slots
from registry.services import privacy
from registry.services.requests import NotVerified

FILE_MINUTES = int(privacy.FILE_LIFE.total_seconds() // 60)
LAST_MINUTES = int(privacy.LAST_ANSWER.total_seconds() // 60)


class ValidateExportForm(RegisterAction):
    """Asks for the address, then for the code sent to it."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "validate_export_form"

    def act(self, session: Session, turn: Turn) -> Events:
        """Take one step of the form."""
        return take_step(session, turn, self.house, EXPORT)


class ActionOfferData(RegisterAction):
    """Offers the file with all that is held of the proven address; it is never mailed."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_offer_data"

    def act(self, session: Session, turn: Turn) -> Events:
        """Have the gateway give the file for a while (the response says where it is)."""
        draft = draft_of(session, turn, self.house, EXPORT)
        try:
            privacy.offer_export(session, draft.id, self.house.hash_key, self.house.now())
        except NotVerified:
            turn.say("utter_my_data_not_verified")
            return [*empty_slots("export_code"), FollowupAction("export_form")]
        turn.say("utter_my_data_ready", minutes=FILE_MINUTES)
        return empty_slots(*EXPORT.slots)


class ValidateErasureForm(RegisterAction):
    """Asks for the address, whether one is sure, then for the code."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "validate_erasure_form"

    def act(self, session: Session, turn: Turn) -> Events:
        """Take one step of the form."""
        return take_step(session, turn, self.house, ERASURE)


class ActionEraseData(RegisterAction):
    """Erases all that is held of the proven address, and says what is not touched."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_erase_data"

    def act(self, session: Session, turn: Turn) -> Events:
        """Erase: once, however often it is asked (A02, A05)."""
        draft = draft_of(session, turn, self.house, ERASURE)
        try:
            erasure = privacy.erase(session, draft.id, self.house.hash_key, self.house.now())
        except NotVerified:
            turn.say("utter_my_data_not_verified")
            return [*empty_slots("erasure_code"), FollowupAction("erasure_form")]
        turn.say("utter_data_erased", cancelled=erasure.cancelled_requests, minutes=LAST_MINUTES)
        if self.house.is_demo:
            turn.say("utter_mail_shown_in_demonstration")
        # The conversation is over: there is nothing left to go back to.
        return [*end_all_forms(), *empty_slots(*GUIDE_SLOTS)]
