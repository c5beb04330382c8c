"""Forms that show requests, or take one back, to whoever proves their e-mail address by a code.

Each has a draft of its own, so that its code proves nothing else. What exists in the
register is said after the code alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from actions.house import House
from actions.request_draft import send_code
from actions.turn import Events, Turn, set_slots
from registry.references import BadReference, parse_reference
from registry.services import drafts, verification
from registry.services.drafts import DraftState
from registry.validation import BadAnswer, read_email
from registry.vocabulary import Journey


@dataclass(frozen=True)
class ProofForm:
    """A form: its journey in the drafts, its slots with what reads them, its draft and code."""

    journey: str
    readers: Mapping[str, Callable[[str], str]]
    email_slot: str
    code_slot: str
    draft_slot: str

    @property
    def slots(self) -> tuple[str, ...]:
        """Every slot of the form, the draft's included."""
        return (*self.readers, self.code_slot, self.draft_slot)


MY_REQUESTS = ProofForm(
    journey=Journey.OWN_REQUESTS,
    readers={"listing_email": read_email},
    email_slot="listing_email",
    code_slot="listing_code",
    draft_slot="listing_draft",
)
WITHDRAWAL = ProofForm(
    journey=Journey.WITHDRAWAL,
    readers={"withdrawal_reference": parse_reference, "withdrawal_email": read_email},
    email_slot="withdrawal_email",
    code_slot="withdrawal_code",
    draft_slot="withdrawal_draft",
)
FORMS = {"listing_form": MY_REQUESTS, "withdrawal_form": WITHDRAWAL}
PROOF_SLOTS = (*MY_REQUESTS.slots, *WITHDRAWAL.slots)
# A field of the drafts for each slot.
FIELDS = {
    "listing_email": "email",
    "withdrawal_reference": "reference",
    "withdrawal_email": "email",
}


def draft_of(session: Session, turn: Turn, house: House, form: ProofForm) -> DraftState:
    """Return the draft that the form works on, a new one where there is none."""
    known = turn.slot(form.draft_slot)
    draft = drafts.get(session, known) if known else None
    if draft is not None and draft.conversation_id == turn.conversation_id:
        return draft
    return drafts.open_draft(session, turn.conversation_id, form.journey, house.now())


def take_step(session: Session, turn: Turn, house: House, form: ProofForm) -> Events:
    """Take what was answered, ask for what is missing; with all of it, have the code sent."""
    answers = turn.answers()
    if answers.get(form.code_slot):
        return []
    draft = draft_of(session, turn, house, form)
    values = {slot: turn.slot(slot) for slot in form.readers if slot not in answers}
    refused = None
    for slot, typed in answers.items():
        try:
            values[slot] = form.readers[slot](typed)
            draft = drafts.save_field(session, draft.id, FIELDS[slot], values[slot], house.now())
        except (BadReference, BadAnswer):
            values[slot] = None
            refused = slot
    events = set_slots(**{slot: values[slot] for slot in answers})
    if answers:
        events += set_slots(**{form.draft_slot: draft.id})
    missing = next((slot for slot in form.readers if values[slot] is None), None)
    if missing:
        turn.say(f"utter_field_{missing}" + ("_again" if missing == refused else ""))
        return events
    return events + _ask_for_code(session, turn, house, form, draft)


def _ask_for_code(
    session: Session, turn: Turn, house: House, form: ProofForm, draft: DraftState
) -> Events:
    email = str(draft.fields["email"])
    if not verification.is_code_out(session, draft.id, draft.version, house.now()):
        draft = drafts.save_field(session, draft.id, "language", turn.language, house.now())
        if not send_code(session, turn, house, draft):
            return set_slots(**{form.email_slot: None})
    turn.say("utter_field_proof_code", email=email)
    if house.is_demo:
        turn.say("utter_mail_shown_in_demonstration")
    return []
