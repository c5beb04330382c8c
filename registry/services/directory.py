"""Finding organisations: by number, by name and town, and what is only similar.

`search` is the one way in. Where the register grows too large for what it does in SQL and
Python (some ten thousand rows), another can do the same with an index of trigrams.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from registry.identifiers import company_keys, kind_of, normalise
from registry.models import Activity, Authority, Organisation, OrganisationIdentifier
from registry.names import normalise_text, split_name, telling_words
from registry.query import OrganisationQuery, with_country_of_text
from registry.similarity import likeness, pieces
from registry.towns import all_names
from registry.vocabulary import AuthorityRole, Environment, OrganisationKind, OrganisationStatus

__all__ = [
    "OrganisationQuery",
    "OrganisationSummary",
    "SearchResult",
    "get",
    "index",
    "search",
    "search_text",
    "summarise",
]

# Between the parts of a search text; no query can hold it.
PART_END = "|"
# No organisation's name has so many words: a longer text is a sentence, not a name.
MOST_WORDS = 20
# What is compared of a sentence: a name in it is found by its first word, or by a long one.
MOST_WORDS_COMPARED = 60
MOST_WORDS_IN_PIECES = 6
SIMILAR = 0.68
# How far behind the most similar the others may be.
ALMOST_AS_SIMILAR = 0.12
# The share of a word's letters by which it counts as typed.
ALMOST_A_WORD = 0.75


@dataclass(frozen=True)
class OrganisationSummary:
    """An organisation as it is shown; `number` is its TRACES number or code."""

    id: int
    environment: Environment
    kind: OrganisationKind
    status: OrganisationStatus
    name: str
    city: str | None
    country: str
    number: str | None
    role: AuthorityRole | None
    is_example: bool
    is_national: bool


@dataclass(frozen=True)
class SearchResult:
    """The best matches, whether there are more, and whether they are only like what was typed.

    `is_named`: there is one, and its number or all of its name was typed, but for a legal form.
    """

    organisations: tuple[OrganisationSummary, ...]
    more: bool
    only_similar: bool = False
    is_named: bool = False


def search(session: Session, query: OrganisationQuery, limit: int = 5) -> SearchResult:
    """At most `limit` organisations: those of that number, or of that name or town.

    A number is a TRACES number, a code, or an EORI or VAT number, which several may share.
    Whole names come first, then their beginnings, then those that have all the words. When
    there are none, what is only similar. Legal forms do not count. Without a name, all that
    the filters leave; without filters either, none. Rejected organisations are never found.
    """
    may_be_number = query.number or query.text
    if may_be_number and (found := _of_number(session, query, limit, may_be_number)):
        return replace(_result(found, limit), is_named=len(found) == 1)
    number = normalise(query.number or (query.text if kind_of(query.text) else ""))
    words = telling_words(query.text)
    if number and (query.number is None or not words):
        longer = Organisation.number_key.startswith(number, autoescape=True)
        return _result(_list(session, query, limit, longer), limit, only_similar=True)
    if not words:
        has_filter = query.kind is not None or not query.says_nothing
        is_blank = not query.text.strip()
        return _result(_list(session, query, limit) if has_filter and is_blank else [], limit)
    in_country = with_country_of_text(query)
    readings = [query, in_country] if in_country else [query]
    for reading in readings:
        if found := _called_so(session, reading, limit):
            is_named = len(found) == 1 and _is_all_of_its_name(found[0], reading)
            return replace(_result(found, limit), is_named=is_named)
    for reading in reversed(readings):
        if found := _similar(session, reading, limit):
            return _result(found, limit, only_similar=True)
    return SearchResult((), more=False)


def get(session: Session, organisation_id: int) -> OrganisationSummary | None:
    """The organisation of that id, whatever its status, or None."""
    organisation = session.get(Organisation, organisation_id)
    return summarise(organisation) if organisation else None


def index(organisation: Organisation) -> None:
    """Fill what the search reads; call it whenever name, city or numbers have been set."""
    number = organisation.traces_number or organisation.code
    organisation.number_key = normalise(number) if number else None
    organisation.search_text = search_text(organisation.name, organisation.city, number)


def search_text(name: str, city: str | None, number: str | None) -> str:
    """` alpro | commva | wevelgem | be org op 5 |`: each word stands between two spaces."""
    parts = (*split_name(name), all_names(city or ""), normalise_text(number or ""))
    return "".join(f" {part} {PART_END}" for part in parts)


def _result(
    found: Sequence[Organisation], limit: int, *, only_similar: bool = False
) -> SearchResult:
    return SearchResult(
        tuple(summarise(organisation) for organisation in found[:limit]),
        more=len(found) > limit,
        only_similar=only_similar and bool(found),
    )


def _filters(query: OrganisationQuery) -> list[ColumnElement[bool]]:
    filters = [
        Organisation.environment == query.environment,
        Organisation.status != OrganisationStatus.REJECTED,
    ]
    if query.kind is not None:
        filters.append(Organisation.kind == query.kind)
    if query.country is not None:
        filters.append(Organisation.country == query.country.upper())
    if query.role is not None:
        filters.append(Authority.role == query.role)
    if query.section is not None or query.activity is not None:
        same = []
        if query.section is not None:
            same.append(Activity.section_code == query.section.upper())
        if query.activity is not None:
            same.append(func.lower(Activity.activity) == query.activity.lower())
        filters.append(Organisation.activities.any(and_(*same)))
    return filters


def _list(
    session: Session,
    query: OrganisationQuery,
    limit: int,
    *conditions: ColumnElement[bool],
    rank: ColumnElement[int] | None = None,
) -> Sequence[Organisation]:
    """What meets the conditions, best rank first, then by name; one more than the limit."""
    order = [Organisation.search_text, Organisation.id]
    statement = select(Organisation).where(*_filters(query), *conditions)
    statement = statement.order_by(*([rank] if rank is not None else []), *order)
    return session.scalars(statement.limit(limit + 1)).all()


def _of_number(
    session: Session, query: OrganisationQuery, limit: int, number: str
) -> Sequence[Organisation]:
    """Those whose number it is, exactly."""
    # Apart from the filters: together with them SQLite would read the whole environment.
    numbered = select(Organisation.id).where(
        Organisation.environment == query.environment,
        Organisation.number_key == normalise(number),
    )
    holding = select(OrganisationIdentifier.organisation_id).where(
        OrganisationIdentifier.value.in_(company_keys(number))
    )
    ids = session.scalars(numbered.union_all(holding)).all()
    return _list(session, query, limit, Organisation.id.in_(ids)) if ids else []


def _called_so(session: Session, query: OrganisationQuery, limit: int) -> Sequence[Organisation]:
    """Those whose name, town or number has words beginning with all the words of the text."""
    words = telling_words(query.text)
    if len(words) > MOST_WORDS:
        return []
    name = split_name(query.text)[0]
    whole_names = {name, split_name(query.typed)[0]} - {""}
    text = Organisation.search_text
    rank = case(
        (or_(*(text.startswith(f" {whole} {PART_END}") for whole in whole_names)), 0),
        (text.startswith(f" {name}"), 1),
        (and_(*(text.contains(f" {word} ") for word in words)), 2),
        else_=3,
    )
    has_words = and_(*(text.contains(f" {word}") for word in words))
    return _list(session, query, limit, has_words, rank=rank)


def _is_all_of_its_name(organisation: Organisation, query: OrganisationQuery) -> bool:
    """Whether each word of its name was typed; last letters may lack, "grain" for "grains"."""
    typed = normalise_text(f"{query.text} {query.typed}").split()
    return all(
        any(word.startswith(said) and len(said) >= len(word) * ALMOST_A_WORD for said in typed)
        for word in telling_words(split_name(organisation.name)[0])
    )


def _similar(session: Session, query: OrganisationQuery, limit: int) -> Sequence[Organisation]:
    """Those that are like the text, the most similar first. SQL leaves out what cannot be."""
    typed = normalise_text(query.text)
    words = list(dict.fromkeys(typed.split()))[:MOST_WORDS_COMPARED]
    longest = sorted(telling_words(query.text), key=len, reverse=True)[:MOST_WORDS_IN_PIECES]
    text = Organisation.search_text
    may_be_like = [text.startswith(f" {word}") for word in words]
    may_be_like += [text.contains(piece) for word in longest for piece in pieces(word)]
    rows = session.execute(
        select(Organisation.id, text).where(*_filters(query), or_(*may_be_like)).order_by(text)
    ).all()
    scores = {row_id: _score(typed, row_text) for row_id, row_text in rows}
    enough = max(SIMILAR, max(scores.values(), default=0.0) - ALMOST_AS_SIMILAR)
    close = sorted((key for key in scores if scores[key] >= enough), key=lambda key: -scores[key])
    return [session.get_one(Organisation, key) for key in close[: limit + 1]]


def _score(typed: str, row_text: str) -> float:
    name, _, town, *_ = (part.strip() for part in row_text.split(PART_END))
    return round(likeness(typed, name, town), 2)


def summarise(organisation: Organisation) -> OrganisationSummary:
    """The row as plain data."""
    authority = organisation if isinstance(organisation, Authority) else None
    return OrganisationSummary(
        id=organisation.id,
        environment=organisation.environment,
        kind=organisation.kind,
        status=organisation.status,
        name=organisation.name,
        city=organisation.city,
        country=organisation.country,
        number=organisation.traces_number or organisation.code,
        role=authority.role if authority else None,
        is_example=organisation.is_example,
        is_national=bool(authority and authority.is_national),
    )
