"""Goes on with a request that was begun in another conversation, for who proves its address."""

from rasa_sdk.events import FollowupAction
from sqlalchemy.orm import Session

from actions.address_proof import RESUMPTION, draft_of, take_step
from actions.base import RegisterAction
from actions.request_draft import DRAFT_FIELDS, LEFT_OUT, OPERATOR_DETAILS, OPTIONAL_FIELDS
from actions.turn import Events, Turn, empty_slots, set_slots
from registry.services import requests, resumption
from registry.services.drafts import DraftState


class ValidateResumptionForm(RegisterAction):
    """Asks for the address, then for the code sent to it."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "validate_resumption_form"

    def act(self, session: Session, turn: Turn) -> Events:
        """Take one step of the form."""
        return take_step(session, turn, self.house, RESUMPTION)


class ActionTakeUpRequest(RegisterAction):
    """Brings the request begun elsewhere here, and goes on with it."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_take_up_request"

    def act(self, session: Session, turn: Turn) -> Events:
        """Take up the draft of the proven address; its form asks for what is missing."""
        proof = draft_of(session, turn, self.house, RESUMPTION)
        try:
            draft = resumption.take_up(session, proof.id, self.house.hash_key, self.house.now())
        except requests.NotVerified:
            turn.say("utter_request_not_verified")
            return [*empty_slots("resumption_code"), FollowupAction("resumption_form")]
        if draft is None:
            turn.say("utter_no_request_begun")
            return empty_slots(*RESUMPTION.slots)
        turn.say("utter_request_taken_up")
        return [
            *empty_slots(*RESUMPTION.slots, "parked_form", "request_confirmation", "request_code"),
            *set_slots(request_draft=draft.id, **_slots_of(draft)),
            FollowupAction("access_request_form"),
        ]


def _slots_of(draft: DraftState) -> dict[str, str | None]:
    """Return the form's slots as the draft has them."""
    kept = {slot: draft.fields.get(field) for slot, field in DRAFT_FIELDS.items()}
    left_out = dict.fromkeys((*OPTIONAL_FIELDS, *OPERATOR_DETAILS), LEFT_OUT)
    return (
        dict.fromkeys(DRAFT_FIELDS)
        | left_out
        | {slot: str(value) for slot, value in kept.items() if value is not None}
    )
