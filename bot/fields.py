"""The fields that take what is typed, and what a question about one of them is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot import answers
from bot.answers import Kind


@dataclass(frozen=True)
class Field:
    """A field: its kind, and the topics that answer what is asked about the field itself.

    ``what`` answers "what do I type here?", ``why`` answers "what do you need it for?".
    """

    kind: Kind
    what: str
    why: str


def _of_an_operator(kind: Kind) -> Field:
    return Field(kind, "operator_fields", "operator_fields")


OF_AN_EMAIL = Field(Kind.EMAIL, "which_email", "privacy")

FIELDS = {
    "request_organisation": Field(Kind.ORGANISATION, "find_organisation", "privacy"),
    "request_name": Field(Kind.NAME, "step1_fields", "privacy"),
    "request_email": OF_AN_EMAIL,
    "request_message": Field(Kind.MESSAGE, "request_message", "request_message"),
    "request_contact_email": Field(Kind.EMAIL, "request_message", "request_message"),
    "request_contact_phone": Field(Kind.NUMBER, "request_message", "request_message"),
    "operator_name": _of_an_operator(Kind.ORGANISATION),
    "operator_country": _of_an_operator(Kind.PLACE),
    "operator_city": _of_an_operator(Kind.PLACE),
    "operator_address": _of_an_operator(Kind.ADDRESS),
    "operator_contact": _of_an_operator(Kind.CONTACT),
    "operator_section": _of_an_operator(Kind.CHOICE),
    "operator_activity": _of_an_operator(Kind.CHOICE),
    "operator_region": _of_an_operator(Kind.PLACE),
    "operator_coordinates": _of_an_operator(Kind.NUMBER),
    "operator_eori": _of_an_operator(Kind.NUMBER),
    "operator_vat": _of_an_operator(Kind.NUMBER),
    "operator_identifier": _of_an_operator(Kind.NUMBER),
    "operator_control_body": _of_an_operator(Kind.ORGANISATION),
    "operator_valid_from": _of_an_operator(Kind.NUMBER),
    "operator_valid_to": _of_an_operator(Kind.NUMBER),
    "search_text": Field(Kind.ORGANISATION, "find_organisation", "privacy"),
    "status_email": OF_AN_EMAIL,
    "listing_email": OF_AN_EMAIL,
    "withdrawal_email": OF_AN_EMAIL,
    "export_email": OF_AN_EMAIL,
    "erasure_email": OF_AN_EMAIL,
    "resumption_email": OF_AN_EMAIL,
    "ticket_question": Field(Kind.QUESTION, "talk_to_human", "privacy"),
    "ticket_email": OF_AN_EMAIL,
}
KINDS = {name: field.kind for name, field in FIELDS.items()}
# What describes a new operator.
OF_AN_OPERATOR = tuple(name for name in FIELDS if name.startswith("operator_"))

# "Is it mandatory?" is about the field that is asked for, whichever that is.
ABOUT_A_FIELD = frozenset(("ask_what_to_type", "ask_why"))
COMMANDS = frozenset(
    (
        "cancel",
        "create_here",
        "go_back",
        "help",
        "repeat",
        "start_over",
        "stuck",
        "switch_to_english",
        "switch_to_french",
        "talk_to_human",
        "where_am_i",
    )
)
# Who writes to a person may say anything, but nobody writes these. "Sorry for my English" may well
# be written to those who decide on a request, "I'm stuck" to who helps.
NEVER_WRITTEN = {
    Kind.MESSAGE: COMMANDS - {"switch_to_english", "switch_to_french"},
    Kind.QUESTION: COMMANDS - {"stuck"},
}
SURE = 0.8


def is_answer(
    field: str | None, text: str, likely: Mapping[str, float], topic: Mapping[str, Any]
) -> bool:
    """Say whether ``text`` answers ``field``, where that is one of these.

    ``likely`` tells how likely the text is an answer of each kind, or none; ``topic`` is its
    likeliest topic with how sure that is.
    """
    asked = FIELDS.get(field or "")
    if asked is None:
        return False
    asks = topic["name"] in ABOUT_A_FIELD | NEVER_WRITTEN.get(asked.kind, frozenset())
    return answers.is_answer(
        asked.kind,
        text,
        likely,
        is_asked_here=asks and topic["confidence"] >= SURE,
    )


def is_asked_of_a_person(field: str | None, topic: str) -> bool:
    """Say whether ``topic`` is a question where one is asked for: "I'm stuck" is no command."""
    return KINDS.get(field or "") is Kind.QUESTION and topic == "stuck"


def in_place(ranking: Sequence[Mapping[str, Any]], field: str | None) -> list[dict[str, Any]]:
    """Return a ranking of topics as it is where ``field`` is asked for.

    What is asked about a field counts for the topic that answers it there; where none of these
    is asked for, it is about nothing.
    """
    asked = FIELDS.get(field or "")
    confidences: dict[str, float] = {}
    for topic in ranking:
        name = _meant(topic["name"], asked)
        if name:
            confidences[name] = confidences.get(name, 0.0) + topic["confidence"]
    best = sorted(confidences.items(), key=lambda found: -found[1])
    return [{"name": name, "confidence": confidence} for name, confidence in best]


def _meant(topic: str, asked: Field | None) -> str | None:
    if topic not in ABOUT_A_FIELD:
        return topic
    if asked is None:
        return None
    return asked.what if topic == "ask_what_to_type" else asked.why
