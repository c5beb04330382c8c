"""Forms that do something for whoever proves their e-mail address by a code.

They show requests, take one back or go on with it, give a person's data or erase them. Each has
a draft of its own, so that its code proves nothing else. What exists in the register is said
after the code alone.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from actions.house import House
from actions.request_draft import draft_in, send_code
from actions.stamps import is_of, stamp_of
from actions.turn import Events, Turn, empty_slots, set_slots
from actions.typed_answers import Readers, ask_for_missing, read_answers
from registry.references import parse_reference
from registry.services import drafts, verification
from registry.services.drafts import DraftState
from registry.validation import read_email
from registry.vocabulary import DraftStatus, Journey

EMAIL_ALONE: Readers = {"email": read_email}


@dataclass(frozen=True)
class ProofForm:
    """A form: its journey in the drafts, its slots with what reads them, its draft and code.

    What cannot be undone has a slot for "yes, I am sure", asked for before the code.
    """

    journey: str
    readers: Readers
    email_slot: str
    code_slot: str
    draft_slot: str
    sure_slot: str | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The slots that are asked for, in their order."""
        sure = (self.sure_slot,) if self.sure_slot else ()
        return (*self.readers, *sure, self.code_slot)

    @property
    def slots(self) -> tuple[str, ...]:
        """Every slot of the form, the draft's included."""
        return (*self.asked, self.draft_slot)


def _proof_form(
    name: str, journey: str, *, reads: Readers = EMAIL_ALONE, asks_whether_sure: bool = False
) -> ProofForm:
    """Return the form whose slots are called ``<name>_<field>``, a field of its draft each."""
    return ProofForm(
        journey=journey,
        readers={f"{name}_{field}": read for field, read in reads.items()},
        email_slot=f"{name}_email",
        code_slot=f"{name}_code",
        draft_slot=f"{name}_draft",
        sure_slot=f"{name}_sure" if asks_whether_sure else None,
    )


MY_REQUESTS = _proof_form("listing", Journey.OWN_REQUESTS)
WITHDRAWAL = _proof_form(
    "withdrawal", Journey.WITHDRAWAL, reads={"reference": parse_reference, **EMAIL_ALONE}
)
EXPORT = _proof_form("export", Journey.DATA_EXPORT)
ERASURE = _proof_form("erasure", Journey.DATA_ERASURE, asks_whether_sure=True)
RESUMPTION = _proof_form("resumption", Journey.RESUMPTION)
FORMS = {
    "listing_form": MY_REQUESTS,
    "withdrawal_form": WITHDRAWAL,
    "export_form": EXPORT,
    "erasure_form": ERASURE,
    "resumption_form": RESUMPTION,
}
# A field of the drafts for each slot.
FIELDS = {slot: slot.partition("_")[2] for form in FORMS.values() for slot in form.readers}


def draft_of(session: Session, turn: Turn, house: House, form: ProofForm) -> DraftState:
    """Return the draft that the form works on, a new one where there is none."""
    return draft_in(session, turn, house, form.draft_slot, form.journey)


def take_step(session: Session, turn: Turn, house: House, form: ProofForm) -> Events:
    """Take what was answered, ask for what is missing; with all of it, have the code sent."""
    if turn.answers().get(form.code_slot):
        return []
    draft = draft_of(session, turn, house, form)
    if draft.state == DraftStatus.FILED:
        # The answer was lost on its way: the action, which follows, says it again.
        return set_slots(**{slot: turn.slot(slot) or "filed" for slot in form.asked})
    answers = read_answers(turn, form.readers)
    for slot, value in answers.values.items():
        if value is not None:
            draft = drafts.save_field(session, draft.id, FIELDS[slot], value, house.now())
    events = set_slots(**answers.changed)
    if answers.changed:
        events += set_slots(**{form.draft_slot: draft.id})
    if ask_for_missing(turn, answers):
        return events
    if form.sure_slot:
        if not _is_sure(turn, form.sure_slot, draft):
            return events + _ask_whether_sure(session, turn, house, form.sure_slot, draft)
        if form.sure_slot in turn.answers():
            events += set_slots(**{form.sure_slot: str(draft.fields["email"])})
    return events + _ask_for_code(session, turn, house, form, draft)


def _is_sure(turn: Turn, sure_slot: str, draft: DraftState) -> bool:
    """Say whether one is sure for this address: by the button of the draft as it stands, or before.

    Once it is so, the slot holds the address: another one has to be asked about anew.
    """
    if sure_slot in turn.answers():
        return is_of(turn, draft)
    return turn.slot(sure_slot) == draft.fields["email"]


def _ask_whether_sure(
    session: Session, turn: Turn, house: House, sure_slot: str, draft: DraftState
) -> Events:
    # Before the buttons are stamped: the mail will be written in this language.
    draft = drafts.save_field(session, draft.id, "language", turn.language, house.now())
    turn.say(
        f"utter_field_{sure_slot}",
        email=draft.fields["email"],
        **stamp_of(draft),
    )
    # An empty slot may not be set: Rasa would take it for an answer, and a question would go
    # unheard.
    return empty_slots(sure_slot) if turn.slot(sure_slot) else []


def _ask_for_code(
    session: Session, turn: Turn, house: House, form: ProofForm, draft: DraftState
) -> Events:
    email = str(draft.fields["email"])
    if not verification.await_again(session, draft.id, draft.version, house.now()):
        draft = drafts.save_field(session, draft.id, "language", turn.language, house.now())
        if not send_code(session, turn, house, draft):
            return empty_slots(form.email_slot)
    turn.say("utter_field_proof_code", email=email)
    if house.is_demo:
        turn.say("utter_mail_shown_in_demonstration")
    return []
