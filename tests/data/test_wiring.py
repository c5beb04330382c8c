"""Domain, rules, responses and code name each other's things by their right names."""

import re
from pathlib import Path
from typing import Any

from actions.address_proof import FIELDS, FORMS
from actions.code import OUTCOMES
from actions.find_organisation import SEARCH_SLOTS
from actions.guide import GUIDE_SLOTS
from actions.guide_path import FINISHED, KINDS, STEPS
from actions.journeys import BEGUN_BY, JOURNEYS, PARKED_SLOT
from actions.request_draft import (
    DRAFT_FIELDS,
    FORM_SLOTS,
    KIND_BEFORE,
    OPERATOR_DETAILS,
    OPERATOR_FIELDS,
    OPTIONAL_FIELDS,
)
from actions.request_organisation import NO_CREATION
from actions.server import ACTIONS
from actions.ticket import TICKET_FIELDS
from bot import corrections, fields, router
from registry.vocabulary import AuthorisationStatus, TicketStatus
from tests.data.texts import (
    DATA,
    LANGUAGES,
    PLACEHOLDER,
    ROOT,
    domain,
    responses,
    rules,
    steps,
    variations,
    yaml_of,
)

# Ours beside the topic list: the ways about in the guide, and the journeys that a button starts.
OUR_OWN = {
    "counts_in_traces",
    "create_here",
    "erase_my_data",
    "export_my_data",
    "go_back",
    "hurry",
    "request_access",
    "resume_journey",
    "stuck",
    "where_am_i",
}
KEY = re.compile(r"^([\w.]+):", re.MULTILINE)
# The name of a slot or a form is indented once and ends its line.
SLOT = re.compile(r"^  (\w+):$", re.MULTILINE)
# What the bot answers by itself, from its own record of the conversation.
WITHOUT_A_RULE = {"repeat"}
# Rasa's name for the id of the response that was said.
RASA_S_OWN = {"utter_action"}
# Whether it is one of those that are alike is answered by a button.
TYPED_OF_OPERATOR = tuple(field for field in OPERATOR_FIELDS if field != "operator_is_new")
# The typed fields say what they did not accept; the organisation says how many it found.
ASKED_AGAIN = (
    "request_name",
    "request_email",
    *OPTIONAL_FIELDS,
    *TYPED_OF_OPERATOR,
    *OPERATOR_DETAILS,
    "search_text",
    "status_reference",
    "status_email",
    *FIELDS,
    *TICKET_FIELDS,
)
HELPED = (
    "request_organisation",
    "request_name",
    "request_email",
    *OPTIONAL_FIELDS,
    *TYPED_OF_OPERATOR,
)
FOUND = (
    "results",
    "one",
    "more",
    "similar",
    "none",
    "none_no_creation",
    "help_no_creation",
    "unavailable",
)


def composed() -> set[str]:
    """The names of responses that the actions put together."""
    slots = {slot for form in domain()["forms"].values() for slot in form["required_slots"]}
    # One question asks for the code of either form.
    slots -= {form.code_slot for form in FORMS.values()}
    return {
        *(f"utter_guide_{step}" for step in (*STEPS, FINISHED)),
        *(f"utter_request_{kind}" for kind in KINDS),
        *(f"utter_field_{slot}" for slot in slots),
        *(f"utter_field_{slot}_again" for slot in ASKED_AGAIN),
        *(f"utter_field_{slot}_help" for slot in HELPED),
        *(f"utter_field_request_organisation_{found}" for found in FOUND),
        "utter_field_operator_control_body_results",
        "utter_what_to_change_of_new_operator",
        *(f"utter_none_of_these{creation}" for creation in ("", NO_CREATION)),
        *(f"utter_organisations_found{how}" for how in ("", "_more", "_similar")),
        *(f"utter_status_{status.lower()}" for status in AuthorisationStatus),
        *(f"utter_ticket_{status}" for status in (*TicketStatus, "not_found")),
        *(f"utter_code_{outcome}" for outcome in OUTCOMES),
    }


def begins(rule: dict[str, Any]) -> bool:
    """Whether a rule begins a journey."""
    return {"action": "action_begin_journey"} in rule["steps"]


