"""What the classifiers that are one regression have in common: how they are made and kept."""

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from bot.nlu.regression import Regression


class RegressionClassifier(GraphComponent):
    """A component of the pipeline whose ``train`` keeps a regression for its ``process``."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        regression: Regression | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._regression = regression

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
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
    ) -> Self:
        """Read a trained component from the model."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, Regression.read(directory))

    def _keep(self, regression: Regression) -> Resource:
        """Write a fitted regression into the model, and return where it is."""
        with self._model_storage.write_to(self._resource) as directory:
            regression.write(directory)
        return self._resource
