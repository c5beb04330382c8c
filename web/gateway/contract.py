"""The bodies that go in and out of the gateway, and what the bot answers."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictStr, model_validator

Language = Literal["fr", "en"]


class Asked(BaseModel):
    """A body a client sends: nothing but the fields named here."""

    model_config = ConfigDict(extra="forbid")


class SessionAsked(Asked):
    """Body of POST /api/session; without a language the browser's counts."""

    lang: Language | None = None


class MessageAsked(Asked):
    """Body of POST /api/messages: a message id and either typed text or a button's payload."""

    message_id: UUID
    text: StrictStr | None = None
    payload: Annotated[StrictStr, Field(pattern=r"\S", max_length=1000)] | None = None

    @model_validator(mode="after")
    def _either_text_or_payload(self) -> "MessageAsked":
        if (self.text is None) == (self.payload is None):
            raise ValueError("exactly one of text and payload")
        return self


class CodeAsked(Asked):
    """Body of POST /api/verify."""

    code: StrictStr
    message_id: UUID | None = None


class FeedbackAsked(Asked):
    """Body of POST /api/feedback: a thumb up or down for the answer to a message, and why."""

    message_id: UUID
    score: Literal[1, -1]
    comment: StrictStr | None = None


class Button(BaseModel):
    """A choice offered with a message."""

    title: str
    payload: str


class Message(BaseModel):
    """What the assistant says: plain text with **bold**, "- " lists and links."""

    text: str
    lang: Language
    buttons: list[Button] = []
    image: Any = None
    custom: Any = None


class Said(Message):
    """A line of the history, with who said it."""

    sender: Literal["user", "assistant"] = Field(alias="from")


class Answer(BaseModel):
    """Answer to a message, a button or a code."""

    messages: list[Message]


class History(BaseModel):
    """Answer to GET /api/history: both sides, oldest first."""

    messages: list[Said]


class SessionOpened(Answer):
    """Answer to POST /api/session; `expires_in` is in seconds."""

    token: str
    expires_in: int
    lang: Language


class TurnFacts(BaseModel):
    """What is known of a turn, for the figures; never its text.

    One that was `replayed` is told as it was when it was taken.
    """

    topic: str | None
    confidence: float | None
    language: str | None
    outcome: str
    replayed: bool = False


class BotAnswer(Answer):
    """The bot's answer to POST /turn."""

    turn: TurnFacts
