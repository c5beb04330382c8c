"""Every change to Rasa's own code, each for one reason; 3.6.21 is the last release."""

from functools import lru_cache
from typing import Any

import jsonschema
import rasa.core.agent
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain

from bot.processor import TurnProcessor

PATCHED_VERSION = "3.6.21"


def apply() -> None:
    """Put the patches in place. Raises ``RuntimeError`` on another version of Rasa."""
    if rasa.__version__ != PATCHED_VERSION:
        raise RuntimeError(f"patched for Rasa {PATCHED_VERSION}, found {rasa.__version__}")
    rasa.core.agent.MessageProcessor = TurnProcessor
    Agent._create_tracker_store = staticmethod(_tracker_store_as_it_is)
    RemoteAction._validate_action_result = _validate_action_result


def _tracker_store_as_it_is(store: TrackerStore | None, domain: Domain | None) -> TrackerStore:
    """Rasa wraps its store to swallow errors and forget conversations; ours raises."""
    store.domain = domain
    return store


@lru_cache(maxsize=1)
def _action_reply_validator() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa checks the schema's own schema on each call: most of a call's CPU time."""
    _action_reply_validator().validate(result)
    return True
