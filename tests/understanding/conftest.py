"""The trained model, loaded once as the bot loads it, and what it hears at a place."""

import os

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from bot import inert_modules, logs

# As in bot.launcher: before anything imports Rasa.
inert_modules.install()
logs.configure()

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot import patches
from bot.place import NEW_OPERATOR
from bot.tracker_store import ConversationStore

Hear = Callable[[str, str, str], dict[str, Any]]


@pytest.fixture(scope="session")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Agent:
    """The assistant with the model of MODEL_PATH."""
    model = os.environ.get("MODEL_PATH")
    if not model or not Path(model).exists():
        pytest.exit("MODEL_PATH names no model: use `make test-understanding`.", returncode=2)
    patches.apply()
    folder = tmp_path_factory.mktemp("conversations")
    return Agent.load(model, tracker_store=ConversationStore(f"sqlite:///{folder / 'unused.db'}"))


@pytest.fixture(scope="session")
def hear(agent: Agent) -> Iterator[Hear]:
    """Return what is made of a text typed while a field is asked for, in a language."""
    loop = asyncio.new_event_loop()

    def heard(text: str, field: str, language: str) -> dict[str, Any]:
        # Of the form only matters that one is running: the field may be in none yet.
        place = [
            SlotSet("language", language),
            ActiveLoop("access_request_form"),
            SlotSet("requested_slot", field),
        ]
        if field.startswith("operator_"):
            # These are asked for where the request describes a new operator.
            place.append(SlotSet("request_organisation", NEW_OPERATOR))
        tracker = DialogueStateTracker.from_events("nobody", place, agent.domain.slots)
        message = UserMessage(text, sender_id="nobody")
        return loop.run_until_complete(agent.processor.parse_message(message, tracker))

    yield heard
    loop.close()
