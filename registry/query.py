"""Reads what someone types to find an organisation: "je cherche Alpro en Belgique".

What is understood is taken out of the message; what is left at the end is the name. A word
too many taken out does little harm: the search puts first what is called like the whole message.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from registry import countries, identifiers
from registry.names import LEGAL_FORMS, STOP_WORDS, normalise_text
from registry.search_words import all_words, folded, one_of, pattern, words
from registry.vocabulary import (
    AuthorityRole,
    Environment,
    OrganicSection,
    OrganisationKind,
)

KIND = {kind: pattern(all_words()["kinds"][kind]) for kind in OrganisationKind}
CONTROL_BODY = re.compile(KIND[OrganisationKind.CONTROL_BODY])
AUTHORITY = re.compile(KIND[OrganisationKind.AUTHORITY])
# "Importer" may be part of a name: it counts at the beginning, or set apart at the end.
_OPERATOR = rf"(?:\b(?:un|une|an?|the|l|le|la|les|des)\W+)?{KIND[OrganisationKind.OPERATOR]}"
OPERATOR_FIRST = re.compile(rf"^\W*{_OPERATOR}")
OPERATOR_LAST = re.compile(rf"[,;(]\s*{_OPERATOR}\W*$")
ROLES = {
    AuthorityRole(role): re.compile(pattern(said)) for role, said in all_words()["roles"].items()
}
LONG_ROLE = re.compile(r"\b(?:cafop|caopl)\b")
# These may be parts of names, too: they count in capitals only.
SHORT_ROLE = re.compile(r"\b(?:CO|CCA|RCA|LAU|BCP)\b")
SAYS_ROLE = re.compile(r"\br[oô]les?\b", re.I)

SECTIONS = {section.casefold(): section.value for section in OrganicSection}
ACTIVITIES = {activity.casefold(): activity for activity in all_words()["activities"]}
_CODE = one_of(re.escape(code) for code in SECTIONS)
SECTION = re.compile(
    rf"\bsections?\b\W*(?P<named>{_CODE})(?:\W+{_CODE})?\)?"
    rf"|(?:\w+ ){{0,3}}\((?P<bracketed>{_CODE})\)|^\W*(?P<alone>{_CODE})\W*$"
)
ACTIVITY = re.compile(
    rf"\bactivit(?:e|y)\b\W*(?P<named>{one_of(re.escape(name) for name in ACTIVITIES)})"
)

FILLERS, ARTICLES, LAST_WORDS = words("fillers"), words("articles"), words("last_words")
BESIDE = re.compile(pattern(all_words()["beside"]))
_AND, _WHO = (one_of(said.split()) for said in all_words()["next_clause"])
NEXT_CLAUSE = re.compile(rf"[,;.]?\s{_AND}\s{_WHO}.*", re.S)
QUOTED = re.compile('[«“"]([^«»“”"]*)[»”"]')
IN_COUNTRY = re.compile(r"\b(?:en|aux?|à|in|from|dans|depuis)\s+", re.I)
APART = re.compile(r"[^,;:()\[\]/–—]+")
WORD = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*\.?")
# "the Democratic Republic of the Congo" has six.
MOST_WORDS_OF_A_COUNTRY = 6


@dataclass(frozen=True)
class OrganisationQuery:
    """What is looked for on one site: a name or a number, and what narrows the search.

    `text` is looked for in names and towns; `typed` is the whole message, as an organisation
    may be called exactly so. The filters are those of the guide (S38, S39, S52).
    """

    text: str
    environment: Environment
    kind: OrganisationKind | None = None
    country: str | None = None
    section: str | None = None
    activity: str | None = None
    role: AuthorityRole | None = None
    number: str | None = None
    typed: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether it holds nothing to look for: neither name nor number, place, section, role."""
        said = (self.country, self.section, self.activity, self.role, self.number)
        return not normalise_text(self.text) and not any(said)


def read(typed: str, environment: Environment) -> OrganisationQuery:
    """The query that one message makes, for one site."""
    message = _Message(typed)
    number = message.take_number()
    section = message.take_section()
    activity = message.take_activity()
    role = message.take_role()
    country = message.take_country()
    kind = message.take_kind()
    text = message.name()
    if country is None and (country := _country(text) or countries.of_people(text)):
        text = ""
    return OrganisationQuery(
        text=text,
        environment=environment,
        kind=OrganisationKind.AUTHORITY if role else kind,
        country=country,
        section=section,
        activity=activity,
        role=role,
        number=number,
        typed=" ".join(typed.split()),
    )


def refined(query: OrganisationQuery, added: OrganisationQuery) -> OrganisationQuery:
    """The query with what that of a next message adds: "en Italie" after "Bio Import".

    What it says anew replaces what was said before; its words are added to the name or town.
    A number stands for itself, and another kind drops what only the first kind has.
    """
    if added.number:
        return added
    known = normalise_text(query.text).split()
    new_words = [word for word in added.text.split() if normalise_text(word) not in known]
    base = query
    if added.kind not in (None, query.kind):
        base = replace(query, section=None, activity=None, role=None)
    return replace(
        base,
        text=" ".join([query.text, *new_words]).strip(),
        number=None,
        kind=added.kind or base.kind,
        country=added.country or base.country,
        section=added.section or base.section,
        activity=added.activity or base.activity,
        role=added.role or base.role,
    )


