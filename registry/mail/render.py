"""What a mail of the outbox says, from its kind, language and parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from registry.texts import Texts

MAIL_TEXTS = Path(__file__).parents[2] / "data" / "texts" / "mail.yml"


@dataclass(frozen=True)
class RenderedMail:
    """A mail's subject (one line) and body (plain text)."""

    subject: str
    body: str


def render(kind: str, language: str, parameters: Mapping[str, Any]) -> RenderedMail:
    """The mail in `language` (fr or en). Raises TextsError for an unknown kind or a lack."""
    texts = _texts()
    variables = dict(parameters)
    if kind == "request_filed":
        variables |= _in_words(texts, language, parameters)
    return RenderedMail(
        subject=texts.say(f"{kind}.subject", language, **variables),
        body=texts.say(f"{kind}.body", language, **variables),
    )


def _in_words(texts: Texts, language: str, parameters: Mapping[str, Any]) -> dict[str, str]:
    """The site and the deciders as people read them, and A02."""
    return {
        "environment": texts.say(f"environment.{parameters['environment']}", language),
        "deciders": texts.say(".".join(["deciders", *parameters["deciders"]]), language),
        "not_traces": texts.say("not_traces", language),
    }


@cache
def _texts() -> Texts:
    return Texts.load(MAIL_TEXTS)
