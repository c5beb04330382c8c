"""Offers topics as buttons, under the titles that a person would give them."""

from collections.abc import Iterable

from actions.house import House
from actions.turn import Button, Turn


def topic_buttons(topics: Iterable[str], house: House, turn: Turn) -> list[Button]:
    """Return one button a topic, in the conversation's language."""
    return [
        {"title": house.topic_titles.say(topic, turn.language), "payload": f"/{topic}"}
        for topic in topics
    ]
