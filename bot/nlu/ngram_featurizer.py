"""Turns a message into weighted counts of its words and of its pieces of words.

Words alone miss spelling mistakes, pieces alone miss word order; both together carry
SMS style and missing accents (design: TF-IDF of 1-2 words and 2-5 characters).
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.sentence_features import add_sentence_features

# One letter is a word too: "g", "c", "t" in SMS style.
ANY_WORD = r"(?u)\b\w+\b"


def word_counts(**learnt: Any) -> TfidfVectorizer:
    """Return the vectoriser of single words and pairs of words."""
    return TfidfVectorizer(
        ngram_range=(1, 2),
        token_pattern=ANY_WORD,
        strip_accents="unicode",
        sublinear_tf=True,
        dtype=np.float32,
        **learnt,
    )


def character_counts(**learnt: Any) -> TfidfVectorizer:
    """Return the vectoriser of pieces of words, two to five characters long."""
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 5),
        strip_accents="unicode",
        sublinear_tf=True,
        dtype=np.float32,
        **learnt,
    )


VECTORISERS = {"words": word_counts, "characters": character_counts}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(GraphComponent):
    """Adds sparse TF-IDF features of words and of characters to each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return in how many examples a piece must occur to count."""
        return {"min_examples": 2}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        vectorisers: dict[str, TfidfVectorizer],
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._vectorisers = vectorisers

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NgramFeaturizer":
        """Make an untrained component."""
        return cls(config, model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "NgramFeaturizer":
        """Read a trained component from the model."""
        with model_storage.read_from(resource) as directory:
            vectorisers = {name: _read(directory, name, make) for name, make in VECTORISERS.items()}
        return cls(config, model_storage, resource, vectorisers)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which pieces occur and how rare they are."""
        texts = [example.get(TEXT) for example in training_data.intent_examples]
        with self._model_storage.write_to(self._resource) as directory:
            for name, make in VECTORISERS.items():
                vectoriser = make(min_df=self._config["min_examples"])
                vectoriser.fit(texts)
                self._vectorisers[name] = vectoriser
                _write(directory, name, vectoriser)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurize every training example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the features to the messages that have a text, and return them all."""
        with_text = [message for message in messages if message.get(TEXT)]
        if with_text:
            texts = [message.get(TEXT) for message in with_text]
            parts = [self._vectorisers[name].transform(texts) for name in VECTORISERS]
            rows = scipy.sparse.hstack(parts).tocsr()
            add_sentence_features(with_text, rows, origin="ngrams")
        return messages


def _write(directory: Path, name: str, vectoriser: TfidfVectorizer) -> None:
    pieces = sorted(vectoriser.vocabulary_, key=vectoriser.vocabulary_.get)
    (directory / f"{name}.json").write_text(
        json.dumps(pieces, ensure_ascii=False), encoding="utf-8"
    )
    np.save(directory / f"{name}.npy", vectoriser.idf_.astype(np.float32))


def _read(directory: Path, name: str, make: Any) -> TfidfVectorizer:
    pieces = json.loads((directory / f"{name}.json").read_text(encoding="utf-8"))
    vectoriser = make(vocabulary={piece: index for index, piece in enumerate(pieces)})
    vectoriser.idf_ = np.load(directory / f"{name}.npy")
    return vectoriser
