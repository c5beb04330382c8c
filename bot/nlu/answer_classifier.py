"""Says what kind of answer a message may be, or that it is said to the assistant.

A form takes what is typed as the answer to its field. "Control Union" is one and "who controls
it" is none, which their words and their shape tell better than any list of rules. Learnt from
the answers among the examples (intent ``inform``, each with its kind) and from the examples of
the topics, which are all said to the assistant.
"""

from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.regression import Regression
from bot.nlu.regression_classifier import RegressionClassifier
from bot.nlu.sentence_features import stack_sentence_features

ANSWER = "inform"
SAID = "said"
FEWEST_DIGITS_OF_A_NUMBER = 6
# A message has more words than one, than two, and so on.
LENGTHS = (1, 2, 4, 8, 16)
# Beside the other features, whose length is 1 to 2.
WEIGHT_OF_THE_SHAPE = 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnswerClassifier(RegressionClassifier):
    """Sets ``answers`` on each message: how likely each kind of answer is, and ``said``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the inverse regularisation, and what is not learnt as said.

        ``kinds`` names intents that answer a field though they are topics elsewhere, ``left_out``
        those that may be either; whoever tells a whole story (``not_styles``) may be writing to
        those who decide as well.
        """
        return {"C": 20.0, "kinds": {}, "left_out": [], "not_styles": []}

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the regression; each kind weighs the same, however many examples it has."""
        kinds = [(example, self._kind(example)) for example in training_data.intent_examples]
        learnt = [(example, kind) for example, kind in kinds if kind]
        regression = Regression.learn(
            _features([example for example, _ in learnt]),
            [kind for _, kind in learnt],
            C=self._config["C"],
            max_iter=60,
            tol=1e-2,
            class_weight="balanced",
        )
        return self._keep(regression)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``answers`` on the messages that have a text, and return them all."""
        for message in messages:
            if message.get(TEXT):
                likely = self._regression.probabilities(_features([message])).tolist()
                answers = dict(zip(self._regression.classes, likely, strict=True))
                message.set("answers", answers, add_to_output=True)
        return messages

    def _kind(self, example: Message) -> str | None:
        intent = example.get(INTENT)
        told = (example.get("metadata") or {}).get("intent") or {}
        if intent == ANSWER:
            return told["answers"]
        if intent in self._config["left_out"] or told.get("style") in self._config["not_styles"]:
            return None
        return self._config["kinds"].get(intent, SAID)


def _features(messages: list[Message]) -> scipy.sparse.csr_matrix:
    shapes = np.array([_shape(message.get(TEXT)) for message in messages], dtype=np.float32)
    sentences = stack_sentence_features(messages)
    return scipy.sparse.hstack([sentences, shapes * WEIGHT_OF_THE_SHAPE]).tocsr()


def _shape(text: str) -> list[bool]:
    """Return what the other features do not see: capitals, digits, marks and length."""
    words = text.split()
    capitals = [word[0].isupper() for word in words]
    digits = sum(letter.isdigit() for letter in text)
    return [
        text.rstrip().endswith("?"),
        "@" in text,
        digits > 0,
        digits >= FEWEST_DIGITS_OF_A_NUMBER,
        any(capitals[:1]),
        any(capitals[1:]),
        len(words) > 1 and sum(capitals) > 0.6 * len(words),
        text.isupper(),
        *(len(words) > length for length in LENGTHS),
    ]
