"""Finding organisations: the exact number first, then names, without regard to accents."""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from registry.identifiers import normalise
from registry.models import Authority, Organisation
from registry.vocabulary import AuthorityRole, Environment, OrganisationKind, OrganisationStatus

# Letters that Unicode does not take apart into a plain letter and an accent.
PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe"})
DOTS = re.compile(r"\.")
NOT_LETTERS = re.compile(r"[\W_]+")
# Between the parts of a search text; no query can hold it.
PART_END = "|"
# No organisation's name has so many words: a longer text is a sentence, not a name.
MOST_WORDS = 20


@dataclass(frozen=True)
class OrganisationQuery:
    """What is looked for: free text on one site, perhaps of one kind, in one country (ISO2)."""

    text: str
    environment: Environment
    kind: OrganisationKind | None = None
    country: str | None = None


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
    """The best matches, and whether there are more than were asked for."""

    organisations: tuple[OrganisationSummary, ...]
    more: bool


def search(session: Session, query: OrganisationQuery, limit: int = 5) -> SearchResult:
    """At most `limit` organisations: by exact number, whole name, prefix, then all words.

    Rejected organisations are never found. A text without letters or digits finds nothing.
    """
    words = list(dict.fromkeys(normalise_text(query.text).split()))
    if not words or len(words) > MOST_WORDS:
        return SearchResult((), more=False)
    text = normalise_text(query.text)
    has_number = Organisation.number_key == normalise(query.text)
    has_name = Organisation.search_text.startswith(text + PART_END)
    starts_so = Organisation.search_text.startswith(text)
    has_words = [Organisation.search_text.contains(word) for word in words]
    all_words = has_words[0]
    for has_word in has_words[1:]:
        all_words = all_words & has_word
    statement = (
        select(Organisation)
        .where(
            Organisation.environment == query.environment,
            Organisation.status != OrganisationStatus.REJECTED,
            has_number | all_words,
        )
        .order_by(
            case((has_number, 0), (has_name, 1), (starts_so, 2), else_=3),
            Organisation.name,
            Organisation.id,
        )
        .limit(limit + 1)
    )
    if query.kind is not None:
        statement = statement.where(Organisation.kind == query.kind)
    if query.country is not None:
        statement = statement.where(Organisation.country == query.country.upper())
    found = [summarise(organisation) for organisation in session.scalars(statement)]
    return SearchResult(tuple(found[:limit]), more=len(found) > limit)


def get(session: Session, organisation_id: int) -> OrganisationSummary | None:
    """The organisation of that id, whatever its status, or None."""
    organisation = session.get(Organisation, organisation_id)
    return summarise(organisation) if organisation else None


def normalise_text(text: str) -> str:
    """Letters and digits in words, without case or accents; dots join (`N.V.` gives `nv`)."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return NOT_LETTERS.sub(" ", DOTS.sub("", plain.translate(PLAIN_LETTERS))).strip()


def index(organisation: Organisation) -> None:
    """Fill what the search reads; call it whenever name, city or numbers have been set."""
    number = organisation.traces_number or organisation.code
    organisation.number_key = normalise(number) if number else None
    parts = (organisation.name, organisation.city, number)
    organisation.search_text = "".join(normalise_text(part or "") + PART_END for part in parts)


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
