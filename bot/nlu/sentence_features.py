"""Reads and writes the sentence-level features that our graph components share."""

import numpy as np
import scipy.sparse
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

Matrix = np.ndarray | scipy.sparse.spmatrix


def add_sentence_features(messages: list[Message], rows: Matrix, origin: str) -> None:
    """Give each message its row of ``rows`` as one-row features named ``origin``."""
    for position, message in enumerate(messages):
        row = rows[position : position + 1]
        message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, origin))


def stack_sentence_features(messages: list[Message]) -> scipy.sparse.csr_matrix:
    """Return one row a message: all of its sentence features side by side.

    The features stand in the order of the pipeline, which is the same in training
    and in use.
    """
    return scipy.sparse.vstack([_row(message) for message in messages]).tocsr()


def _row(message: Message) -> scipy.sparse.csr_matrix:
    parts = [
        scipy.sparse.csr_matrix(feature.features)
        for feature in message.features
        if feature.attribute == TEXT and feature.type == FEATURE_TYPE_SENTENCE
    ]
    return scipy.sparse.hstack(parts).tocsr()
