"""What is said around the journeys: greeting again, topics offered, cancelling, starting over."""

from sqlalchemy.orm import Session

from actions.access_request import announce
from actions.address_proof import ERASURE, FORMS
from actions.base import PlainAction, RegisterAction
from actions.guide import GUIDE_SLOTS, LEFT, place_of, tell_place
from actions.guide_path import FINISHED
from actions.house import House
from actions.journeys import PARKED_SLOT, REQUEST_FORM, TICKET_FORM, end_all_forms, end_form
from actions.request_draft import KIND_BEFORE, current_draft
from actions.ticket import announce_ticket, ticket_draft
from actions.topic_buttons import topic_buttons
from actions.turn import Events, Turn, empty_slots, set_slots
from registry.services import drafts, requests, tickets
from registry.vocabulary import DraftStatus

DRAFT_SLOTS = ("request_draft", "ticket_draft", *(form.draft_slot for form in FORMS.values()))


class ActionGreet(PlainAction):
    """Greets; whoever comes back to the guide is told where we were."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_greet"

    def act(self, turn: Turn) -> Events:
        """Greet with what can be done, or with the place that was kept."""
        place = place_of(turn)
        if place.is_under_way and not turn.active_form:
            tell_place(turn, self.house, place, "utter_greeting_back")
        else:
            turn.say("utter_greeting")
        return []


class ActionOfferTopics(PlainAction):
    """Offers the topics that the router found in a message as buttons."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_offer_topics"

    def act(self, turn: Turn) -> Events:
        """Say why there is a choice, with one button a topic and one for something else."""
        buttons = topic_buttons(turn.entities("topic"), self.house, turn)
        something_else = self.house.terms.say("something_else", turn.language)
        buttons.append({"title": something_else, "payload": "/help"})
        two_questions = turn.intent == "two_topics"
        turn.say("utter_two_topics" if two_questions else "utter_unsure", buttons=buttons)
        return []


class ActionCancelJourney(RegisterAction):
    """Stops what is being done here; a request that was filed is not touched."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_cancel_journey"

    def act(self, session: Session, turn: Turn) -> Events:
        """Stop the running form, else the parked one, else the guide; else say that none runs."""
        form = turn.active_form or turn.slot(PARKED_SLOT)
        holds_a_question = form == TICKET_FORM and turn.slot("ticket_question")
        if (form == REQUEST_FORM or holds_a_question) and not turn.is_certain:
            # What was typed would be dropped: not on a guess.
            turn.say("utter_cancel_sure")
            return []
        if form == REQUEST_FORM:
            self._leave_request(session, turn)
        elif form == TICKET_FORM:
            self._leave_ticket(session, turn)
        elif form:
            proof = FORMS.get(form)
            drop_drafts(session, turn, self.house, *([proof.draft_slot] if proof else ()))
            turn.say("utter_nothing_erased" if proof is ERASURE else "utter_stopped")
        elif turn.slot("guide_step") not in (None, FINISHED) and not place_of(turn).is_left:
            return self._leave_guide(turn)
        else:
            turn.say("utter_nothing_to_cancel")
            return []
        was_parked = form == turn.slot(PARKED_SLOT)
        return end_form(form) + (empty_slots(PARKED_SLOT) if was_parked else [])

    def _leave_ticket(self, session: Session, turn: Turn) -> None:
        draft = ticket_draft(session, turn, self.house)
        if draft.state == DraftStatus.FILED:
            # Its answer was lost: "nothing was filed" would be false.
            announce_ticket(turn, self.house, tickets.opened_by(session, draft.id))
        else:
            drafts.cancel(session, draft.id, self.house.now())
            turn.say("utter_stopped")

    def _leave_guide(self, turn: Turn) -> Events:
        turn.say("utter_guide_left")
        if turn.slot("guide_site") is None:
            return empty_slots(*GUIDE_SLOTS)
        return set_slots(guide_left=LEFT)

    def _leave_request(self, session: Session, turn: Turn) -> None:
        draft = current_draft(session, turn, self.house)
        if draft.state == DraftStatus.FILED:
            # Its answer was lost: "nothing was filed" would be false.
            filed = requests.file_request(session, draft.id, self.house.hash_key, self.house.now())
            announce(turn, self.house, filed)
        else:
            drafts.cancel(session, draft.id, self.house.now())
            turn.say("utter_request_cancelled")


class ActionStartOver(RegisterAction):
    """Forgets the place in everything but the language, and greets again."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_start_over"

    def act(self, session: Session, turn: Turn) -> Events:
        """Drop the draft, empty the slots, greet; ask back where that was only guessed."""
        is_under_way = turn.active_form or turn.slot(PARKED_SLOT) or place_of(turn).is_under_way
        if not turn.is_certain and is_under_way:
            turn.say("utter_start_over_sure")
            return []
        drop_drafts(session, turn, self.house, *DRAFT_SLOTS)
        turn.say("utter_started_over")
        turn.say("utter_greeting")
        return end_all_forms() + empty_slots(*GUIDE_SLOTS, KIND_BEFORE)


def drop_drafts(session: Session, turn: Turn, house: House, *slots: str) -> None:
    """Cancel the open drafts that the slots name: no code is awaited for them any more."""
    for slot in slots:
        draft_id = turn.slot(slot)
        draft = drafts.get(session, draft_id) if draft_id else None
        if draft and draft.state == DraftStatus.OPEN:
            drafts.cancel(session, draft.id, house.now())
