"""One step of the form that prepares a request: an answer is taken, the next is asked for.

The step does all the talking of the form, in one call and one transaction. Its responses
are named ``utter_field_<slot>``, which Rasa does not ask by itself.
"""

import json
from typing import Any

from sqlalchemy.orm import Session

from actions.house import House
from actions.operator_creation import alike, leave_out_operator
from actions.operator_fields import IS_NEW
from actions.operator_questions import QUESTIONS, ask_which
from actions.request_draft import (
    DRAFT_FIELDS,
    FORM_SLOTS,
    KIND_BEFORE,
    LEFT_OUT,
    OPERATOR_DETAILS,
    OPERATOR_SLOTS,
    OPTIONAL_FIELDS,
    send_code,
)
from actions.request_fields import (
    READERS,
    TYPED_MESSAGE,
    offer_as_message,
    take_suggestion,
    take_typed_message,
)
from actions.request_recap import tell_recap
from actions.request_state import RequestState
from actions.turn import Events, Turn, set_slots
from registry.services import verification
from registry.vocabulary import NEW_OPERATOR, DraftStatus, OrganisationKind

# Carried by buttons in the place of a field: which of several is meant is asked back.
ASKING_BACK = {
    "additions": "utter_what_to_add",
    "operator": "utter_what_of_operator",
    "operator_details": "utter_which_operator_detail",
}
# Told of a new operator by a sentence: what may be either's, the operator's or that of who asks.
EITHER = {
    "either_address": ("operator_address", "request_email"),
    "either_name": ("operator_name", "request_name"),
}
# An e-mail's correction.
SUGGESTION = "email_suggestion"
# These ask back by themselves where they were only guessed.
STOPPING = ("cancel", "start_over")


