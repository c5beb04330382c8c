"""Recognises a message that is, word for word, a known way of giving a command.

A form takes what is typed as its answer; "annuler" or "help, please" must still work there.
The router lets such a message through where its topic is only guessed from the rest.
"""

import json
import re
import unicodedata
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

COURTESIES = re.compile(r"\b(?:s il (?:vous|te) plait|svp|stp|please|pls|merci)\b")


def normalised(text: str) -> str:
    """Return the words of ``text`` in lower case, without accents and punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", plain))


def without_courtesies(phrase: str) -> str:
    """Return a normalised ``phrase`` without "please"."""
    return " ".join(COURTESIES.sub(" ", phrase).split())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CommandPhrases(GraphComponent):
    """Sets ``command`` on a message that equals a training example of a command."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the intents that count as commands."""
        return {"intents": []}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        phrases: dict[str, str] | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._phrases = phrases or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "CommandPhrases":
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "CommandPhrases":
        """Read a trained component from the model."""
        with model_storage.read_from(resource) as directory:
            phrases = json.loads((directory / "phrases.json").read_text("utf-8"))
        return cls(config, model_storage, resource, phrases)

    def train(self, training_data: TrainingData) -> Resource:
        """Remember every example of a command."""
        phrases = {
            normalised(example.get(TEXT)): example.get(INTENT)
            for example in training_data.intent_examples
            if example.get(INTENT) in self._config["intents"]
        }
        with self._model_storage.write_to(self._resource) as directory:
            (directory / "phrases.json").write_text(
                json.dumps(phrases, ensure_ascii=False), encoding="utf-8"
            )
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``command`` where a message is one, and return the messages."""
        for message in messages:
            phrase = normalised(message.get(TEXT) or "")
            command = self._phrases.get(phrase) or self._phrases.get(without_courtesies(phrase))
            if command:
                message.set("command", command, add_to_output=True)
        return messages
