"""Rasa as the bot starts it, and a tiny assistant trained with the bot's own parts."""

import os
import tempfile

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
# What one test run trained must not be taken over by the next.
os.environ["RASA_CACHE_DIRECTORY"] = tempfile.mkdtemp(prefix="rasa-cache-")

from bot import inert_modules, logs

# As in bot.launcher: before anything imports Rasa.
inert_modules.install()
logs.configure()

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.model_training import train
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import patches
from bot.locks import ConversationLocks
from bot.processor import WatchedEndpoint
from bot.tracker_store import ConversationStore
from tests.bot.fake_action_server import FakeActionServer

TINY = Path(__file__).parent / "tiny_assistant"


@pytest.fixture(scope="session", autouse=True)
def _clean_up_the_cache() -> Iterator[None]:
    yield
    shutil.rmtree(os.environ["RASA_CACHE_DIRECTORY"], ignore_errors=True)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model file of the tiny assistant, trained once."""
    folder = tmp_path_factory.mktemp("models")
    result = train(
        domain=str(TINY / "domain.yml"),
        config=str(TINY / "config.yml"),
        training_files=[str(TINY / "data.yml")],
        output=str(folder),
        fixed_model_name="tiny",
        force_training=True,
    )
    assert result.code == 0
    return folder / "tiny.tar.gz"


@pytest.fixture(scope="session")
def tiny_agent(tiny_model: Path) -> Agent:
    """The tiny assistant, loaded once with the patches in place."""
    patches.apply()
    unused = ConversationStore(f"sqlite:///{tiny_model.parent / 'unused.db'}")
    return Agent.load(str(tiny_model), tracker_store=unused)


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    """An empty tracker store for the domain of the tiny assistant."""
    return ConversationStore(
        f"sqlite:///{tmp_path / 'conversations.db'}", Domain.load(str(TINY / "domain.yml"))
    )


@pytest.fixture
def action_server() -> FakeActionServer:
    return FakeActionServer()


@pytest.fixture
def agent(
    tiny_agent: Agent, store: ConversationStore, action_server: FakeActionServer
) -> Iterator[Agent]:
    """The tiny assistant with a fresh tracker store and action server."""
    tiny_agent.tracker_store = tiny_agent.processor.tracker_store = store
    tiny_agent.action_endpoint = action_server
    tiny_agent.processor.action_endpoint = WatchedEndpoint(
        action_server, tiny_agent.processor.story_before
    )
    tiny_agent.lock_store = tiny_agent.processor.lock_store = ConversationLocks()
    yield tiny_agent
    store.engine.dispose()


class Workshop:
    """A model storage of its own, and how Rasa makes, trains and loads a component in it."""

    def __init__(self, folder: Path) -> None:
        self._storage = LocalModelStorage.create(folder)
        self._context = ExecutionContext(GraphSchema({}))

    def make(self, component: type, **config: Any) -> Any:
        """An untrained component."""
        return component.create(*self._arguments(component, config))

    def load(self, component: type, **config: Any) -> Any:
        """The component as it was persisted by its training."""
        return component.load(*self._arguments(component, config))

    def _arguments(self, component: type, config: dict[str, Any]) -> tuple[Any, ...]:
        complete = {**component.get_default_config(), **config}
        return complete, self._storage, Resource(component.__name__), self._context


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    folder = tmp_path / "components"
    folder.mkdir()
    return Workshop(folder)


@pytest.fixture
def training_data() -> Callable[..., TrainingData]:
    """Training data of `(text, intent, language)`, and what else a block may tell."""

    def make(examples: list[tuple[Any, ...]]) -> TrainingData:
        return TrainingData(
            [
                Message(
                    {
                        TEXT: text,
                        INTENT: intent,
                        "metadata": {"intent": {"language": language} | dict(*told)},
                    }
                )
                for text, intent, language, *told in examples
            ]
        )

    return make


@pytest.fixture
def run() -> Callable[..., Any]:
    """Run a coroutine to its end."""
    return asyncio.run