class FormStep:
    """One step of the form."""

    def __init__(self, session: Session, turn: Turn, house: House) -> None:
        self._state = RequestState(session, turn, house)
        self._turn = turn
        self._house = house

    def take(self) -> Events:
        """Take the step and return Rasa's events."""
        state, answers = self._state, self._turn.answers()
        # Without an answer no slot may be set: Rasa would take it for one, and "cancel" or a
        # question would go unheard.
        if (answers or state.is_starting) and self._turn.slot("request_draft") != state.draft.id:
            self._take_up_draft(answers)
        if state.draft.state == DraftStatus.FILED:
            # The answer to the filing was lost on its way: say it again, write nothing.
            return set_slots(**{slot: state.slots[slot] or "filed" for slot in FORM_SLOTS})
        if state.is_starting:
            self._begin(answers)
        for slot in (*READERS, "request_confirmation"):
            typed = answers.get(slot)
            if typed is not None and not self._is_known(slot, typed):
                self._read(slot, typed)
        has_chosen = state.slots["request_organisation"] and not state.is_creating
        if has_chosen and (answers or state.is_starting):
            leave_out_operator(state)
        if not state.has_asked:
            self._ask_next()
        if not answers and self._may_have_been_the_message():
            offer_as_message(state, self._turn.text)
        return set_slots(**state.changed)

    def _take_up_draft(self, answers: dict[str, str]) -> None:
        """Bring into the draft what the form holds: its own was closed, its answer lost."""
        state = self._state
        state.set("request_draft", state.draft.id)
        for slot, field in DRAFT_FIELDS.items():
            kept = state.slots[slot]
            if kept not in (None, LEFT_OUT) and slot not in answers:
                is_id = slot == "request_organisation" and kept != NEW_OPERATOR
                state.save(field, int(kept) if is_id else kept)
        if state.is_creating:
            state.save("searched", self._turn.slot("operator_searched"))

    def _begin(self, answers: dict[str, str]) -> None:
        """Take over what was said in the guide, and leave out what may be left out (S55)."""
        if self._turn.intent == "create_here":
            answers.setdefault("request_kind", OrganisationKind.OPERATOR)
        taken_over = {"request_environment": "guide_site", "request_kind": "guide_kind"}
        for slot, of_guide in taken_over.items():
            said = self._turn.slot(of_guide)
            if said and not self._state.slots[slot]:
                answers.setdefault(slot, said)
        for slot in OPTIONAL_FIELDS:
            if self._state.slots[slot] is None:
                self._state.set(slot, LEFT_OUT)

    def _is_known(self, slot: str, value: str) -> bool:
        """Say whether a form that starts again brings a value which it accepted before."""
        # What is left out is not in the draft.
        in_draft = self._state.draft_value(slot) or LEFT_OUT
        is_kept = self._turn.slot(slot) == value == in_draft
        is_chosen = self._turn.entity("organisation_id") is not None
        return self._state.is_starting and is_kept and not is_chosen

    def _read(self, slot: str, typed: str) -> None:
        self._state.set(slot, None)
        if slot == "request_confirmation":
            self._read_confirmation(typed)
        else:
            READERS[slot](self._state, typed)

    def _read_confirmation(self, typed: str) -> None:
        state = self._state
        if typed == "change":
            self._change(self._turn.entity("field") or "")
        elif state.is_stale():
            self._turn.say("utter_recap_changed")
        elif typed == "confirmed" and self._lacks_an_answer():
            # The button of a recap that is being changed: the missing answer is asked for.
            return
        elif typed == "refused":
            of_operator = "_of_new_operator" if state.is_creating else ""
            state.say_and_wait(f"utter_what_to_change{of_operator}", **state.stamp())
        else:
            state.set("request_confirmation", "confirmed")

    def _change(self, field: str) -> None:
        """Change a field as a button or a sentence asks: "no, the e-mail is …"."""
        state = self._state
        value = self._turn.entity("new_value")
        if field == "either_address" and value is not None:
            field = "request_email" if "@" in value else "operator_address"
        elif field in EITHER:
            asked = [slot for slot in EITHER[field] if state.slots[slot] is not None]
            if len(asked) > 1:
                ask_which(state, asked, value)
                return
            field = asked[0] if asked else EITHER[field][0]
        elif field == "operator" and value is not None:
            field = "operator_name"
        is_of_this_draft = self._turn.entity("draft_id") == state.draft.id
        if field == SUGGESTION and is_of_this_draft:
            take_suggestion(state)
        elif state.is_stale() or (field in OPERATOR_SLOTS and not state.is_creating):
            self._turn.say("utter_recap_changed")
        elif field == TYPED_MESSAGE:
            take_typed_message(state)
        elif field in ASKING_BACK:
            self._leave_out_the_detail_asked_for()
            state.say_and_wait(ASKING_BACK[field], **state.stamp())
        elif field in READERS and value is not None:
            READERS[field](state, value)
        elif field in READERS:
            state.set(field, None)

    def _leave_out_the_detail_asked_for(self) -> None:
        """Let who wants another detail out of the one that they cannot give (S49)."""
        asked = self._turn.slot("requested_slot")
        if asked in OPERATOR_DETAILS and self._state.slots[asked] is None:
            self._state.set(asked, LEFT_OUT)

    def _may_have_been_the_message(self) -> bool:
        """Say whether what was typed into the message's field was only guessed to be no message."""
        is_a_guess = not self._turn.is_certain and self._turn.intent not in STOPPING
        return is_a_guess and self._turn.slot("requested_slot") == "request_message"

    def _has_code_out(self) -> bool:
        """Have a code out for the draft as it stands, and return whether there is one.

        Where it was confirmed twice, its answer was lost or it was left for another journey, its
        code is there already. One that expired while it was asked for is not replaced unasked.
        """
        is_asked_for = self._turn.slot("requested_slot") == "request_code"
        if is_asked_for and "request_confirmation" not in self._turn.answers():
            return True
        session, draft, now = self._state.session, self._state.draft, self._house.now()
        is_out = verification.await_again(session, draft.id, draft.version, now)
        return is_out or send_code(session, self._turn, self._house, draft)

    def _lacks_an_answer(self) -> bool:
        return any(self._state.slots[slot] is None for slot in DRAFT_FIELDS)

    def _ask_next(self) -> None:
        missing = self._missing()
        if missing is None:
            return
        if missing == "request_confirmation":
            # Before the recap is stamped: the mails will be written in this language.
            self._state.save("language", self._turn.language)
            tell_recap(self._state)
            return
        if missing == "request_kind" and self._offer_kind_before():
            return
        if missing == "request_code" and not self._has_code_out():
            # The address had too many: it is said, and the recap can be confirmed later.
            self._state.set("request_confirmation", None)
            return
        if missing in QUESTIONS:
            QUESTIONS[missing](self._state)
            return
        self._turn.say(f"utter_field_{missing}", **self._variables(missing))
        if missing == "request_code" and self._house.is_demo:
            self._turn.say("utter_mail_shown_in_demonstration")

    def _missing(self) -> str | None:
        """Return the field that is asked for next."""
        missing = next((slot for slot in FORM_SLOTS if self._value_of(slot) is None), None)
        is_answered = bool(self._turn.answers()) or self._state.is_starting
        if missing == "operator_is_new" and is_answered and not alike(self._state):
            # There is nobody to be taken for: nothing to ask.
            self._state.keep(missing, IS_NEW)
            return self._missing()
        return missing

    def _offer_kind_before(self) -> bool:
        """Propose the kind of the request filed before; return whether there is one to propose."""
        kind = self._turn.slot(KIND_BEFORE)
        if kind is None or self._turn.intent == "change_field":
            return False
        state = self._state
        another = json.dumps({"field": "request_kind", **state.stamp()})
        buttons = [
            {"title": state.say_word("same_kind"), "payload": f"/request_{kind}"},
            {"title": state.say_word("another_kind"), "payload": f"/change_field{another}"},
        ]
        kind_in_words = state.say_word(f"kind_{kind}")
        self._turn.say("utter_field_request_kind_before", buttons=buttons, kind=kind_in_words)
        return True

    def _value_of(self, slot: str) -> str | None:
        if slot == "request_code":
            return self._turn.answers().get(slot)
        return self._state.slots[slot]

    def _variables(self, slot: str) -> dict[str, Any]:
        state = self._state
        if slot == "request_code":
            return {"email": state.slots["request_email"], **state.stamp()}
        if slot == "request_organisation":
            kind = state.slots["request_kind"]
            return {
                "environment": state.say_word(f"environment_{state.slots['request_environment']}"),
                "kind": state.say_word(f"kind_{kind}"),
                "example": state.say_word(f"example_of_{kind}"),
            }
        return {}
