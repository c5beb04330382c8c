"""The guide's stories of data/stories lead, by the real actions, through every step."""

from typing import Any

import pytest

from actions.conversation import ActionCancelJourney
from actions.guide import ActionGuide
from actions.guide_path import FINISHED, STEP_ONE, way
from tests.actions.talk import Talk
from tests.data.texts import stories

ACTIONS = {"action_guide": ActionGuide, "action_cancel_journey": ActionCancelJourney}


def places_of(talk: Talk, story: dict[str, Any]) -> list[tuple[str, str]]:
    """The places that the story comes to, each where it is reached first."""
    places: dict[tuple[str, str], None] = {}
    intent: str = ""
    entities: dict[str, str] = {}
    for step in story["steps"]:
        if "intent" in step:
            intent = step["intent"]
            entities = {k: v for entity in step.get("entities", ()) for k, v in entity.items()}
        elif step["action"] in ACTIONS:
            talk.call(ACTIONS[step["action"]], intent, entities)
            site, at = talk.slots.get("guide_site"), talk.slots.get("guide_step")
            if site and at:
                places[site, at] = None
    return list(places)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "an importer signs up on Production, then on Training",
            [("production", step) for step in (*way("operator"), FINISHED)]
            + [("training", step) for step in (*way("operator")[len(STEP_ONE) :], FINISHED)],
        ),
        (
            "a control body that has an account goes through step 2",
            [("production", step) for step in (*way("control_body")[len(STEP_ONE) :], FINISHED)],
        ),
        (
            "an authority goes back a step, leaves, comes back and ends",
            [("training", step) for step in (*way("authority"), FINISHED)],
        ),
    ],
)
def test_a_story_leads_through_every_step_to_the_end(
    talk: Talk, told: str, expected: list[tuple[str, str]]
) -> None:
    assert places_of(talk, stories()[told]) == expected
