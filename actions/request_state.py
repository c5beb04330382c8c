"""What one step of the request's form works on: the draft, the slots as they become."""

from typing import Any

from sqlalchemy.orm import Session

from actions.house import House
from actions.request_draft import DRAFT_FIELDS, FORM_SLOTS, LEFT_OUT, current_draft
from actions.stamps import is_stale, stamp_of
from actions.turn import Turn
from registry.services import directory, drafts
from registry.vocabulary import NEW_OPERATOR

# After so many refusals of one field, help comes instead of the same words.
REFUSALS_BEFORE_HELP = 2


class RequestState:
    """The draft and the slots of one step, and whether the step has asked its question."""

    def __init__(self, session: Session, turn: Turn, house: House) -> None:
        self.session = session
        self.turn = turn
        self.house = house
        self.draft = current_draft(session, turn, house)
        self.slots = {slot: turn.slot(slot) for slot in FORM_SLOTS}
        self.changed: dict[str, str | None] = {}
        self.has_asked = False

    @property
    def is_starting(self) -> bool:
        """Whether the form begins with this step, or begins again, out of another form even."""
        return self.turn.slot("requested_slot") not in FORM_SLOTS

    @property
    def is_creating(self) -> bool:
        """Whether the request is for an operator that it describes itself (S51)."""
        return self.slots["request_organisation"] == NEW_OPERATOR

    def set(self, slot: str, value: str | None) -> None:
        """Set a slot; ``None`` has it asked for."""
        self.slots[slot] = value
        self.changed[slot] = value

    def keep(self, slot: str, value: str | int) -> None:
        """Accept a field's value, in the draft too. What was confirmed before is so no more."""
        version = self.draft.version
        self.save(DRAFT_FIELDS[slot], None if value == LEFT_OUT else value)
        self.set(slot, str(value))
        self._forget_refusals(slot)
        if self.draft.version != version:
            self._ask_to_confirm_again()

    def forget(self, field: str) -> None:
        """Take a field out of the draft, where it is in; what was confirmed is so no more."""
        if field in self.draft.fields:
            self.save(field, None)
            self._ask_to_confirm_again()

    def save(self, field: str, value: str | int | None) -> None:
        """Save a field of the draft."""
        self.draft = drafts.save_field(self.session, self.draft.id, field, value, self.house.now())

    def say_and_wait(self, response: str, **variables: Any) -> None:
        """Say what the user has to answer next."""
        self.has_asked = True
        self.turn.say(response, **variables)

    def refuse(
        self, slot: str, how: str = "again", help_by: str | None = None, **variables: Any
    ) -> None:
        """Say that an answer cannot be used; after several of one field, how to go on.

        ``help_by`` names the response of that help, where it is not the field's own.
        """
        refusals = self._refusals(slot) + 1
        self.changed["request_refusals"] = f"{slot}:{refusals}"
        response = f"utter_field_{slot}_{how}"
        if refusals > REFUSALS_BEFORE_HELP:
            response = help_by or f"utter_field_{slot}_help"
        self.say_and_wait(response, **variables)

    def stamp(self) -> dict[str, Any]:
        """Return what a button carries to show which state of the draft it belongs to."""
        return stamp_of(self.draft)

    def is_stale(self) -> bool:
        """Say whether a button pressed belongs to an earlier state of the draft."""
        return is_stale(self.turn, self.draft)

    def draft_value(self, slot: str) -> str | None:
        """Return a field's value in the draft, as the slot would have it."""
        value = self.draft.fields.get(DRAFT_FIELDS.get(slot, ""))
        return None if value is None else str(value)

    def organisation(self) -> directory.OrganisationSummary | None:
        """Return the organisation of the directory that is chosen, if one is."""
        chosen = self.slots["request_organisation"]
        if chosen is None or chosen == NEW_OPERATOR:
            return None
        return directory.get(self.session, int(chosen))

    def country(self) -> str | None:
        """Return the country of the organisation, chosen or described."""
        organisation = self.organisation()
        return organisation.country if organisation else self.draft_value("operator_country")

    def say_word(self, word: str, **values: object) -> str:
        """Return a word of data/texts/terms.yml in the conversation's language."""
        return self.house.terms.say(word, self.turn.language, **values)

    def _ask_to_confirm_again(self) -> None:
        if self.slots["request_confirmation"]:
            self.set("request_confirmation", None)
            self.set("request_code", None)

    def _refusals(self, slot: str) -> int:
        field, _, count = (self.turn.slot("request_refusals") or "").partition(":")
        return int(count) if field == slot else 0

    def _forget_refusals(self, slot: str) -> None:
        if self._refusals(slot):
            self.changed["request_refusals"] = None
