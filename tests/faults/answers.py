"""Which response of data/responses a message of the assistant is."""

import re
from functools import cache
from typing import Any

import yaml

from deploy.layout import project_root

PLACEHOLDER = re.compile(r"\{\w+\}")


def assert_said(messages: list[dict[str, Any]], responses: tuple[str, ...], lang: str) -> None:
    """The messages are these responses in this language, one for one."""
    assert len(messages) == len(responses), f"{len(messages)} messages for {responses}: {messages}"
    for message, response in zip(messages, responses, strict=True):
        assert message["lang"] == lang
        assert said_as(message, response, lang), f"not {response}: {message['text']}"


def said_as(message: dict[str, Any], response: str, lang: str) -> bool:
    """Whether the message is a variation of this response, its placeholders filled."""
    return any(pattern.fullmatch(message["text"]) for pattern in _patterns(response, lang))


@cache
def _patterns(response: str, lang: str) -> tuple[re.Pattern[str], ...]:
    texts = [one["text"] for one in _responses()[response] if one["metadata"]["lang"] == lang]
    assert texts, f"{response} is not written in {lang}"
    return tuple(
        re.compile(".+".join(re.escape(part) for part in PLACEHOLDER.split(text)), re.DOTALL)
        for text in texts
    )


@cache
def _responses() -> dict[str, list[dict[str, Any]]]:
    files = sorted((project_root() / "data" / "responses").glob("*.yml"))
    read = (yaml.safe_load(file.read_text(encoding="utf-8"))["responses"] for file in files)
    return {response: variations for one in read for response, variations in one.items()}
