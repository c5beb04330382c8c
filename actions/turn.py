"""One turn as an action sees it: what is known, and a way to say something."""

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

Events = list[dict[str, Any]]
Button = dict[str, str]


@dataclass(frozen=True)
class Said:
    """A line of the conversation; of the user's, the topic that it was taken for."""

    by_user: bool
    text: str
    topic: str | None


class Turn:
    """The tracker and the dispatcher of one action call, in the words of this project."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self._dispatcher = dispatcher
        self._tracker = tracker

    @property
    def conversation_id(self) -> str:
        """The conversation's id (Rasa's sender)."""
        return str(self._tracker.sender_id)

    @property
    def language(self) -> str:
        """The conversation's language, ``fr`` or ``en``."""
        return str(self._tracker.get_slot("language") or "fr")

    @property
    def intent(self) -> str:
        """What the user's message means here."""
        return str(self._tracker.latest_message["intent"]["name"])

    @property
    def is_certain(self) -> bool:
        """Whether the meaning is no guess: a button, or a command word for word."""
        return float(self._tracker.latest_message["intent"]["confidence"]) == 1.0

    @property
    def text(self) -> str:
        """What the user typed, or the title of the button that they pressed."""
        return str(self._tracker.latest_message.get("text") or "")

    @property
    def active_form(self) -> str | None:
        """The form that is running, if one is."""
        name: str | None = self._tracker.active_loop_name
        return name

    @property
    def last_answer(self) -> tuple[str, ...]:
        """The ids of the responses that were said in the turn before this one."""
        return tuple(said["response"] for said in self._tracker.get_slot("last_answer") or ())

    @property
    def story(self) -> tuple[Said, ...]:
        """What both sides said so far; whole for the actions that the bot tells it to."""
        spoken = (event for event in self._tracker.events if event["event"] in ("user", "bot"))
        return tuple(
            Said(event["event"] == "user", event.get("text") or "", event.get("topic"))
            for event in spoken
        )

    @property
    def topic(self) -> str | None:
        """The topic that the message was taken for by itself, wherever it was said."""
        topic = self._tracker.latest_message.get("topic") or {}
        return topic.get("name")

    def needed_values(self, response: str) -> bool:
        """Whether a response of the last answer held values, so that its id alone says it not."""
        said_last = self._tracker.get_slot("last_answer") or ()
        return any(said["response"] == response and said["needs_values"] for said in said_last)

    def slot(self, name: str) -> str | None:
        """The value of a slot, ``None`` where it is empty."""
        value: str | None = self._tracker.get_slot(name)
        return value

    def entity(self, name: str) -> str | None:
        """The first value of an entity in the user's message."""
        return next(iter(self.entities(name)), None)

    def entities(self, name: str) -> list[str]:
        """Every value of an entity in the user's message, in its order."""
        found = self._tracker.latest_message.get("entities") or []
        return [str(entity["value"]) for entity in found if entity["entity"] == name]

    def is_only_an_entity(self, name: str) -> bool:
        """Whether the user's message is nothing but one entity of this name."""
        message = self._tracker.latest_message
        found = message.get("entities") or []
        return len(found) == 1 and (
            found[0]["entity"] == name
            and (found[0].get("start"), found[0].get("end")) == (0, len(message.get("text") or ""))
        )

    def answers(self) -> dict[str, str]:
        """What the form has just extracted: candidates that are not yet accepted."""
        answers: dict[str, str] = self._tracker.slots_to_validate()
        return answers

    def say(self, response: str, buttons: list[Button] | None = None, **variables: Any) -> None:
        """Say a response of data/responses, its placeholders filled, in the language."""
        # The language is a slot, so Rasa picks the variation when it renders the response.
        self._dispatcher.utter_message(response=response, buttons=buttons or [], **variables)


def set_slots(**values: str | None) -> Events:
    """Return the events that set slots; ``None`` empties one."""
    return [SlotSet(name, value) for name, value in values.items()]


def empty_slots(*names: str) -> Events:
    """Return the events that empty slots."""
    return [SlotSet(name, None) for name in names]
