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


FIELDS = {
    "request_organisation": Field(Kind.ORGANISATION, "find_organisation", "privacy"),
    "request_name": Field(Kind.NAME, "step1_fields", "privacy"),
    "request_email": Field(Kind.EMAIL, "which_email", "privacy"),
    "request_message": Field(Kind.MESSAGE, "request_message", "request_message"),
    "request_contact_email": Field(Kind.EMAIL, "request_message", "request_message"),
    "request_contact_phone": Field(Kind.PHONE, "request_message", "request_message"),
    "search_text": Field(Kind.ORGANISATION, "find_organisation", "privacy"),
    "status_email": Field(Kind.EMAIL, "which_email", "privacy"),
    "listing_email": Field(Kind.EMAIL, "which_email", "privacy"),
    "withdrawal_email": Field(Kind.EMAIL, "which_email", "privacy"),
    "resumption_email": Field(Kind.EMAIL, "which_email", "privacy"),
}
KINDS = {name: field.kind for name, field in FIELDS.items()}

# "Is it mandatory?" is about the field that is asked for, whichever that is.
ABOUT_A_FIELD = frozenset(("ask_what_to_type", "ask_why"))
COMMANDS = frozenset(
    (
        "cancel",
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
# A message may say anything, but nobody writes such a thing to those who decide on a request.
# "Sorry for my English" may well be written.
NO_MESSAGE = COMMANDS - {"switch_to_english", "switch_to_french"}
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
    asks = topic["name"] in ABOUT_A_FIELD | (NO_MESSAGE if asked.kind is Kind.MESSAGE else set())
    return answers.is_answer(
        asked.kind,
        text,
        likely,
        is_asked_here=asks and topic["confidence"] >= SURE,
    )


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
