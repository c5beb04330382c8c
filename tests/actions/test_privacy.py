"""What is kept of a person is told from the settings (A05)."""

from dataclasses import asdict, replace

from actions.privacy import ActionTellPrivacy
from tests.actions.talk import RESPONSES, Talk


def test_who_runs_the_service_and_how_long_a_conversation_stays_open_are_told(talk: Talk) -> None:
    assert talk.call(ActionTellPrivacy, "privacy") == ["utter_privacy"]
    assert (talk.messages[0]["service"], talk.messages[0]["hours"]) == ("Example Services", 24)


def test_how_long_what_is_kept_is_told_from_the_settings(talk: Talk) -> None:
    talk.call(ActionTellPrivacy, "privacy")
    told = {name: days for name, days in talk.messages[0].items() if name.endswith("_days")}
    assert told == {f"{kept}_days": days for kept, days in asdict(talk.house.retention).items()}
    french, english = RESPONSES["utter_privacy"]
    assert french.placeholders == english.placeholders == {"service", "hours", *told}


def test_a_demonstration_says_that_it_is_one(talk: Talk) -> None:
    talk.house = replace(talk.house, service_operator=None)
    talk.slots["language"] = "en"
    talk.call(ActionTellPrivacy, "privacy")
    assert "demonstration" in talk.messages[0]["service"]
