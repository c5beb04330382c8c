"""Hands a question to a person: asks for it and for an address, has both confirmed, files it."""

from typing import Any

from sqlalchemy.orm import Session

from actions.base import RegisterAction
from actions.confirmation import tell_of_confirmation
from actions.house import House
from actions.request_draft import draft_in
from actions.stamps import is_stale, stamp_of
from actions.turn import Button, Events, Said, Turn, empty_slots, set_slots
from registry.services import drafts, tickets
from registry.services.drafts import DraftState
from registry.validation import BadAnswer, read_email, read_message, suggest_email
from registry.vocabulary import DraftStatus, Journey, Speaker

# A field of the form and its name in the draft.
TICKET_FIELDS = {"ticket_question": "question", "ticket_email": "email"}
FORM_SLOTS = (*TICKET_FIELDS, "ticket_confirmation")
TICKET_SLOTS = (*FORM_SLOTS, "ticket_draft")
# The button that answers with what was said before.
REUSE = "reuse_answer"
# Carried by a button in the place of a field.
SUGGESTION = "email_suggestion"
# After these, what was asked last is still without an answer.
LEFT_WITHOUT_ANSWER = frozenset(
    (
        "utter_not_understood",
        "utter_not_understood_again",
        "utter_other_language",
        "utter_out_of_scope",
        "utter_unsure",
    )
)


def ticket_draft(session: Session, turn: Turn, house: House) -> DraftState:
    """Return the draft of the question that is being asked, a new one where there is none."""
    return draft_in(session, turn, house, "ticket_draft", Journey.TICKET)


class ValidateTicketForm(RegisterAction):
    """Takes one answer of the form and asks for the next."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "validate_ticket_form"

    def act(self, session: Session, turn: Turn) -> Events:
        """Accept or refuse what was answered, save it, ask for what is missing."""
        return TicketStep(session, turn, self.house).take()


class ActionOpenTicket(RegisterAction):
    """Files the confirmed question with the conversation, and says what becomes of it."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_open_ticket"

    def act(self, session: Session, turn: Turn) -> Events:
        """Open the ticket of the draft: once, however often it is asked (A03, A04, S65)."""
        draft = ticket_draft(session, turn, self.house)
        try:
            opened = tickets.open_ticket(
                session,
                draft.id,
                [_line(said) for said in turn.story],
                self.house.helpdesk_email,
                self.house.now(),
            )
        except tickets.TooManyTickets:
            turn.say("utter_too_many_tickets")
        else:
            announce_ticket(turn, self.house, opened)
        return empty_slots(*TICKET_SLOTS)


def announce_ticket(turn: Turn, house: House, opened: tickets.OpenedTicket) -> None:
    """Say that the question is recorded, who answers it, and where its confirmation is."""
    is_forwarded = house.helpdesk_email is not None
    turn.say(
        "utter_ticket_forwarded" if is_forwarded else "utter_ticket_kept",
        reference=opened.reference,
    )
    tell_of_confirmation(turn, house, opened.email)


