"""Every story of scenarios/, in French, in English, and with a switch half-way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.house import House
from tests.conversations.player import Player
from tests.conversations.scenario import Scenario, read_scenarios

SCENARIOS = read_scenarios(Path(__file__).parent / "scenarios")

# The design's figure, from "how do I register" to the reference.
MOST_MESSAGES_OF_A_SIGN_UP = 15


def runs() -> Iterator[object]:
    for scenario in SCENARIOS:
        for languages in (("fr",), ("en",), scenario.languages):
            yield pytest.param(scenario, languages, id=f"{scenario.name}[{'-'.join(languages)}]")


@pytest.mark.parametrize(("scenario", "languages"), list(runs()))
def test_story(house: House, scenario: Scenario, languages: tuple[str, ...]) -> None:
    Player(house, scenario, languages).play()


def test_the_whole_sign_up_takes_few_messages() -> None:
    (story,) = (scenario for scenario in SCENARIOS if scenario.name == "sign_up_by_name")
    heard = [[response.name for response in step.hear] for step in story.steps]
    filed = next(i for i, names in enumerate(heard) if "utter_request_filed" in names)
    said = [step for step in story.steps[: filed + 1] if step.action in ("say", "press")]
    assert len(said) <= MOST_MESSAGES_OF_A_SIGN_UP
