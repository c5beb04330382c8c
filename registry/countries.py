"""Countries as people type them, in French and English, and their names (CLDR, by Babel)."""

from functools import lru_cache

from babel import Locale
from babel.core import get_global
from rapidfuzz.distance import OSA

from registry import search_words
from registry.names import normalise_text
from registry.vocabulary import LANGUAGES

# Codes of CLDR that are no country: groups, zones, tests and the unknown.
NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
# The Union's own codes for two countries: in VAT numbers, and in what people write.
UNION_CODES = {"EL": "GR", "UK": "GB"}
# From so many letters on, a slip of the pen may be seen: a letter in six or so.
SHORTEST_SLIP = 5
ALMOST_THE_SAME = 0.83
ARTICLES = ("le ", "la ", "les ", "l ", "the ")


def read(text: str, *, codes: bool = True) -> str | None:
    """The country's ISO code (`BE`), from a name with or without its article, or from a code.

    Without `codes` only names count: in a sentence "no", "is" and "and" are no countries.
    """
    typed = normalise_text(text)
    article = next((article for article in ARTICLES if typed.startswith(article)), "")
    for called in (typed, typed.removeprefix(article)):
        if code := _by_name().get(called) or (codes and _by_code().get(called)):
            return code
    return None


def of_people(text: str) -> str | None:
    """The country of what is `belge` or `Belgian`. Not after "en" or "in": that is a language."""
    return _called("demonyms").get(normalise_text(text))


def meant(text: str) -> str | None:
    """The one country whose name is almost what was typed, or None."""
    typed = normalise_text(text)
    if len(typed) < SHORTEST_SLIP:
        return None
    alike = {
        code
        for called, code in _by_name().items()
        if OSA.normalized_similarity(typed, called, score_cutoff=ALMOST_THE_SAME)
    }
    return alike.pop() if len(alike) == 1 else None


def name(code: str, language: str) -> str:
    """The country's name in `fr` or `en`; the code itself when no country has it."""
    return _names(language).get(code.upper(), code)


@lru_cache(maxsize=len(LANGUAGES))
def _names(language: str) -> dict[str, str]:
    territories = Locale(language).territories
    return {
        code: str(territory)
        for code, territory in territories.items()
        if len(code) == 2 and code not in NO_COUNTRIES
    }


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """From everything that a country is called, normalised, to its code."""
    codes = {}
    for language in LANGUAGES:
        for code, called in _names(language).items():
            codes[normalise_text(called)] = code
            codes[normalise_text(called.replace("&", "and").replace("St.", "Saint"))] = code
    return codes | _called("countries")


@lru_cache(maxsize=2)
def _called(key: str) -> dict[str, str]:
    """From the words under a key of the file to their country's code."""
    listed = search_words.all_words()[key].items()
    return {normalise_text(called): code for code, others in listed for called in others}


@lru_cache(maxsize=1)
def _by_code() -> dict[str, str]:
    """From ISO's codes of two and three letters, and the Union's own, to the first of them."""
    known = _names("en")
    codes = {code.casefold(): code for code in known}
    codes |= {code.casefold(): country for code, country in UNION_CODES.items()}
    for alias, countries in get_global("territory_aliases").items():
        # The other aliases are numbers and former countries.
        if len(alias) == 3 and alias.isalpha() and countries[0] in known:
            codes[alias.casefold()] = countries[0]
    return codes
