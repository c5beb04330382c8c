"""The stand-ins for TensorFlow let Rasa be imported, and nothing of TensorFlow is there."""

import importlib
import sys

import pytest

from bot.inert_modules import ABSENT_PACKAGES


def test_rasa_is_here_and_tensorflow_is_not_the_real_one() -> None:
    import rasa.model_training  # noqa: F401
    import tensorflow

    assert type(tensorflow).__name__ == "_InertModule"
    assert not hasattr(tensorflow, "__file__")


@pytest.mark.parametrize("package", sorted(ABSENT_PACKAGES))
def test_every_module_of_an_absent_package_can_be_imported(package: str) -> None:
    module = importlib.import_module(f"{package}.some.where.deep")
    assert module.anything is not None


def test_only_the_absent_packages_are_stood_in_for() -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_such_package_of_ours")
    assert type(sys.modules["numpy"]).__name__ == "module"


def test_a_name_is_a_class_that_can_be_subclassed_and_made() -> None:
    import tensorflow as tf

    class Layer(tf.keras.layers.Layer):
        def __init__(self, units: int) -> None:
            super().__init__(units, name="layer")
            self.units = units

    assert Layer(3).units == 3


def test_a_name_is_the_same_each_time_it_is_asked_for() -> None:
    import tensorflow as tf

    assert tf.Tensor is tf.Tensor


def test_a_name_can_stand_in_a_type() -> None:
    import tensorflow as tf

    def encode(rows: list[tf.Tensor], ragged: tf.RaggedTensor[int] | None = None) -> None: ...

    assert encode.__annotations__["rows"] == list[tf.Tensor]


def test_a_decorator_returns_the_function() -> None:
    import tensorflow as tf

    def double(number: int) -> int:
        return 2 * number

    assert tf.function(double)(4) == 8
    assert tf.function(reduce_retracing=True)(double)(4) == 8


def test_special_names_are_not_made_up() -> None:
    import tensorflow as tf

    with pytest.raises(AttributeError):
        _ = tf.__no_such_thing__
    with pytest.raises(AttributeError):
        _ = tf.Tensor.__no_such_thing__