def with_country_of_text(query: OrganisationQuery) -> OrganisationQuery | None:
    """`Alpro Belgium` read as Alpro in Belgium, or None where no country stands at an end.

    For a search that has found nobody called so: a country is part of many a name.
    """
    parts = query.text.split()
    if query.country is not None:
        return None
    for length in range(min(len(parts) - 1, MOST_WORDS_OF_A_COUNTRY), 0, -1):
        first, last = " ".join(parts[:length]), " ".join(parts[-length:])
        codes = last.casefold() not in STOP_WORDS
        if country := countries.read(last, codes=codes) or countries.of_people(last):
            return replace(query, text=" ".join(parts[:-length]), country=country)
        if country := _country(first) or countries.of_people(first):
            return replace(query, text=" ".join(parts[length:]), country=country)
    return None


def _country(text: str) -> str | None:
    """The country that a text names; codes count in capitals only."""
    word = text.strip(" .,;:!?()'’\"-")
    return countries.read(word, codes=word.isupper())


class _Message:
    """A message that gets shorter as it is understood."""

    def __init__(self, typed: str) -> None:
        self._text = unicodedata.normalize("NFC", typed).replace("’", "'")
        self._quoted = ""
        self._is_shorter = False
        if (quoted := QUOTED.search(self._text)) and normalise_text(quoted[1]):
            self._quoted = quoted[1].strip()
            self._cut(quoted.span())

    def take_number(self) -> str | None:
        number, rest = identifiers.take_from(self._text)
        self._is_shorter |= number is not None
        self._text = rest
        return number

    def take_section(self) -> str | None:
        found = self._take(SECTION)
        code = found and (found["named"] or found["bracketed"] or found["alone"])
        return SECTIONS[code] if code else None

    def take_activity(self) -> str | None:
        found = self._take(ACTIVITY)
        return ACTIVITIES[found["named"]] if found else None

    def take_role(self) -> AuthorityRole | None:
        for role, said in ROLES.items():
            if self._take(said):
                return role
        if found := self._take(LONG_ROLE):
            return AuthorityRole(found[0].upper())
        if (found := SHORT_ROLE.search(self._text)) and self._is_role(found[0]):
            self._cut(found.span())
            self._text = SAYS_ROLE.sub(" ", self._text)
            return AuthorityRole(found[0])
        return None

    def take_kind(self) -> OrganisationKind | None:
        self._cut_first_words()
        for said, kind in (
            (OPERATOR_FIRST, OrganisationKind.OPERATOR),
            (CONTROL_BODY, OrganisationKind.CONTROL_BODY),
            (AUTHORITY, OrganisationKind.AUTHORITY),
            (OPERATOR_LAST, OrganisationKind.OPERATOR),
        ):
            found = said.search(folded(self._text))
            if found and self._leaves_a_name(found.span()):
                self._cut(found.span())
                return kind
        return None

    def take_country(self) -> str | None:
        for span in (*self._places_after_prepositions(), *self._parts_set_apart()):
            start, end, place = span
            if country := _country(place):
                self._cut((start, end))
                return country
        return None

    def name(self) -> str:
        """What is left, without what people say around a name."""
        if self._quoted:
            return self._quoted
        if found := NEXT_CLAUSE.search(folded(self._text)):
            self._cut(found.span())
        for found in reversed(list(BESIDE.finditer(folded(self._text)))):
            self._cut(found.span())
        self._cut_first_words()
        left = list(WORD.finditer(folded(self._text)))
        while left and left[-1][0].strip(".") in LAST_WORDS:
            self._text = self._text[: left.pop().start()]
        return " ".join(self._text.split()).strip(" ,;:.!?()-–—'\"/&")

    def _is_role(self, word: str) -> bool:
        """Whether a word in capitals is a role, and not just written so; CO is "& Co" too."""
        is_beside = SAYS_ROLE.search(self._text) or AUTHORITY.search(folded(self._text))
        others_are_small = word != AuthorityRole.CO and not self._text.isupper()
        return bool(is_beside) or others_are_small or self._text.strip() == word

    def _take(self, said: re.Pattern[str]) -> re.Match[str] | None:
        if found := said.search(folded(self._text)):
            self._cut(found.span())
        return found

    def _cut(self, span: tuple[int, int]) -> None:
        self._text = f"{self._text[: span[0]]} {self._text[span[1] :]}"
        self._is_shorter = True

    def _cut_first_words(self) -> None:
        """Take off what comes before a name; articles only where something else went, too."""
        end = 0
        may_be_article = self._is_shorter
        for found in WORD.finditer(folded(self._text)):
            word = found[0].strip(".")
            if word in FILLERS:
                may_be_article = True
            elif word not in ARTICLES:
                break
            if may_be_article:
                end = found.end()
        if end:
            self._text = self._text[end:]
            self._is_shorter = True

    def _leaves_a_name(self, span: tuple[int, int]) -> bool:
        """Whether a kind is not the name itself: what remains of `Organic Trader Ltd` is a form."""
        left = normalise_text(f"{self._text[: span[0]]} {self._text[span[1] :]}").split()
        return not left or any(word not in LEGAL_FORMS for word in left)

    def _places_after_prepositions(self) -> Iterator[tuple[int, int, str]]:
        for preposition in IN_COUNTRY.finditer(self._text):
            start = preposition.end()
            ends = [start + word.end() for word in WORD.finditer(self._text[start:])]
            for end in reversed(ends[:MOST_WORDS_OF_A_COUNTRY]):
                yield preposition.start(), end, self._text[start:end]

    def _parts_set_apart(self) -> Iterator[tuple[int, int, str]]:
        for part in APART.finditer(self._text):
            if part[0] != self._text:
                yield part.start(), part.end(), part[0]
