"""What a mail of the outbox says, from its kind, language and parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from registry.mail.layout import as_html, as_text, blocks_of
from registry.texts import Texts

MAIL_TEXTS = Path(__file__).parents[2] / "data" / "texts" / "mail.yml"


@dataclass(frozen=True)
class RenderedMail:
    """A mail's subject (one line), and its body twice: as plain text and as HTML."""

    subject: str
    body: str
    html: str


def render(kind: str, language: str, parameters: Mapping[str, Any]) -> RenderedMail:
    """The mail in `language` (fr or en). Raises TextsError for an unknown kind or a lack."""
    texts = _texts()
    # On one line each: no value can start a heading or a paragraph of its own.
    variables = {name: " ".join(str(value).split()) for name, value in parameters.items()}
    variables |= _in_words(texts, language, parameters)
    subject = texts.say(f"{kind}.subject", language, **variables)
    blocks = blocks_of(texts.say(f"{kind}.body", language, **variables))
    return RenderedMail(subject, as_text(blocks), as_html(blocks, subject, language))


def _in_words(texts: Texts, language: str, parameters: Mapping[str, Any]) -> dict[str, str]:
    """What a code is for, the site and the deciders as people read them, its address, and A02."""
    words = {"not_traces": texts.say("not_traces", language)}
    if "journey" in parameters:
        words["purpose"] = texts.say(f"purpose.{parameters['journey']}", language)
    if "environment" in parameters:
        for key in ("environment", "site"):
            words[key] = texts.say(f"{key}.{parameters['environment']}", language)
    if "deciders" in parameters:
        words["deciders"] = texts.say(".".join(["deciders", *parameters["deciders"]]), language)
    return words


@cache
def _texts() -> Texts:
    return Texts.load(MAIL_TEXTS)
