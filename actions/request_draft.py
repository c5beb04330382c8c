"""The draft of a request for access: its fields, and the code that confirms its address."""

from sqlalchemy.orm import Session

from actions.house import House
from actions.turn import Turn
from registry.services import drafts, verification
from registry.services.drafts import DraftState
from registry.vocabulary import DraftStatus, Journey

# A field of the form and its name in the draft.
NEEDED_FIELDS = {
    "request_environment": "environment",
    "request_kind": "kind",
    "request_organisation": "organisation_id",
    "request_name": "full_name",
    "request_email": "email",
}
# S55: these may be left out; they are asked for from the recap alone.
OPTIONAL_FIELDS = {
    "request_message": "message",
    "request_contact_email": "contact_email",
    "request_contact_phone": "contact_phone",
}
# What describes an operator that is created with the request: what is needed (S45, S46, S48),
# and whether it is none of those that are alike; each is a field of the draft by its own name.
OPERATOR_FIELDS = (
    "operator_name",
    "operator_country",
    "operator_city",
    "operator_is_new",
    "operator_address",
    "operator_contact",
    "operator_section",
    "operator_activity",
)
# S47, S49: these are told from the recap alone.
OPERATOR_DETAILS = (
    "operator_region",
    "operator_coordinates",
    "operator_eori",
    "operator_vat",
    "operator_identifier",
    "operator_control_body",
    "operator_valid_from",
    "operator_valid_to",
)
OPERATOR_SLOTS = (*OPERATOR_FIELDS, *OPERATOR_DETAILS)
DRAFT_FIELDS = {
    **NEEDED_FIELDS,
    **{slot: slot for slot in OPERATOR_SLOTS},
    **OPTIONAL_FIELDS,
}
# In the order in which they are asked for: who asks comes after the organisation.
FORM_SLOTS = (
    "request_environment",
    "request_kind",
    "request_organisation",
    *OPERATOR_SLOTS,
    "request_name",
    "request_email",
    *OPTIONAL_FIELDS,
    "request_confirmation",
    "request_code",
)
REQUEST_SLOTS = (
    *FORM_SLOTS,
    "request_draft",
    "request_refusals",
    "request_search",
    "operator_searched",
)
# The kind of the request that was filed last: proposed for the next one.
KIND_BEFORE = "request_kind_before"
# What a field holds that was left out, or that an existing organisation does not need: Rasa's
# form asks for an empty one.
LEFT_OUT = "-"


def current_draft(session: Session, turn: Turn, house: House) -> DraftState:
    """Return the draft that this conversation is working on, a new one where there is none.

    The slot names it: after a filing whose answer was lost, it must be the same again.
    """
    return draft_in(session, turn, house, "request_draft", Journey.ACCESS_REQUEST)


def draft_in(session: Session, turn: Turn, house: House, slot: str, journey: str) -> DraftState:
    """Return the draft that ``slot`` names, a new one of ``journey`` where it names none of ours.

    One that was cancelled is not worked on any more.
    """
    draft_id = turn.slot(slot)
    draft = drafts.get(session, draft_id) if draft_id else None
    is_ours = draft is not None and draft.conversation_id == turn.conversation_id
    if draft is not None and is_ours and draft.state != DraftStatus.CANCELLED:
        return draft
    return drafts.open_draft(session, turn.conversation_id, journey, house.now())


def send_code(session: Session, turn: Turn, house: House, draft: DraftState) -> bool:
    """Have a code sent to the draft's address; say so where the address had too many."""
    asked = verification.request_code(
        session,
        conversation_id=turn.conversation_id,
        draft_id=draft.id,
        draft_version=draft.version,
        journey=draft.journey,
        email=str(draft.fields["email"]),
        language=turn.language,
        hash_key=house.hash_key,
        now=house.now(),
    )
    if not asked.sent:
        turn.say("utter_too_many_codes", minutes=-(-asked.retry_after_seconds // 60))
    return asked.sent
