"""Tells where a request or a question to a person stands, by its reference and its e-mail."""

from sqlalchemy.orm import Session

from actions.base import PlainAction, RegisterAction
from actions.dates import day_in_words
from actions.turn import Events, Turn, empty_slots, set_slots
from actions.typed_answers import ask_for_missing, read_answers
from registry.references import is_of_a_ticket, parse_any_reference
from registry.services import requests, tickets
from registry.validation import read_email

READERS = {"status_reference": parse_any_reference, "status_email": read_email}
STATUS_SLOTS = tuple(READERS)


class ValidateStatusForm(PlainAction):
    """Asks for the reference, then for the e-mail address."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "validate_status_form"

    def act(self, turn: Turn) -> Events:
        """Accept what was answered, and ask for what is missing."""
        answers = read_answers(turn, READERS)
        ask_for_missing(turn, answers)
        return set_slots(**answers.changed)


class ActionShowStatus(RegisterAction):
    """Says where the request or question stands; unknown and not yours sound alike."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_show_status"

    def act(self, session: Session, turn: Turn) -> Events:
        """Look it up and say its status with what it means (A02)."""
        reference, email = turn.slot("status_reference") or "", turn.slot("status_email") or ""
        if is_of_a_ticket(reference):
            self._show_ticket(session, turn, reference, email)
        else:
            self._show_request(session, turn, reference, email)
        return empty_slots(*STATUS_SLOTS)

    def _show_ticket(self, session: Session, turn: Turn, reference: str, email: str) -> None:
        status = tickets.status_of(session, reference, email) or "not_found"
        turn.say(f"utter_ticket_{status}", reference=reference)

    def _show_request(self, session: Session, turn: Turn, reference: str, email: str) -> None:
        found = requests.status_of(session, reference, email)
        if found is None:
            turn.say("utter_status_not_found", reference=reference)
        else:
            turn.say(
                f"utter_status_{found.status.lower()}",
                reference=found.reference,
                organisation=found.organisation_name,
                environment=self.house.terms.say(f"environment_{found.environment}", turn.language),
                reason=found.reason or self.house.terms.say("no_reason", turn.language),
                date=day_in_words(found.created_at, turn.language),
            )
            if found.waits_for_operator:
                turn.say("utter_operator_still_new")