class TicketStep:
    """One step of the form: an answer is taken, the next is asked for."""

    def __init__(self, session: Session, turn: Turn, house: House) -> None:
        self._session = session
        self._turn = turn
        self._house = house
        self._draft = ticket_draft(session, turn, house)
        self._slots = {slot: turn.slot(slot) for slot in FORM_SLOTS}
        self._changed: dict[str, str | None] = {}
        self._has_asked = False

    def take(self) -> Events:
        """Take the step and return Rasa's events."""
        answers = self._turn.answers()
        # Another form may have been asking before.
        is_starting = self._turn.slot("requested_slot") not in FORM_SLOTS
        # Without an answer no slot may be set: Rasa would take it for one.
        if (answers or is_starting) and self._turn.slot("ticket_draft") != self._draft.id:
            self._take_up_draft(answers)
        if self._draft.state == DraftStatus.FILED:
            # The answer to the filing was lost on its way: say it again, write nothing.
            return set_slots(**{slot: self._slots[slot] or "filed" for slot in FORM_SLOTS})
        if is_starting:
            self._note_what_is_known()
        for slot, typed in answers.items():
            self._set(slot, None)
            self._read(slot, typed)
        if not self._has_asked:
            self._ask_next()
        return set_slots(**self._changed)

    def _take_up_draft(self, answers: dict[str, str]) -> None:
        """Bring into the draft what the form holds: its own was closed, its answer lost."""
        self._set("ticket_draft", self._draft.id)
        for slot, field in TICKET_FIELDS.items():
            if self._slots[slot] and slot not in answers:
                self._save(field, self._slots[slot])

    def _note_what_is_known(self) -> None:
        """Keep what the form may offer, and the site that was spoken of."""
        known = {
            "environment": self._turn.slot("request_environment") or self._turn.slot("guide_site"),
            "known_email": tickets.known_before(self._session, self._turn.conversation_id, "email"),
        }
        last = self._left_without_answer()
        if last:
            known |= {"last_question": last.text, "last_topic": last.topic}
        for field, value in known.items():
            self._save(field, value)

    def _left_without_answer(self) -> Said | None:
        """Return what the user asked before this message, where it was not understood."""
        asked = [said for said in self._turn.story if said.by_user]
        if len(asked) < 2 or LEFT_WITHOUT_ANSWER.isdisjoint(self._turn.last_answer):
            return None
        last = asked[-2]
        return last if any(sign.isalpha() for sign in last.text) else None

    def _read(self, slot: str, typed: str) -> None:
        if slot == "ticket_question":
            self._read_question(typed)
        elif slot == "ticket_email":
            self._read_email(typed)
        elif slot == "ticket_confirmation":
            self._read_confirmation(typed)

    def _read_question(self, typed: str) -> None:
        topic = self._turn.topic
        if self._turn.intent == REUSE:
            typed, topic = self._reused("last_question"), self._reused("last_topic")
        try:
            question = read_message(typed)
        except BadAnswer:
            question = None
        if question is None:
            self._refuse("ticket_question")
            return
        self._save("topic", topic)
        self._keep("ticket_question", question)

    def _read_email(self, typed: str) -> None:
        if self._turn.intent == REUSE:
            typed = self._reused("known_email")
        try:
            address = read_email(typed)
        except BadAnswer:
            self._refuse("ticket_email")
            return
        suggestion = suggest_email(address)
        self._save(SUGGESTION, suggestion)
        self._keep("ticket_email", address)
        if suggestion:
            self._turn.say("utter_email_suggestion", suggestion=suggestion, draft_id=self._draft.id)

    def _reused(self, field: str) -> str:
        """Return what a button of this draft offers; nothing for another's."""
        is_ours = self._turn.entity("draft_id") == self._draft.id
        return str(self._draft.fields.get(field) or "") if is_ours else ""

    def _read_confirmation(self, typed: str) -> None:
        if typed == "change":
            self._change(self._turn.entity("field") or "")
        elif is_stale(self._turn, self._draft):
            self._turn.say("utter_ticket_changed")
        elif typed == "refused":
            self._has_asked = True
            self._turn.say("utter_ticket_what_to_change", **stamp_of(self._draft))
        elif all(self._slots[slot] for slot in TICKET_FIELDS):
            self._set("ticket_confirmation", "confirmed")

    def _change(self, field: str) -> None:
        value = self._turn.entity("new_value")
        is_of_this_draft = self._turn.entity("draft_id") == self._draft.id
        suggestion = self._draft.fields.get(SUGGESTION)
        if field == SUGGESTION and is_of_this_draft and suggestion:
            self._keep("ticket_email", str(suggestion))
        elif is_stale(self._turn, self._draft):
            self._turn.say("utter_ticket_changed")
        elif field in TICKET_FIELDS and value is not None:
            self._read(field, value)
        elif field in TICKET_FIELDS:
            self._set(field, None)

    def _refuse(self, slot: str) -> None:
        self._has_asked = True
        self._turn.say(f"utter_field_{slot}_again")

    def _ask_next(self) -> None:
        missing = next((slot for slot in FORM_SLOTS if self._slots[slot] is None), None)
        if missing is None:
            return
        if missing == "ticket_confirmation":
            # Before the recap is stamped: the mails will be written in this language.
            self._save("language", self._turn.language)
        self._turn.say(f"utter_field_{missing}", self._buttons(missing), **self._values(missing))

    def _buttons(self, slot: str) -> list[Button]:
        """Return the button that answers with what is known, where anything is."""
        fields = self._draft.fields
        titles = {}
        if fields.get("last_question"):
            titles["ticket_question"] = self._say_word("the_last_question")
        if fields.get("known_email"):
            titles["ticket_email"] = str(fields["known_email"])
        payload = f'/{REUSE}{{"draft_id": "{self._draft.id}"}}'
        return [{"title": titles[slot], "payload": payload}] if slot in titles else []

    def _values(self, slot: str) -> dict[str, Any]:
        if slot != "ticket_confirmation":
            return {}
        is_forwarded = self._house.helpdesk_email is not None
        return {
            "question": self._slots["ticket_question"],
            "email": self._slots["ticket_email"],
            "destination": self._say_word("ticket_is_sent" if is_forwarded else "ticket_is_kept"),
            **stamp_of(self._draft),
        }

    def _keep(self, slot: str, value: str) -> None:
        self._save(TICKET_FIELDS[slot], value)
        self._set(slot, value)

    def _save(self, field: str, value: str | None) -> None:
        now = self._house.now()
        self._draft = drafts.save_field(self._session, self._draft.id, field, value, now)

    def _set(self, slot: str, value: str | None) -> None:
        self._slots[slot] = value
        self._changed[slot] = value

    def _say_word(self, word: str) -> str:
        return self._house.terms.say(word, self._turn.language)


def _line(said: Said) -> tickets.Line:
    return tickets.Line(Speaker.PERSON if said.by_user else Speaker.ASSISTANT, said.text)
