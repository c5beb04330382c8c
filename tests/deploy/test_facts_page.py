"""The page of facts: what it shows of a fact and of the answers that use it."""

from pathlib import Path

import pytest

from deploy.facts_page import page

FACTS = """
S01: {fr: un, en: one, source: guide}
S02: {fr: deux, en: two, source: guide}
A01: {fr: moi, en: me, source: assistant}
X01: {fr: là | ici, en: there, source: ["https://a.example/b", a book], certainty: medium}
"""
RESPONSES = """
responses:
  utter_second:
  - {text: un, metadata: {lang: fr, facts: [S01, X01]}}
  - {text: one, metadata: {lang: en, facts: [S01, X01]}}
  utter_first:
  - {text: un, metadata: {lang: fr, facts: [S01]}}
"""


@pytest.fixture
def lines(tmp_path: Path) -> list[str]:
    (tmp_path / "data/responses").mkdir(parents=True)
    (tmp_path / "data/facts.yml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "data/responses/guide.yml").write_text(RESPONSES, encoding="utf-8")
    return page(tmp_path).splitlines()


def test_a_fact_names_each_response_that_cites_it_once(lines: list[str]) -> None:
    assert "| S01 | un | one | guide | `utter_first`, `utter_second` |" in lines


def test_a_fact_that_nothing_cites_is_listed(lines: list[str]) -> None:
    assert "| S02 | deux | two | guide | – |" in lines
    assert "| A01 | moi | me | assistant | – |" in lines


def test_a_fact_from_outside_has_its_addresses_and_its_certainty(lines: list[str]) -> None:
    sources = "[a.example](https://a.example/b)<br>a book"
    assert rf"| X01 | là \| ici | there | {sources} | medium | `utter_second` |" in lines
