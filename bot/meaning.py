"""What a message is understood as, the place where it is said, and its meaning there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Meaning:
    """What the message means in its place: Rasa's intent and entities."""

    intent: str
    confidence: float
    entities: list[dict[str, Any]]


@dataclass(frozen=True)
class Place:
    """Where the conversation stands: its language, the field that is asked for, the last answer.

    ``was_misunderstood`` says that the message before this one was not understood either,
    ``asks_for_site`` that the last answer asked which site, ``has_searched`` that it told what
    was found of organisations. ``has_parked`` says that a journey was put aside,
    ``offers_parked`` that the last answer offered to go on with it. ``describes_operator`` says
    that the request is for an operator which is created with it. ``if_yes`` and ``if_no`` are what
    a yes and a no mean to a question that was asked.
    """

    language: str
    requested_field: str | None
    was_misunderstood: bool = False
    asks_for_site: bool = False
    has_searched: bool = False
    has_parked: bool = False
    offers_parked: bool = False
    describes_operator: bool = False
    if_yes: Meaning | None = None
    if_no: Meaning | None = None


@dataclass(frozen=True)
class Understood:
    """What the graph understood of a message, before its place is considered."""

    text: str
    topic: str
    confidence: float
    ranking: list[dict[str, Any]]
    entities: list[dict[str, Any]]
    language: str
    language_confidence: float
    command: str | None
    # The likeliest topic of each part; empty for a message of one part.
    parts: Sequence[dict[str, Any]] = ()
    # Whether it answers the field that takes what is typed, or beside a search, names another one.
    answers_field: bool = False
