"""Every story of scenarios/, in French, in English, and with a switch half-way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.house import House
from tests.conversations.player import Player
from tests.conversations.scenario import Scenario, read_scenarios

SCENARIOS = read_scenarios(Path(__file__).parent / "scenarios")


def runs() -> Iterator[object]:
    for scenario in SCENARIOS:
        for languages in (("fr",), ("en",), scenario.languages):
            yield pytest.param(scenario, languages, id=f"{scenario.name}[{'-'.join(languages)}]")


@pytest.mark.parametrize(("scenario", "languages"), list(runs()))
def test_story(house: House, scenario: Scenario, languages: tuple[str, ...]) -> None:
    Player(house, scenario, languages).play()
