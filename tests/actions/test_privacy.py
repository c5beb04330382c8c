"""What is kept of a person is told from the settings (A05)."""

from dataclasses import asdict, replace

from actions.privacy import ActionTellPrivacy
from tests.actions.talk import RESPONSES, Talk


def test_who_runs_the_service_and_how_long_a_conversation_stays_open_are_told(talk: Talk) -> None:
    assert talk.call(ActionTellPrivacy, "privacy") == ["utter_privacy"]
    assert (talk.messages[0]["service"], talk.messages[0]["hours"]) == ("Example Services", 24)


def test_how_long_what_is_kept_is_told_from_the_settings(talk: Talk) -> None:
    talk.call(ActionTellPrivacy, "privacy")
    kept = {f"{name}_days": days for name, days in asdict(talk.house.retention).items()}
    assert {name: talk.messages[0][name] for name in kept} == kept
    # Of a mail, the address goes sooner than its row: when it is sent, or given up.
    assert talk.messages[0]["unsent_days"] == 5
    told = {"service", "hours", "unsent_days", *kept} - {"mail_days"}
    assert {frozenset(said.placeholders) for said in RESPONSES["utter_privacy"]} == {
        frozenset(told)
    }


def test_a_demonstration_says_that_it_is_one(talk: Talk) -> None:
    talk.house = replace(talk.house, service_operator=None)
    talk.slots["language"] = "en"
    talk.call(ActionTellPrivacy, "privacy")
    assert "demonstration" in talk.messages[0]["service"]
