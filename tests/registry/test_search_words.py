"""The file of words that the search understands: complete, and without contradictions."""

from collections import Counter

import pytest

from registry import countries
from registry.names import normalise_text
from registry.query import read
from registry.search_words import all_words
from registry.vocabulary import AuthorityRole, Environment, OrganisationKind


def phrases(group: str) -> list[tuple[str, str]]:
    """Each phrase of a group with its key."""
    return [
        (phrase.strip(), key)
        for key, lines in all_words()[group].items()
        for line in lines
        for phrase in line.split(",")
    ]


def names_of(key: str) -> list[tuple[str, str]]:
    return [(name, code) for code, names in all_words()[key].items() for name in names]


@pytest.mark.parametrize(("phrase", "kind"), phrases("kinds"))
def test_each_phrase_says_its_kind(phrase: str, kind: str) -> None:
    for typed in (f"{phrase} Zorvane", f"{phrase}s Zorvane", f"Zorvane, {phrase}"):
        query = read(typed, Environment.PRODUCTION)
        assert (query.kind, query.text) == (OrganisationKind(kind), "Zorvane")


@pytest.mark.parametrize(("phrase", "role"), phrases("roles"))
def test_each_phrase_says_its_role(phrase: str, role: str) -> None:
    assert read(f"{phrase} Zorvane", Environment.PRODUCTION).role is AuthorityRole(role)


@pytest.mark.parametrize(("called", "code"), names_of("countries"))
def test_each_country_is_called_so(called: str, code: str) -> None:
    assert countries.read(called) == code
    assert countries.name(code, "en") != code


@pytest.mark.parametrize(("people", "code"), names_of("demonyms"))
def test_each_people_has_one_country(people: str, code: str) -> None:
    assert countries.of_people(people) == code
    assert countries.name(code, "en") != code


def test_no_name_is_that_of_two_towns() -> None:
    lines = [{normalise_text(name) for name in line.split(",")} for line in all_words()["towns"]]
    counted = Counter(name for names in lines for name in names)
    assert [name for name, times in counted.items() if times > 1] == []
