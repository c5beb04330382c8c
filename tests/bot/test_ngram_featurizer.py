"""Words and pieces of words are counted and weighted, and the vocabulary survives the model."""

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.ngram_featurizer import NgramFeaturizer
from bot.nlu.sentence_features import stack_sentence_features

EXAMPLES = [
    ("le lien a expiré", "link_expired", "fr"),
    ("mon lien est expiré", "link_expired", "fr"),
    ("the link has expired", "link_expired", "en"),
    ("qui valide ma demande", "who_validates", "fr"),
    ("who validates my request", "who_validates", "en"),
]


@pytest.fixture
def loaded(workshop, training_data) -> NgramFeaturizer:
    workshop.make(NgramFeaturizer).train(training_data(EXAMPLES))
    return workshop.load(NgramFeaturizer)


def row(featurizer: NgramFeaturizer, text: str) -> np.ndarray:
    (message,) = featurizer.process([Message({TEXT: text})])
    return stack_sentence_features([message]).toarray()[0]


def likeness(featurizer: NgramFeaturizer, one: str, other: str) -> float:
    return float(row(featurizer, one) @ row(featurizer, other))


def test_accents_and_case_do_not_count(loaded: NgramFeaturizer) -> None:
    assert np.array_equal(row(loaded, "LE LIEN A EXPIRE"), row(loaded, "le lien a expiré"))


def test_a_misspelt_word_is_still_near(loaded: NgramFeaturizer) -> None:
    text = "le lien a expiré"
    assert likeness(loaded, text, "le lyen a expirer") > likeness(loaded, text, "ma demande")


def test_words_and_characters_each_have_length_one(loaded: NgramFeaturizer) -> None:
    assert np.linalg.norm(row(loaded, "le lien a expiré")) == pytest.approx(np.sqrt(2))


def test_what_was_never_seen_counts_nothing(loaded: NgramFeaturizer) -> None:
    assert not row(loaded, "ξψ").any()


def test_a_piece_must_occur_often_enough(workshop, training_data) -> None:
    workshop.make(NgramFeaturizer, min_examples=1).train(training_data(EXAMPLES))
    every = workshop.load(NgramFeaturizer, min_examples=1)
    workshop.make(NgramFeaturizer, min_examples=2).train(training_data(EXAMPLES))
    frequent = workshop.load(NgramFeaturizer, min_examples=2)
    assert np.count_nonzero(row(every, "mon")) > np.count_nonzero(row(frequent, "mon"))


def test_the_loaded_featurizer_gives_the_trained_ones_features(workshop, training_data) -> None:
    trained = workshop.make(NgramFeaturizer)
    trained.train(training_data(EXAMPLES))
    loaded = workshop.load(NgramFeaturizer)
    for text, _, _ in EXAMPLES:
        assert np.allclose(row(trained, text), row(loaded, text), atol=1e-6)


def test_training_examples_are_featurized_and_silent_messages_pass(
    loaded: NgramFeaturizer, training_data
) -> None:
    data = training_data(EXAMPLES)
    assert loaded.process_training_data(data) is data
    assert all(example.features for example in data.training_examples)
    assert loaded.process([Message({})])[0].features == []
