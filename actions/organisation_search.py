"""Searches the directory for what is typed; what is typed next narrows the search.

"Bio Import", then "en Italie", then "Milan": each adds to what was said before. What narrows it
to nothing, or only to something similar, is another name and begins a new search.
"""

from dataclasses import dataclass, replace
from functools import reduce

from sqlalchemy.orm import Session

from registry import query
from registry.services import directory
from registry.vocabulary import Environment, OrganisationKind

NOTHING_FOUND = directory.SearchResult((), more=False)


@dataclass(frozen=True)
class Search:
    """What was found, and the texts that led to it, a line each: the next one adds to them."""

    found: directory.SearchResult
    typed: str


def search(
    session: Session,
    text: str,
    *,
    before: str | None,
    environment: Environment,
    kind: str | None = None,
) -> Search:
    """Search for ``text`` within what the texts ``before`` have found, else for it alone."""
    said = query.read(text, environment)
    # "Oui" names nothing: searched for, it would find everyone.
    is_empty = said.says_nothing and said.kind is None
    line = " ".join(text.split())
    narrowed = NOTHING_FOUND
    if before:
        earlier = [query.read(typed, environment) for typed in before.splitlines()]
        narrowed = _find(session, reduce(query.refined, [*earlier, said]), kind)
        if is_empty:
            return Search(narrowed, before)
        if narrowed.organisations and not narrowed.only_similar:
            return Search(narrowed, f"{before}\n{line}")
    return Search(NOTHING_FOUND if is_empty else _find(session, said, kind), line)


def _find(
    session: Session, asked: query.OrganisationQuery, kind: str | None
) -> directory.SearchResult:
    """Search for the kind that was said, unless the query tells its own or a number."""
    if asked.kind is None and asked.number is None and kind:
        asked = replace(asked, kind=OrganisationKind(kind))
    return directory.search(session, asked)
