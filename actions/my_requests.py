"""Shows all requests of an address that was proven, and takes one back."""

from rasa_sdk.events import FollowupAction
from sqlalchemy.orm import Session

from actions.address_proof import MY_REQUESTS, WITHDRAWAL, draft_of, take_step
from actions.base import RegisterAction
from actions.dates import day_in_words
from actions.turn import Events, Turn, empty_slots
from registry.services import requests

MOST_SHOWN = 10


class ValidateListingForm(RegisterAction):
    """Asks for the address, then for the code sent to it."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "validate_listing_form"

    def act(self, session: Session, turn: Turn) -> Events:
        """Take one step of the form."""
        return take_step(session, turn, self.house, MY_REQUESTS)


class ActionListRequests(RegisterAction):
    """Shows the requests of the proven address, newest first."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_list_requests"

    def act(self, session: Session, turn: Turn) -> Events:
        """Say each request with its status (A02)."""
        draft = draft_of(session, turn, self.house, MY_REQUESTS)
        try:
            found = requests.of_address(session, draft.id, self.house.hash_key)
        except requests.NotVerified:
            turn.say("utter_request_not_verified")
            return [*empty_slots("listing_code"), FollowupAction("listing_form")]
        turn.say("utter_my_requests" if found else "utter_no_requests", count=len(found))
        for request in found[:MOST_SHOWN]:
            words = self.house.terms
            turn.say(
                "utter_request_line",
                reference=request.reference,
                organisation=request.organisation_name,
                environment=words.say(f"environment_{request.environment}", turn.language),
                status=words.say(f"status_{request.status}", turn.language),
                date=day_in_words(request.created_at, turn.language),
            )
        return empty_slots(*MY_REQUESTS.slots)


class ValidateWithdrawalForm(RegisterAction):
    """Asks for the reference and the address, then for the code sent to it."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "validate_withdrawal_form"

    def act(self, session: Session, turn: Turn) -> Events:
        """Take one step of the form."""
        return take_step(session, turn, self.house, WITHDRAWAL)


class ActionWithdrawRequest(RegisterAction):
    """Takes the request back, and says what became of it."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_withdraw_request"

    def act(self, session: Session, turn: Turn) -> Events:
        """Withdraw the request of the draft: once, however often it is asked (A02)."""
        draft = draft_of(session, turn, self.house, WITHDRAWAL)
        reference = str(draft.fields.get("reference") or "")
        try:
            requests.withdraw(session, draft.id, self.house.hash_key, self.house.now())
        except requests.NotVerified:
            turn.say("utter_request_not_verified")
            return [*empty_slots("withdrawal_code"), FollowupAction("withdrawal_form")]
        except requests.RequestUnknown:
            turn.say("utter_status_not_found", reference=reference)
        except requests.NotWithdrawable as refusal:
            status = self.house.terms.say(f"status_{refusal.status}", turn.language)
            turn.say("utter_request_not_withdrawable", reference=reference, status=status)
        else:
            turn.say("utter_request_withdrawn", reference=reference)
        return empty_slots(*WITHDRAWAL.slots)
