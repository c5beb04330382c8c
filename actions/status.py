"""Tells where a filed request stands, to whoever knows its reference and its e-mail."""

from sqlalchemy.orm import Session

from actions.base import PlainAction, RegisterAction
from actions.turn import Events, Turn, set_slots
from registry.references import BadReference, parse_reference
from registry.services import requests
from registry.validation import BadAnswer, read_email

STATUS_SLOTS = ("status_reference", "status_email")


class ValidateStatusForm(PlainAction):
    """Asks for the reference, then for the e-mail address."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "validate_status_form"

    def act(self, turn: Turn) -> Events:
        """Accept what was answered, and ask for what is missing."""
        answers = turn.answers()
        values = {slot: turn.slot(slot) for slot in STATUS_SLOTS if slot not in answers}
        refused = None
        for slot, typed in answers.items():
            try:
                values[slot] = parse_reference(typed) if "reference" in slot else read_email(typed)
            except (BadReference, BadAnswer):
                values[slot] = None
                refused = slot
        missing = next((slot for slot in STATUS_SLOTS if values[slot] is None), None)
        if missing:
            turn.say(f"utter_field_{missing}" + ("_again" if missing == refused else ""))
        return set_slots(**{slot: values[slot] for slot in answers})


class ActionShowStatus(RegisterAction):
    """Says where the request stands; unknown and not yours sound alike."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_show_status"

    def act(self, session: Session, turn: Turn) -> Events:
        """Look the request up and say its status with what it means (A02)."""
        reference, email = turn.slot("status_reference"), turn.slot("status_email")
        found = requests.status_of(session, reference or "", email or "")
        if found is None:
            turn.say("utter_status_not_found", reference=reference)
        else:
            turn.say(
                f"utter_status_{found.status.lower()}",
                reference=found.reference,
                organisation=found.organisation_name,
                environment=self.house.terms.say(f"environment_{found.environment}", turn.language),
                date=found.created_at.strftime("%d/%m/%Y"),
            )
        return set_slots(**dict.fromkeys(STATUS_SLOTS))
