"""What is kept of a person is told from the settings (A05)."""

from dataclasses import replace

from actions.privacy import ActionTellPrivacy
from tests.actions.talk import Talk


def test_who_runs_the_service_and_how_long_a_conversation_stays_open_are_told(talk: Talk) -> None:
    assert talk.call(ActionTellPrivacy, "privacy") == ["utter_privacy"]
    assert (talk.messages[0]["service"], talk.messages[0]["hours"]) == ("Example Services", 24)


def test_a_demonstration_says_that_it_is_one(talk: Talk) -> None:
    talk.house = replace(talk.house, service_operator=None)
    talk.slots["language"] = "en"
    talk.call(ActionTellPrivacy, "privacy")
    assert "demonstration" in talk.messages[0]["service"]
