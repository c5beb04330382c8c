"""Each journey asked for inside each other one: the first is put aside and taken up again."""

from copy import deepcopy
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conversations.house import House
from tests.conversations.player import Player
from tests.conversations.scenario import scenario_of

FILE = Path(__file__).parent / "journeys.yml"
JOURNEYS: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
# Asked for where nothing runs: "go on with my request" inside another journey means that one,
# and "withdraw my request" inside a request that is being prepared means to stop it.
NOT_INSIDE = {(outer, "resumption") for outer in JOURNEYS} | {("access_request", "withdrawal")}
# Who has lost the reference goes on with the list: the status is not put aside.
GOES_ON = {("status", "listing")}
PAIRS = sorted(set(permutations(JOURNEYS, 2)) - NOT_INSIDE - GOES_ON)

Step = dict[str, Any]
RESUME: Step = {"press": {"fr": "Reprendre", "en": "Go on with it"}}
SHOWN = "utter_guide_open_home"
GUIDE: list[Step] = [
    {
        "press": {"fr": "M'inscrire à TRACES NT", "en": "Register for TRACES NT"},
        "hear": ["utter_guide_overview"],
    },
    {"press": {"fr": "Site de Production", "en": "Production site"}, "hear": [SHOWN]},
]


def story_of(outer: str, inner: str) -> dict[str, Any]:
    """The outer journey begun, the inner one begun and ended in it, the outer one taken up."""
    first, second = deepcopy(JOURNEYS[outer]), deepcopy(JOURNEYS[inner])
    given = [*first["begins"], *first["goes on"]]
    begins, ends = [*second["begins"]], [*second["ends"]]
    waiting_for = given[-1]["hear"]
    asked_first = next(i for i, step in enumerate(begins) if _asks(step))
    # What is answered before it begins is answered inside the outer one, which asks again.
    for step in begins[:asked_first]:
        step["hear"] += waiting_for
    begins[asked_first]["hear"] = ["utter_journey_parked", *begins[asked_first]["hear"]]
    ends[-1]["hear"] += ["utter_journey_offered"]
    steps = [*given, {"switch language": "by phrase", "hear": _said_again(waiting_for)}]
    steps += [*begins, *ends, RESUME | {"hear": waiting_for}]
    return {"title": f"{inner} inside {outer}", "switched": "fr to en", "steps": steps}


def story_in_the_guide(inner: str) -> dict[str, Any]:
    """The guide begun, a journey begun and ended in it, the guide gone on with."""
    journey = deepcopy(JOURNEYS[inner])
    begins, ends = journey["begins"], journey["ends"]
    begins[-1]["hear"] = journey.get("asks in the guide", begins[-1]["hear"])
    ends[-1]["hear"] += ["utter_guide_place_kept"]
    switch = {"switch language": "by phrase", "hear": ["utter_language_switched", SHOWN]}
    resume = {"say": {"fr": "reprendre", "en": "resume"}, "hear": [SHOWN]}
    steps = [*deepcopy(GUIDE), switch, *begins, *ends, resume]
    return {"title": f"{inner} inside the guide", "switched": "fr to en", "steps": steps}


def _asks(step: Step) -> bool:
    return any(response.startswith("utter_field_") for response in step["hear"])


def _said_again(question: list[str]) -> list[str]:
    return ["utter_language_switched", *question]


@pytest.mark.parametrize(("outer", "inner"), PAIRS)
@pytest.mark.parametrize("languages", [("fr",), ("en",), ("fr", "en")], ids="-".join)
def test_one_inside_the_other(
    house: House, outer: str, inner: str, languages: tuple[str, ...]
) -> None:
    story = story_of(outer, inner)
    Player(house, scenario_of(story, story["title"]), languages).play()


# "Go on with my request" means the guide there.
@pytest.mark.parametrize("inner", sorted(set(JOURNEYS) - {"resumption"}))
@pytest.mark.parametrize("languages", [("fr",), ("en",), ("fr", "en")], ids="-".join)
def test_one_inside_the_guide(house: House, inner: str, languages: tuple[str, ...]) -> None:
    story = story_in_the_guide(inner)
    Player(house, scenario_of(story, story["title"]), languages).play()
