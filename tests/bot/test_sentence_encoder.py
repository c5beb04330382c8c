"""The encoder puts what means the same close together, across the two languages."""

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.sentence_encoder import SentenceEncoder
from bot.nlu.sentence_features import stack_sentence_features

WEIGHT = 2.0


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder({"weight": WEIGHT})


def vectors(encoder: SentenceEncoder, *texts: str) -> np.ndarray:
    messages = encoder.process([Message({TEXT: text}) for text in texts])
    return stack_sentence_features(messages).toarray()


def test_a_translation_is_nearer_than_another_matter(encoder: SentenceEncoder) -> None:
    french, english, other = vectors(
        encoder, "le lien a expiré", "the link has expired", "quel temps fera-t-il demain ?"
    )
    assert french @ english > french @ other


def test_a_vector_has_512_numbers_and_the_weight_as_its_length(encoder: SentenceEncoder) -> None:
    (vector,) = vectors(encoder, "qui valide ma demande ?")
    assert vector.shape == (512,)
    assert np.linalg.norm(vector) == pytest.approx(WEIGHT, rel=1e-3)


def test_more_than_one_batch_is_encoded_as_one_by_one(encoder: SentenceEncoder) -> None:
    texts = [f"étape {number}" for number in range(65)]
    together = vectors(encoder, *texts)
    assert np.allclose(together[64], vectors(encoder, texts[64])[0], atol=1e-4)


def test_a_message_without_text_passes(encoder: SentenceEncoder) -> None:
    assert encoder.process([Message({})])[0].features == []
