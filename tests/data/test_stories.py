"""The stories of data/stories agree with the rules and decide nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.data.texts import ROOT, rules, stories

Story = dict[str, Any]


def turns(story: Story) -> Iterator[tuple[str, list[str]]]:
    """Each intent with the actions that follow it, until the next."""
    steps = story["steps"]
    begins = [number for number, step in enumerate(steps) if "intent" in step]
    for begin, end in zip(begins, [*begins[1:], len(steps)], strict=True):
        said = [step["action"] for step in steps[begin:end] if "action" in step]
        yield steps[begin]["intent"], said


@pytest.fixture(scope="module")
def ruled() -> dict[str, list[str]]:
    """What the rules answer to each intent."""
    found = {}
    for rule in rules():
        intents = [step["intent"] for step in rule["steps"] if "intent" in step]
        actions = [step["action"] for step in rule["steps"] if "action" in step]
        found |= dict.fromkeys(intents, actions)
    return found


@pytest.mark.parametrize("story", stories().values(), ids=stories())
def test_a_story_does_what_the_rules_do(story: Story, ruled: dict[str, list[str]]) -> None:
    """Behind the rule's actions, a form that runs goes on by itself."""
    for intent, actions in turns(story):
        assert actions[: len(ruled[intent])] == ruled[intent], intent


def test_no_policy_learns_the_stories() -> None:
    """Memoised ones end in the fallback on a second pass."""
    config = (ROOT / "config.yml").read_text(encoding="utf-8")
    assert re.findall(r"name: (\w+Policy)", config) == ["RulePolicy"]


def test_a_request_is_told_from_its_beginning_to_its_status() -> None:
    told = [
        {name for _, actions in turns(story) for name in actions} for story in stories().values()
    ]
    assert any(
        {"access_request_form", "action_file_request", "action_show_status"} <= actions
        for actions in told
    )
