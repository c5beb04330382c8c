"""Domain, rules, responses and code name each other's things by their right names."""

import re
from pathlib import Path

from actions.request_draft import FORM_SLOTS
from actions.server import ACTIONS
from bot import router
from tests.data.texts import (
    DATA,
    LANGUAGES,
    PLACEHOLDER,
    ROOT,
    domain,
    responses,
    rules,
    steps,
    yaml_of,
)

# Intents that no rule answers: a form takes what they carry.
TAKEN_BY_FORMS: set[str] = set()
# Names that the code puts together from these beginnings.
COMPOSED = ("utter_guide_", "utter_field_", "utter_status_", "utter_code_", "utter_decided_by_")


def code() -> str:
    files = [*(ROOT / "actions").glob("*.py"), *(ROOT / "bot").glob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def text_files() -> list[Path]:
    return sorted((DATA / "texts").glob("*.yml"))


def test_every_intent_is_answered_by_a_rule() -> None:
    assert set(domain()["intents"]) - set(steps("intent")) == TAKEN_BY_FORMS


def test_every_rule_names_intents_and_actions_that_exist() -> None:
    known = domain()
    assert set(steps("intent")) <= set(known["intents"])
    actions = {*known["actions"], *known["forms"], *responses()}
    assert set(steps("action")) <= actions


def test_every_response_that_is_named_exists() -> None:
    named = set(re.findall(r'"(utter_\w*[a-z0-9])"', code())) | {
        action for action in steps("action") if action.startswith("utter_")
    }
    named.add(yaml_of(ROOT / "config.yml")["policies"][0]["core_fallback_action_name"])
    assert named - set(responses()) == set()


def test_every_response_is_used() -> None:
    used = set(re.findall(r"utter_\w+", code())) | set(steps("action"))
    unused = {name for name in responses() if name not in used and not name.startswith(COMPOSED)}
    assert unused == set()


def test_the_actions_of_the_domain_are_those_that_are_served() -> None:
    assert set(domain()["actions"]) == {action(None).name() for action in ACTIONS}


def test_no_success_text_stands_behind_an_action_in_a_rule() -> None:
    """Rule 1 of a turn: the action that does the work utters its result."""
    for rule in rules():
        actions = [step["action"] for step in rule["steps"] if "action" in step]
        after_work = actions[1:] if actions[0].startswith("action_") else []
        assert [name for name in after_work if name.startswith("utter_")] == []


def test_the_forms_slots_are_the_code_s() -> None:
    forms = domain()["forms"]
    assert tuple(forms["access_request_form"]["required_slots"]) == FORM_SLOTS
    every_slot = {slot for form in forms.values() for slot in form["required_slots"]}
    assert every_slot >= router.FREE_TEXT_FIELDS
    assert set(router.CLOSED_FIELDS) <= every_slot
    assert router.FIELD_OF_THE_CODE in every_slot


def test_every_free_text_slot_is_a_field_of_the_router() -> None:
    """A slot filled from text on `inform` stays empty unless the router makes that intent."""
    from_text = {
        name
        for name, slot in domain()["slots"].items()
        if any(mapping["type"] == "from_text" for mapping in slot["mappings"])
    }
    assert from_text == router.FREE_TEXT_FIELDS


def test_no_slot_steers_the_conversation() -> None:
    """Rules decide by intent and running form alone."""
    assert {slot["influence_conversation"] for slot in domain()["slots"].values()} == {False}


def test_every_text_read_without_rasa_has_both_languages() -> None:
    for path in text_files():
        for key, by_language in yaml_of(path).items():
            assert set(by_language) == set(LANGUAGES), f"{path.name}: {key}"
            french, english = (set(PLACEHOLDER.findall(by_language[lang])) for lang in LANGUAGES)
            assert french == english, f"{path.name}: {key}"


def test_every_topic_that_may_be_proposed_has_a_title() -> None:
    titles = yaml_of(DATA / "texts" / "topics.yml")
    typed = {path.stem for path in (DATA / "nlu" / "fr").glob("*.yml")}
    assert typed - router.NEVER_PROPOSED <= set(titles)
    assert max(len(text) for title in titles.values() for text in title.values()) <= 40