def code() -> str:
    files = [*(ROOT / "actions").glob("*.py"), *(ROOT / "bot").glob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def text_files() -> list[Path]:
    return sorted((DATA / "texts").glob("*.yml"))


def test_every_intent_is_answered_by_a_rule() -> None:
    # What is asked about a field, the router gives to the topic that answers it there.
    without = WITHOUT_A_RULE | fields.ABOUT_A_FIELD
    assert set(domain()["intents"]) - set(steps("intent")) == without


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
    assert named - set(responses()) == RASA_S_OWN


def test_every_response_whose_name_is_composed_exists() -> None:
    assert composed() - set(responses()) == set()


def test_every_response_is_used() -> None:
    """A response that is said only by a composed name must be one of those the code composes."""
    named = set(re.findall(r"utter_\w+", code())) | set(steps("action"))
    assert set(responses()) - named - composed() == set()


def test_a_response_said_by_a_rule_needs_no_values() -> None:
    """A rule gives it none: Rasa would send its braces."""
    said = {action for action in steps("action") if action.startswith("utter_")}
    needing = {
        variation.response
        for variation in variations()
        if variation.response in said
        and (variation.placeholders or PLACEHOLDER.findall(" ".join(variation.payloads)))
    }
    assert needing == set()


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
    assert every_slot >= set(fields.KINDS)
    assert set(corrections.ASKED_FOR) == every_slot - set(SEARCH_SLOTS)
    for form in forms.values():
        for slot in set(form["required_slots"]) - set(SEARCH_SLOTS):
            assert set(corrections.ASKED_FOR[slot].values()) <= set(form["required_slots"])
    assert set(router.CLOSED_FIELDS) <= every_slot
    assert every_slot >= router.CODE_FIELDS


def test_every_free_text_slot_is_a_field_of_the_router() -> None:
    """A slot filled from text on `inform` stays empty unless the router makes that intent."""
    from_text = {
        name
        for name, slot in domain()["slots"].items()
        if any(mapping["type"] == "from_text" for mapping in slot["mappings"])
    }
    assert from_text == {*fields.KINDS, *router.REFERENCE_FIELDS}


def test_what_is_asked_about_a_field_is_answered_by_topics() -> None:
    answering = {topic for field in fields.FIELDS.values() for topic in (field.what, field.why)}
    assert answering <= set(yaml_of(DATA / "texts" / "topics.yml"))


def test_a_correction_names_fields_of_the_draft_and_entities_that_exist() -> None:
    named = {name for fields_of in corrections.ASKED_FOR.values() for name in fields_of}
    assert set(corrections.ENTITIES) <= named
    assert set(corrections.OF_THE_REQUEST) <= set(DRAFT_FIELDS)
    entities = set(domain()["entities"])
    assert entities >= {*corrections.ENTITIES.values(), "field", "new_value"}


def test_the_commands_of_the_fields_are_those_known_word_for_word() -> None:
    pipeline = yaml_of(ROOT / "config.yml")["pipeline"]
    (known,) = (part["intents"] for part in pipeline if part["name"].endswith("CommandPhrases"))
    assert set(known) == fields.COMMANDS


def test_no_slot_steers_the_conversation() -> None:
    """Rules decide by intent and running form alone."""
    assert {slot["influence_conversation"] for slot in domain()["slots"].values()} == {False}


def test_every_text_read_without_rasa_has_both_languages() -> None:
    for path in text_files():
        for key, by_language in yaml_of(path).items():
            assert set(by_language) == set(LANGUAGES), f"{path.name}: {key}"
            french, english = (set(PLACEHOLDER.findall(by_language[lang])) for lang in LANGUAGES)
            assert french == english, f"{path.name}: {key}"


def test_nothing_is_shouted_outside_of_rasa_either() -> None:
    for path in text_files():
        for key, by_language in yaml_of(path).items():
            assert not any("!" in text for text in by_language.values()), f"{path.name}: {key}"


# Examples that teach what answers a field, and what is asked about one.
NO_TOPICS = {"inform", *fields.ABOUT_A_FIELD}


def test_every_topic_has_a_short_title_and_examples_in_both_languages() -> None:
    titles = yaml_of(DATA / "texts" / "topics.yml")
    french, english = (
        {path.stem for path in (DATA / "nlu" / lang).glob("*.yml")} for lang in LANGUAGES
    )
    assert set(titles) | NO_TOPICS == french == english
    assert french <= set(domain()["intents"])
    assert french >= router.NEVER_PROPOSED | router.SAID_TO_THE_ASSISTANT
    assert french >= fields.COMMANDS | router.USELESS_IN_A_FIELD
    assert max(len(text) for title in titles.values() for text in title.values()) <= 40


def test_the_58_topics_of_the_list_have_titles_and_so_have_our_own() -> None:
    titles = yaml_of(DATA / "texts" / "topics.yml")
    assert set(titles) >= OUR_OWN
    assert len(set(titles) - OUR_OWN) == 58


def test_no_name_is_given_twice_in_a_file_or_across_files() -> None:
    """YAML silently keeps the last of two keys."""
    written = {path: KEY.findall(path.read_text(encoding="utf-8")) for path in text_files()}
    known = domain()
    names = {
        **{path.name: keys for path, keys in written.items()},
        "rules": [rule["rule"] for rule in rules()],
        **{kind: known[kind] for kind in ("intents", "entities", "actions")},
        "slots and forms": SLOT.findall((ROOT / "domain.yml").read_text(encoding="utf-8")),
    }
    twice = {
        (where, name) for where, all_ in names.items() for name in all_ if all_.count(name) > 1
    }
    assert twice == set()


def test_every_slot_that_an_action_sets_or_reads_is_in_the_domain() -> None:
    of_actions = {slot for slots in JOURNEYS.values() for slot in slots} | {*GUIDE_SLOTS}
    of_ours = {KIND_BEFORE, PARKED_SLOT, "language", "last_answer"}
    assert set(domain()["slots"]) == of_actions | of_ours


def test_each_journey_has_its_form_its_slots_its_beginning_and_its_name() -> None:
    forms = {name: set(form["required_slots"]) for name, form in domain()["forms"].items()}
    assert {form: forms[form] - set(slots) for form, slots in JOURNEYS.items()} == {
        form: set() for form in forms
    }
    begun = {
        rule["steps"][0]["intent"]: rule["steps"][2]["action"] for rule in rules() if begins(rule)
    }
    assert begun == BEGUN_BY
    words = yaml_of(DATA / "texts" / "terms.yml")
    assert {f"journey_{form.removesuffix('_form')}" for form in forms} <= set(words)
