"""Stands in for TensorFlow and its kin, which Rasa imports and our pipeline never uses.

Left out, they spare the house some 2 GB on disk, most of its memory and most of its
start. ``install()`` must run before Rasa is imported. Whatever is asked of these modules
is an inert class that can be subclassed, called as a decorator or named in a type.
"""

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any, ClassVar

ABSENT_PACKAGES = frozenset(
    ("tensorflow", "tensorflow_hub", "tensorflow_text", "tensorflow_addons", "keras", "jax")
)


class _InertType(type):
    """The type of every stand-in: any attribute of one is another."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _inert_class(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        decorates_a_function = cls.__name__ == "function" and args and callable(args[0])
        return args[0] if decorates_a_function else super().__call__(*args, **kwargs)

    def __getitem__(cls, item: Any) -> Any:
        return cls


def _decorated(instance: Any, *args: Any, **kwargs: Any) -> Any:
    return args[0] if args and callable(args[0]) else None


def _accepting_anything(instance: Any, *args: Any, **kwargs: Any) -> None:
    return None


def _inert_class(name: str) -> _InertType:
    return _InertType(name, (object,), {"__init__": _accepting_anything, "__call__": _decorated})


class _InertModule(types.ModuleType):
    """A module in which every name exists and does nothing."""

    __path__: ClassVar[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        submodule = sys.modules.get(f"{self.__name__}.{name}")
        stand_in = submodule or _inert_class(name)
        setattr(self, name, stand_in)
        return stand_in


class _InertFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers every import of an absent package with an inert module."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] not in ABSENT_PACKAGES:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""


def install() -> None:
    """Put the stand-ins in place, and import skops first.

    skops probes every loaded module when it is imported; before Rasa's hundreds of
    modules this takes a second, after them many.
    """
    sys.meta_path.insert(0, _InertFinder())
    import skops.io  # noqa: F401
