"""No sentence that a user reads stands in Python: texts live in data/."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.texts import ROOT

ROOMS = ("actions", "bot", "registry", "web")
# Three words in a row, as in a sentence; names, formats and SQL have no such rows.
SENTENCE = re.compile(r"[^\W\d_]{2,}[’' ]+[a-zà-ÿ]{2,}[’' ]+[a-zà-ÿ]{2,}")
# Whole files for whoever runs the house: the command line, the health report, the migrations.
FOR_OPERATORS = ("registry/cli/", "registry/health.py", "registry/migrations")
# Said to whoever runs the house, on the console or in its log, documenting, or a pattern.
SAID_TO_OPERATORS = (
    "__init__",
    "write",
    "error",
    "warning",
    "info",
    "exception",
    "debug",
    "log",
    "print",
)
NOT_SAID = ("_said", "add_argument", "add_parser", "compile", "Counter", "FastAPI", "Histogram")


def python_files() -> list[Path]:
    found = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return [path for path in found if not _name(path).startswith(FOR_OPERATORS)]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def strings_of(tree: ast.AST) -> Iterator[str]:
    """The string constants that could reach a user."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Raise) or _is_for_operators(child) or _is_docstring(child):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        yield from strings_of(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_for_operators(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = (
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    )
    return called in (*SAID_TO_OPERATORS, *NOT_SAID) or called.endswith(("Error", "Failed"))


@pytest.mark.parametrize("path", python_files(), ids=_name)
def test_no_sentence_stands_in_python(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [text for text in strings_of(tree) if SENTENCE.search(text)] == []


def test_a_sentence_in_python_would_be_found() -> None:
    said = 'turn.say("Votre demande est déposée.")'
    logged = 'logger.error("the turn has failed")\nraise ValueError("no such thing here")'
    assert [text for text in strings_of(ast.parse(said)) if SENTENCE.search(text)]
    assert not [text for text in strings_of(ast.parse(logged)) if SENTENCE.search(text)]
