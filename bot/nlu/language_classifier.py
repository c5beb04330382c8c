"""Says whether a message is French, English or another language.

Learnt from the language that each block of training examples names in its metadata
(Rasa forgets which folder an example stood in).
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
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression


def letter_counts(**learnt: Any) -> TfidfVectorizer:
    """Return the vectoriser of one to four letters; accents tell languages apart."""
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(1, 4),
        sublinear_tf=True,
        dtype=np.float32,
        **learnt,
    )


def language_of(example: Message) -> str | None:
    """Return the language that the example's block names, ``None`` where it names none."""
    metadata = example.get("metadata") or {}
    return (metadata.get("intent") or {}).get("language")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageClassifier(GraphComponent):
    """Sets ``language`` on each message: its name (fr, en, other) and a confidence."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the inverse regularisation, and the intents whose examples are of no language."""
        return {"C": 20.0, "not_intents": []}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        languages: list[str] | None = None,
        vectoriser: TfidfVectorizer | None = None,
        weights: np.ndarray | None = None,
        bias: np.ndarray | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._languages = languages or []
        self._vectoriser = vectoriser
        self._weights = weights
        self._bias = bias

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageClassifier":
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
    ) -> "LanguageClassifier":
        """Read a trained component from the model."""
        with model_storage.read_from(resource) as directory:
            learnt = json.loads((directory / "language.json").read_text("utf-8"))
            arrays = np.load(directory / "language.npz")
            vocabulary = {piece: index for index, piece in enumerate(learnt["pieces"])}
            vectoriser = letter_counts(vocabulary=vocabulary)
            vectoriser.idf_ = arrays["idf"]
            return cls(
                config,
                model_storage,
                resource,
                learnt["languages"],
                vectoriser,
                arrays["weights"].astype(np.float32),
                arrays["bias"],
            )

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example whose block names its language; names are of none."""
        examples = [
            example
            for example in training_data.intent_examples
            if language_of(example) and example.get(INTENT) not in self._config["not_intents"]
        ]
        vectoriser = letter_counts(min_df=2)
        features = vectoriser.fit_transform([example.get(TEXT) for example in examples])
        regression = LogisticRegression(C=self._config["C"], max_iter=300, class_weight="balanced")
        regression.fit(features, [language_of(example) for example in examples])
        pieces = sorted(vectoriser.vocabulary_, key=vectoriser.vocabulary_.get)
        with self._model_storage.write_to(self._resource) as directory:
            (directory / "language.json").write_text(
                json.dumps(
                    {"languages": list(regression.classes_), "pieces": pieces},
                    ensure_ascii=False,
                ),
                encoding="utf-8",
            )
            np.savez(
                directory / "language.npz",
                idf=vectoriser.idf_.astype(np.float32),
                weights=regression.coef_.astype(np.float16),
                bias=regression.intercept_.astype(np.float32),
            )
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the language of the messages that have a text, and return them all."""
        for message in messages:
            if message.get(TEXT):
                message.set("language", self._guess(message.get(TEXT)), add_to_output=True)
        return messages

    def _guess(self, text: str) -> dict[str, Any]:
        row = self._vectoriser.transform([text])
        scores = self._weights[:, row.indices] @ row.data + self._bias
        exponents = np.exp(scores - scores.max())
        confidences = exponents / exponents.sum()
        best = int(confidences.argmax())
        return {"name": self._languages[best], "confidence": float(confidences[best])}
