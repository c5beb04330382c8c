"""Each patch of Rasa: on which version, and what it is for."""

import jsonschema
import pytest
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.tracker_store import AwaitableTrackerStore, FailSafeTrackerStore

from bot import patches
from bot.processor import TurnProcessor
from bot.tracker_store import ConversationStore


@pytest.fixture(autouse=True)
def _applied() -> None:
    patches.apply()


def test_the_patches_are_for_the_version_that_is_installed() -> None:
    assert rasa.__version__ == patches.PATCHED_VERSION


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa, "__version__", "3.6.22")
    with pytest.raises(RuntimeError, match=r"3\.6\.21.*3\.6\.22"):
        patches.apply()


def test_the_agent_takes_turns_with_our_processor(tiny_agent: Agent) -> None:
    assert type(tiny_agent.processor) is TurnProcessor


def test_the_tracker_store_is_not_wrapped(tiny_agent: Agent, store: ConversationStore) -> None:
    made = Agent._create_tracker_store(store, tiny_agent.domain)
    assert made is store
    assert made.domain is tiny_agent.domain
    assert not isinstance(made, FailSafeTrackerStore | AwaitableTrackerStore)


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"events": [], "responses": []},
        {
            "events": [{"event": "slot", "name": "language", "value": "en"}],
            "responses": [{"response": "utter_done", "buttons": []}],
        },
        {"events": [{"event": "active_loop", "name": None}]},
    ],
)
def test_the_validator_accepts_a_reply_of_an_action(reply: dict) -> None:
    assert RemoteAction("action_work", None)._validate_action_result(reply)


@pytest.mark.parametrize(
    "reply",
    [
        [],
        None,
        {"events": "none"},
        {"events": [{"event": "no such event"}]},
        {"events": [{"event": "slot"}]},
        {"responses": {}},
        {"responses": ["utter_done"]},
    ],
)
def test_the_validator_refuses_what_is_none(reply) -> None:
    with pytest.raises(jsonschema.ValidationError):
        RemoteAction("action_work", None)._validate_action_result(reply)


def test_the_validator_is_made_once() -> None:
    """Rasa makes one a call: 35 ms or more of CPU each time."""
    assert patches._action_reply_validator() is patches._action_reply_validator()


def test_applying_twice_changes_nothing() -> None:
    before = (Agent._create_tracker_store, RemoteAction._validate_action_result)
    patches.apply()
    assert (Agent._create_tracker_store, RemoteAction._validate_action_result) == before
