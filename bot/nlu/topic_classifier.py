"""Says which topic (intent) a message is about, with a ranking of all of them.

A logistic regression on the encoder's and the n-grams' features. Rasa's own
LogisticRegressionClassifier does not let its regularisation be set and underfits these
features, so the regression is scikit-learn's, kept as plain arrays in the model.
"""

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from bot.nlu.sentence_features import stack_sentence_features

RANKING_LENGTH = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):
    """Sets ``intent`` and ``intent_ranking`` on each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the inverse regularisation and the topics that are not learnt here."""
        return {"C": 20.0, "max_iterations": 150, "tolerance": 1e-3, "not_topics": []}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        topics: list[str] | None = None,
        weights: np.ndarray | None = None,
        bias: np.ndarray | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._topics = topics or []
        self._weights = weights
        self._bias = bias

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicClassifier":
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
    ) -> "TopicClassifier":
        """Read a trained component from the model."""
        with model_storage.read_from(resource) as directory:
            topics = json.loads((directory / "topics.json").read_text(encoding="utf-8"))
            weights = np.load(directory / "weights.npy")
            bias = np.load(directory / "bias.npy")
        return cls(config, model_storage, resource, topics, weights, bias)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the regression on every example of a topic."""
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(INTENT) not in self._config["not_topics"]
        ]
        regression = LogisticRegression(
            C=self._config["C"],
            max_iter=self._config["max_iterations"],
            tol=self._config["tolerance"],
        )
        regression.fit(
            stack_sentence_features(examples),
            [example.get(INTENT) for example in examples],
        )
        # Half precision halves the model file; the ranking does not change.
        with self._model_storage.write_to(self._resource) as directory:
            (directory / "topics.json").write_text(
                json.dumps(list(regression.classes_)), encoding="utf-8"
            )
            np.save(directory / "weights.npy", regression.coef_.astype(np.float16))
            np.save(directory / "bias.npy", regression.intercept_.astype(np.float32))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the topics of the messages that have a text, and return them all."""
        with_text = [message for message in messages if message.get(TEXT)]
        for message in with_text:
            self._rank(message)
        return messages

    def _rank(self, message: Message) -> None:
        features = stack_sentence_features([message])
        # Only the columns that are set are read: a message touches few of them.
        scores = self._weights[:, features.indices].astype(np.float32) @ features.data
        confidences = _softmax(scores + self._bias)
        best = np.argsort(confidences)[::-1][:RANKING_LENGTH]
        ranking = [
            {"name": self._topics[index], "confidence": float(confidences[index])} for index in best
        ]
        message.set("intent", ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)


def _softmax(scores: np.ndarray) -> np.ndarray:
    exponents = np.exp(scores - scores.max())
    return exponents / exponents.sum()
