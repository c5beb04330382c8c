"""Texts that are read without Rasa: files of data/texts, each `key: {fr: ..., en: ...}`."""

from pathlib import Path

import yaml


class TextsError(Exception):
    """A text, a language of it or a value for it is missing; the message names it."""


class Texts:
    """The texts of one file."""

    def __init__(self, texts: dict[str, dict[str, str]]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, path: Path) -> "Texts":
        """Read a file. Raises TextsError when it is not `key: {language: text}` throughout."""
        with path.open(encoding="utf-8") as file:
            texts = yaml.safe_load(file)
        for key, by_language in (texts or {}).items():
            if not isinstance(by_language, dict) or not all(
                isinstance(text, str) for text in by_language.values()
            ):
                raise TextsError(f"{path.name}: {key} is not a text per language.")
        return cls(texts or {})

    def __contains__(self, key: object) -> bool:
        """Whether there is a text of that key."""
        return key in self._texts

    def keys(self) -> tuple[str, ...]:
        """Every key, in the file's order."""
        return tuple(self._texts)

    def say(self, key: str, lang: str, **variables: object) -> str:
        """The text in `lang` (fr or en), its {names} filled. Raises TextsError if one lacks."""
        try:
            return self._texts[key][lang].format_map(variables)
        except KeyError as missing:
            raise TextsError(f"{key} ({lang}): {missing} is missing.") from missing
