"""What a mail of the outbox says, from its kind, language and parameters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from registry.mail.layout import EMPTY_LINE, ITEM, as_html, as_text, blocks_of
from registry.texts import Texts
from registry.ticket_words import (
    entered_lines,
    on_one_line,
    site_in_words,
    story_lines,
    topic_in_words,
)

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
    variables = {name: on_one_line(str(value)) for name, value in parameters.items()}
    variables |= _in_words(texts, language, parameters)
    if kind.startswith("ticket_"):
        variables |= _ticket_in_words(texts, language, parameters)
    subject = texts.say(f"{kind}.subject", language, **variables)
    blocks = blocks_of(texts.say(f"{kind}.body", language, **variables))
    return RenderedMail(subject, as_text(blocks), as_html(blocks, subject, language))


def _in_words(texts: Texts, language: str, parameters: Mapping[str, Any]) -> dict[str, str]:
    """What is told in words: what a code is for, the site and its address, the deciders, and A02.

    An operator that nobody has accepted yet is not called by its name.
    """
    words = {"not_traces": texts.say("not_traces", language)}
    if "journey" in parameters:
        words["purpose"] = texts.say(f"purpose.{parameters['journey']}", language)
    if parameters.get("organisation_name", "") is None:
        words["organisation_name"] = texts.say("new_operator", language)
    if parameters.get("environment"):
        for key in ("environment", "site"):
            words[key] = texts.say(f"{key}.{parameters['environment']}", language)
    if parameters.get("reason", "") is None:
        words["reason"] = texts.say("reason_not_told", language)
    if "deciders" in parameters:
        words["deciders"] = texts.say(".".join(["deciders", *parameters["deciders"]]), language)
    return words


def _ticket_in_words(texts: Texts, language: str, parameters: Mapping[str, Any]) -> dict[str, str]:
    """What the mails about a ticket say beside its values; lists stand as items."""
    words = {}
    if "is_forwarded" in parameters:
        follows = "desk" if parameters["is_forwarded"] else "kept"
        words["follows"] = texts.say(f"follows.{follows}", language)
    if "answer" in parameters:
        paragraphs = EMPTY_LINE.split(parameters["answer"])
        words["answer"] = "\n\n".join(on_one_line(paragraph) for paragraph in paragraphs)
    if "story" in parameters:
        words["language"] = texts.say(f"language.{language}", language)
        words["topic"] = topic_in_words(parameters["topic"], language)
        words["environment"] = site_in_words(parameters["environment"], language)
        words["name"] = on_one_line(parameters["name"] or texts.say("no_name", language))
        words["entered"] = _items(entered_lines(parameters["entered"], language))
        words["story"] = _items(story_lines(parameters["story"], language))
    return words


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"{ITEM}{line}" for line in lines)


@cache
def _texts() -> Texts:
    return Texts.load(MAIL_TEXTS)
