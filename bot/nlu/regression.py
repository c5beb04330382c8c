"""A logistic regression that is kept as plain arrays, for the classifiers of the pipeline.

Rasa's own LogisticRegressionClassifier does not let its regularisation be set and underfits
our features.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression


class Regression:
    """Says how likely each of its classes is for a row of features."""

    def __init__(self, classes: list[str], weights: np.ndarray, bias: np.ndarray) -> None:
        self.classes = classes
        self._weights = weights
        self._bias = bias

    @classmethod
    def learn(
        cls, features: scipy.sparse.csr_matrix, classes: list[str], **settings: Any
    ) -> "Regression":
        """Fit a regression of scikit-learn's with its ``settings``."""
        fitted = LogisticRegression(**settings).fit(features, classes)
        return cls(list(fitted.classes_), fitted.coef_, fitted.intercept_)

    @classmethod
    def read(cls, directory: Path) -> "Regression":
        """Return what ``write`` wrote into ``directory``."""
        classes = json.loads((directory / "classes.json").read_text(encoding="utf-8"))
        return cls(classes, np.load(directory / "weights.npy"), np.load(directory / "bias.npy"))

    def write(self, directory: Path) -> None:
        """Write the regression into ``directory``."""
        (directory / "classes.json").write_text(json.dumps(self.classes), encoding="utf-8")
        # Half precision halves the model file; the ranking does not change.
        np.save(directory / "weights.npy", self._weights.astype(np.float16))
        np.save(directory / "bias.npy", self._bias.astype(np.float32))

    def probabilities(self, row: scipy.sparse.csr_matrix) -> np.ndarray:
        """Return how likely each class is for one row of features, in the order of ``classes``."""
        # Only the columns that are set are read: a message touches few of them.
        scores = self._weights[:, row.indices].astype(np.float32) @ row.data + self._bias
        exponents = np.exp(scores - scores.max())
        return exponents / exponents.sum()
