"""Says which topic (intent) a message is about, with a ranking of all of them.

A logistic regression on the encoder's and the n-grams' features.
"""

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.regression import Regression
from bot.nlu.regression_classifier import RegressionClassifier
from bot.nlu.sentence_features import stack_sentence_features

RANKING_LENGTH = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(RegressionClassifier):
    """Sets ``intent`` and ``intent_ranking`` on each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the inverse regularisation and the intents that are not learnt here."""
        # More iterations take as long again and find nothing more in what was not learnt.
        return {"C": 20.0, "max_iterations": 40, "tolerance": 1e-3, "not_topics": []}

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the regression on every example of a topic."""
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(INTENT) not in self._config["not_topics"]
        ]
        regression = Regression.learn(
            stack_sentence_features(examples),
            [example.get(INTENT) for example in examples],
            C=self._config["C"],
            max_iter=self._config["max_iterations"],
            tol=self._config["tolerance"],
        )
        return self._keep(regression)

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the topics of the messages that have a text, and return them all."""
        with_text = [message for message in messages if message.get(TEXT)]
        for message in with_text:
            self._rank(message)
        return messages

    def _rank(self, message: Message) -> None:
        confidences = self._regression.probabilities(stack_sentence_features([message]))
        best = np.argsort(confidences)[::-1][:RANKING_LENGTH]
        ranking = [
            {"name": self._regression.classes[index], "confidence": float(confidences[index])}
            for index in best
        ]
        message.set("intent", ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
