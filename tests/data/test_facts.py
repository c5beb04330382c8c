"""The facts: each once, in both languages, with its source; and their page, never stale."""

import re

from deploy.facts_page import PAGE, page
from tests.data.texts import DATA, LANGUAGES, ROOT, yaml_of

IDS = [
    *(f"S{number:02d}" for number in range(1, 68)),
    *(f"A{number:02d}" for number in range(1, 6)),
    *(f"X{number:02d}" for number in range(1, 37)),
]
FILE = DATA / "facts.yml"
FACTS = yaml_of(FILE)
SOURCES_OF_OUR_OWN = {"S": "guide", "A": "assistant"}
NEEDED = {*LANGUAGES, "source"}


def test_every_fact_stands_there_once_and_in_order() -> None:
    """YAML silently keeps the last of two keys."""
    written = re.findall(r"^(\S+):", FILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert written == list(FACTS) == IDS


def test_a_fact_has_nothing_but_its_words_source_and_certainty() -> None:
    for fact_id, fact in FACTS.items():
        assert NEEDED <= set(fact) <= NEEDED | {"certainty"}, fact_id


def test_a_fact_is_told_in_both_languages() -> None:
    for fact_id, fact in FACTS.items():
        assert all(fact[lang].strip() for lang in LANGUAGES), fact_id
        assert fact["fr"] != fact["en"], fact_id


def test_facts_of_the_guide_and_of_the_assistant_say_so() -> None:
    for fact_id, fact in FACTS.items():
        if fact_id[0] in SOURCES_OF_OUR_OWN:
            assert fact["source"] == SOURCES_OF_OUR_OWN[fact_id[0]], fact_id


def test_every_fact_from_outside_the_guide_has_a_source_of_its_own() -> None:
    for fact_id, fact in FACTS.items():
        if fact_id.startswith("X"):
            sources = fact["source"] if isinstance(fact["source"], list) else [fact["source"]]
            assert sources and all(source.strip() for source in sources), fact_id
            assert not set(sources) & set(SOURCES_OF_OUR_OWN.values()), fact_id


def test_the_page_of_facts_is_not_stale() -> None:
    fresh = (ROOT / PAGE).read_text(encoding="utf-8") == page(ROOT)
    assert fresh, f"{PAGE} is stale: run `make facts`"
