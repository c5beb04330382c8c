"""Prepares a request for access field by field, has it confirmed, and files it."""

from rasa_sdk.events import FollowupAction
from sqlalchemy.orm import Session

from actions.base import RegisterAction
from actions.confirmation import tell_of_confirmation
from actions.house import House
from actions.request_draft import KIND_BEFORE, REQUEST_SLOTS, current_draft
from actions.request_step import FormStep
from actions.turn import Events, Turn, empty_slots, set_slots
from registry.services import requests
from registry.vocabulary import ActorKind, OrganisationStatus


class ValidateAccessRequestForm(RegisterAction):
    """Takes one answer of the form and asks for the next."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "validate_access_request_form"

    def act(self, session: Session, turn: Turn) -> Events:
        """Accept or refuse what was answered, save it, ask for what is missing."""
        return FormStep(session, turn, self.house).take()


class ActionFileRequest(RegisterAction):
    """Files the confirmed and verified draft, and says what became of it."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_file_request"

    def act(self, session: Session, turn: Turn) -> Events:
        """File the draft: once, however often it is asked (S40, S52, A02)."""
        draft = current_draft(session, turn, self.house)
        try:
            filed = requests.file_request(session, draft.id, self.house.hash_key, self.house.now())
        except requests.RequestAlreadyOpen:
            return self._refuse(turn, "utter_request_already_open")
        except requests.RequestSuspended:
            return self._refuse(turn, "utter_request_already_suspended")
        except requests.RequestAlreadyValid:
            return self._refuse(turn, "utter_request_already_valid")
        except requests.OrganisationUnavailable:
            turn.say("utter_field_request_organisation_unavailable")
            return self._ask_again("request_organisation")
        except requests.OperatorExists:
            # The form shows that one, and asks.
            return self._ask_again("operator_is_new")
        except requests.NotVerified:
            turn.say("utter_request_not_verified")
            return self._ask_again()
        announce(turn, self.house, filed)
        kind = set_slots(**{KIND_BEFORE: str(filed.organisation.kind)})
        return empty_slots(*REQUEST_SLOTS) + kind

    def _refuse(self, turn: Turn, response: str) -> Events:
        # The draft stays as it is: should this answer be lost, the next one is the same.
        turn.say(response)
        return empty_slots(*REQUEST_SLOTS)

    def _ask_again(self, *slots: str) -> Events:
        emptied = empty_slots(*slots, "request_confirmation", "request_code")
        return [*emptied, FollowupAction("access_request_form")]


def announce(turn: Turn, house: House, filed: requests.FiledRequest) -> None:
    """Say that the request is filed, who decides, and where its confirmation is (A02, A03)."""
    turn.say(
        "utter_request_filed",
        reference=filed.reference,
        organisation=filed.organisation.name,
        environment=house.terms.say(f"environment_{filed.environment}", turn.language),
    )
    if filed.organisation.status == OrganisationStatus.NEW:
        turn.say("utter_operator_created")
    by_commission = ActorKind.COMMISSION in filed.deciders
    turn.say(
        "utter_decided_by_commission" if by_commission else "utter_decided_by_national_authority"
    )
    tell_of_confirmation(turn, house, filed.email)
