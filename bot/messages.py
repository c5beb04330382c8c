"""Reads a conversation back from its events: answers, history, offered buttons.

The tracker is the only record of a conversation, so a fresh answer, a repeated one and
the history are all read from the same events.
"""

import re
from collections.abc import Container, Iterable, Iterator
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered

Message = dict[str, Any]

# Doubled braces stand for braces: those of a payload's values.
PLACEHOLDER = re.compile(r"(?<!\{)\{\w+\}(?!\})")

# What the page itself can always send, beside the buttons of the conversation.
ALWAYS_OFFERED = {
    "/greet": "",
    "/help": "",
    "/switch_to_english": "English",
    "/switch_to_french": "Français",
    "/talk_to_human": "",
}


def as_message(event: BotUttered) -> Message:
    """Return what the bot said as the gateway passes it on: no slot, no variable.

    Raises ``KeyError`` for a response that does not say its language.
    """
    message: Message = {
        "text": event.text or "",
        "lang": event.metadata["metadata"]["lang"],
        "buttons": [
            {"title": button["title"], "payload": button["payload"]} for button in _buttons(event)
        ],
    }
    for optional in ("image", "custom"):
        if event.data.get(optional):
            message[optional] = event.data[optional]
    return message


def answer(events: Iterable[Event]) -> list[Message]:
    """Return what was said in one turn."""
    return [as_message(event) for event in events if isinstance(event, BotUttered)]


def responses_of(events: Iterable[Event], domain: Domain) -> list[dict[str, Any]]:
    """Return the ids of the responses that were said in one turn.

    With each, whether it needs values or buttons of its moment, so that its id alone does
    not say it again.
    """
    said = [event for event in events if isinstance(event, BotUttered)]
    return [
        {"response": event.metadata["utter_action"], "needs_values": _needs_values(event, domain)}
        for event in said
    ]


def _needs_values(event: BotUttered, domain: Domain) -> bool:
    written = domain.responses[event.metadata["utter_action"]][0]
    buttons = written.get("buttons") or []
    texts = (written["text"], *(button["payload"] for button in buttons))
    return len(_buttons(event)) != len(buttons) or any(map(PLACEHOLDER.search, texts))


def history(events: Iterable[Event]) -> list[Message]:
    """Return both sides of the conversation in order, without what the server sent."""
    return [line for event in events for line in _lines(event)]


def story(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return what both sides said as an action is told it: Rasa's events, with no more than
    who said what, and of the user what it was taken for.
    """
    return [told for event in events for told in _told(event)]


def offered_title(turns: Iterable[Iterable[Event]], payload: str) -> str | None:
    """Return the title of the button with this payload, ``None`` where none was offered.

    ``turns`` are read only until it is found: mostly it stands in the latest one.
    """
    spoken = (event for events in turns for event in events if isinstance(event, BotUttered))
    titles = (b["title"] for event in spoken for b in _buttons(event) if b["payload"] == payload)
    return next(titles, ALWAYS_OFFERED.get(payload))


def yes_and_no(events: Iterable[Event], questions: Container[str]) -> tuple[str | None, str | None]:
    """Return the payloads of the buttons that answer yes and no to the last of ``questions``.

    Such a question has the button for yes first, the one for no last; ``None`` where there is
    no such button.
    """
    asked = [
        event
        for event in events
        if isinstance(event, BotUttered) and event.metadata.get("utter_action") in questions
    ]
    yes, *others = [button["payload"] for button in _buttons(asked[-1])] if asked else [None]
    return yes, others[-1] if others else None


def _lines(event: Event) -> Iterator[Message]:
    if isinstance(event, BotUttered):
        yield {"from": "assistant", **as_message(event)}
    elif isinstance(event, UserUttered) and not event.metadata["from_server"]:
        yield {
            "from": "user",
            "text": event.text or "",
            "lang": event.metadata["lang"],
            "buttons": [],
        }


def _told(event: Event) -> Iterator[dict[str, Any]]:
    if isinstance(event, BotUttered):
        yield {"event": event.type_name, "text": event.text or ""}
    elif isinstance(event, UserUttered) and not event.metadata["from_server"]:
        topic = event.parse_data["topic"]
        # A button of the page itself may have no words.
        if event.text:
            yield {"event": event.type_name, "text": event.text, "topic": topic["name"]}


def _buttons(event: BotUttered) -> list[dict[str, str]]:
    return event.data.get("buttons") or []
