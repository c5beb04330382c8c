"""What the assistant may say: the responses and mails of data/, compared with what came.

A placeholder of a text, like ``{reference}``, stands for anything that is not empty; what
stood there is given back by its name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from deploy.layout import project_root
from registry.mail.layout import as_text, blocks_of

PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
Values = dict[str, str]


@dataclass(frozen=True)
class Expected:
    """A response in one language: its text with placeholders, and its buttons' titles."""

    text: str
    titles: tuple[str, ...]

    def values_in(self, text: str) -> Values | None:
        """What stood at the placeholders of `text`; None when it is another text."""
        found = _pattern(self.text).fullmatch(text)
        return None if found is None else found.groupdict()


@cache
def responses() -> Mapping[tuple[str, str], Expected]:
    """The responses of data/responses by their id and language."""
    found = {}
    for path in sorted((project_root() / "data" / "responses").glob("*.yml")):
        read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, variations in read["responses"].items():
            for variation in variations:
                titles = tuple(button["title"] for button in variation.get("buttons", ()))
                key = (name, variation["metadata"]["lang"])
                found[key] = Expected(variation["text"], titles)
    return found


@cache
def mails() -> Mapping[tuple[str, str], Expected]:
    """The mails of data/texts/mail.yml by their kind and language; subject, then body."""
    path = project_root() / "data" / "texts" / "mail.yml"
    texts: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds = [key.removesuffix(".subject") for key in texts if key.endswith(".subject")]
    return {
        (kind, lang): Expected(
            f"{texts[f'{kind}.subject'][lang]}\n"
            f"{as_text(blocks_of(texts[f'{kind}.body'][lang]))}".strip(),
            (),
        )
        for kind in kinds
        for lang in ("fr", "en")
    }


def name_of(text: str, lang: str, expected_name: str | None) -> str:
    """The id of the response that `text` is, for telling a person; the text itself if none.

    Some responses have the same text: the expected one is tried first.
    """
    wanted = responses().get((expected_name or "", lang))
    if expected_name and wanted and wanted.values_in(text) is not None:
        return expected_name
    for (name, its_lang), expected in responses().items():
        if its_lang == lang and expected.values_in(text) is not None:
            return name
    return f"no response of data/responses in {lang}: {text!r}"


@cache
def _pattern(template: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def placeholder(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.+?)"

    return re.compile(PLACEHOLDER.sub(placeholder, re.escape(template)), re.DOTALL)
