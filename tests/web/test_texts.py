"""The gateway's, the page's and the terminal's texts are whole in both languages."""

import ast
import re
from pathlib import Path

import pytest

from registry.texts import Texts
from tests.web.conftest import TEXTS
from web.gateway import errors

FILES = ("gateway.yml", "page.yml", "terminal.yml")
VARIABLES = {"limit": 3, "seconds": 3, "url": "http://gateway", "path": "my-data.json"}


def say_in_both(file: str, **variables: object) -> dict[str, tuple[str, str]]:
    """Every text of a file, in French and in English."""
    texts = Texts.load(TEXTS / file)
    keys = texts.keys()
    return {
        key: (texts.say(key, "fr", **variables), texts.say(key, "en", **variables)) for key in keys
    }


@pytest.mark.parametrize("file", FILES)
def test_every_text_is_there_in_both_languages(file: str) -> None:
    for key, (french, english) in say_in_both(file, **VARIABLES).items():
        assert french.strip() and english.strip(), key
        assert french != english or len(french.split()) == 1, key


@pytest.mark.parametrize("file", FILES)
def test_both_languages_fill_the_same_variables(file: str) -> None:
    named = {name: f"<{name}>" for name in VARIABLES}
    for key, texts in say_in_both(file, **named).items():
        french, english = (set(re.findall(r"<\w+>", text)) for text in texts)
        assert french == english, key


@pytest.mark.parametrize("file", FILES)
def test_no_text_shouts(file: str) -> None:
    for key, texts in say_in_both(file, **VARIABLES).items():
        assert "!" not in "".join(texts), key


def test_every_error_code_has_its_text() -> None:
    gateway = set(Texts.load(TEXTS / "gateway.yml").keys())
    assert set(errors._STATUS) == {key for key in gateway if not key.startswith("mail_")}


def test_every_raised_code_has_a_status() -> None:
    raised = set()
    for path in (Path(__file__).parents[2] / "web").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "GatewayError":
                raised |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    assert "text_empty" in raised
    assert raised <= set(errors._STATUS)
