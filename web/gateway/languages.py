"""Which of the two languages to answer in."""

from typing import cast

from starlette.requests import Request

from web.gateway.contract import Language

DEFAULT: Language = "fr"
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def accepted_language(header: str) -> Language:
    """The language that an Accept-Language header likes best among ours, else French."""
    best: tuple[float, Language] = (0.0, DEFAULT)
    for choice in header.split(","):
        tag, _, parameters = choice.partition(";")
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES and (weight := _weight(parameters)) > best[0]:
            best = (weight, language)
    return best[1]


def language_of(request: Request) -> Language:
    """The session's language once the session is known, else the browser's, else French."""
    known = getattr(request.state, "language", None)
    if known in LANGUAGES:
        return cast(Language, known)
    return accepted_language(request.headers.get("accept-language", ""))


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
