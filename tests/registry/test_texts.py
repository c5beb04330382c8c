"""Texts are read by key and language, and whatever lacks is said."""

from pathlib import Path

import pytest

from registry.texts import Texts, TextsError


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    path = tmp_path / "texts.yml"
    path.write_text("hello: {fr: 'Bonjour {name}', en: 'Hello {name}'}\nlost: {fr: 'Perdu'}\n")
    return Texts.load(path)


def test_a_text_is_said_in_each_language(texts: Texts) -> None:
    assert texts.say("hello", "fr", name="Camille") == "Bonjour Camille"
    assert texts.say("hello", "en", name="Camille") == "Hello Camille"


def test_what_is_put_in_is_not_read_as_a_text(texts: Texts) -> None:
    assert texts.say("hello", "en", name="{name.__class__}") == "Hello {name.__class__}"


@pytest.mark.parametrize(
    ("key", "lang", "variables"),
    [("none", "fr", {}), ("lost", "en", {}), ("hello", "de", {"name": "x"}), ("hello", "fr", {})],
)
def test_whatever_lacks_is_said(texts: Texts, key: str, lang: str, variables: dict) -> None:
    with pytest.raises(TextsError, match=key):
        texts.say(key, lang, **variables)


@pytest.mark.parametrize("content", ["hello: 'Bonjour'", "hello: {fr: 3}", "hello:"])
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "texts.yml"
    path.write_text(content)
    with pytest.raises(TextsError, match="hello"):
        Texts.load(path)
