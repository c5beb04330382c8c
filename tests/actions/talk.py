"""Calls actions with a tracker of plain slots, and keeps what they said and set."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from actions.request_draft import FORM_SLOTS
from tests.data.texts import PLACEHOLDER, responses

Said = list[str]
RESPONSES = responses()


@dataclass
class Talk:
    """A conversation as the actions know it: its slots, its form, its latest message."""

    house: House
    conversation_id: str = "conversation-1"
    slots: dict[str, Any] = field(default_factory=lambda: {"language": "fr"})
    form: str | None = None
    messages: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    # What the bot's processor keeps in a slot: the responses said last.
    last_answer: Said = field(default_factory=list)

    def call(
        self,
        action: type,
        intent: str = "inform",
        entities: dict[str, str] | None = None,
        answers: dict[str, str] | None = None,
        text: str = "",
        confidence: float = 1.0,
        topic: str | None = None,
        story: Iterable[dict[str, Any]] = (),
    ) -> Said:
        """Run an action; `answers` are what the form has just extracted, `story` the events of
        before that the bot tells along.

        Returns the ids of the responses said; slots are kept for the next call.
        """
        found = [entity_in(text, name, value) for name, value in (entities or {}).items()]
        extracted = [
            {"event": "slot", "name": name, "value": value}
            for name, value in (answers or {}).items()
        ]
        tracker = Tracker(
            sender_id=self.conversation_id,
            slots={**self.slots, "last_answer": self._said_last(), **(answers or {})},
            latest_message={
                "intent": {"name": intent, "confidence": confidence},
                "entities": found,
                "text": text,
                "topic": {"name": topic or intent},
            },
            events=[
                *story,
                {"event": "user", "text": text},
                {"event": "action", "name": "form"},
                *extracted,
            ],
            paused=False,
            followup_action=None,
            active_loop={"name": self.form} if self.form else {},
            latest_action_name="action_listen",
        )
        dispatcher = CollectingDispatcher()
        acting = action(self.house)
        self.events = asyncio.run(acting.run(dispatcher, tracker, {}))
        self.slots |= answers or {}
        self.slots |= {e["name"]: e["value"] for e in self.events if e["event"] == "slot"}
        self.messages = dispatcher.messages
        for message in self.messages:
            assert_can_be_filled(message)
        self.last_answer = [message["response"] for message in self.messages]
        return self.last_answer

    def _said_last(self) -> list[dict[str, Any]]:
        return [{"response": said, "needs_values": needs_values(said)} for said in self.last_answer]

    def ask_next(self) -> None:
        """What Rasa's form does after its validator: ask for the first empty slot."""
        empty = (slot for slot in FORM_SLOTS if self.slots.get(slot) is None)
        self.slots["requested_slot"] = next(empty, None)

    def buttons(self) -> list[dict[str, str]]:
        """The buttons that the action added to its last message."""
        found: list[dict[str, str]] = self.messages[-1]["buttons"]
        return found


def needs_values(response: str) -> bool:
    """Whether a response has placeholders in its text or in a button's payload."""
    french, _ = RESPONSES[response]
    return bool(french.placeholders or PLACEHOLDER.findall(" ".join(french.payloads)))


def assert_can_be_filled(message: dict[str, Any]) -> None:
    """Rasa would send a response whose values are missing with its braces in it."""
    for variation in RESPONSES[message["response"]]:
        in_buttons = PLACEHOLDER.findall(" ".join(variation.payloads))
        needed = variation.placeholders | set(in_buttons)
        missing = {name for name in needed if message.get(name) is None}
        assert missing == set(), f"{variation.response} lacks {missing}"


def entity_in(text: str, name: str, value: str) -> dict[str, Any]:
    """An entity with its place in the text; one that is told in other words is the whole text."""
    start = text.casefold().find(value.casefold())
    start, end = (start, start + len(value)) if start >= 0 else (0, len(text))
    return {"entity": name, "value": value, "start": start, "end": end}
