"""A conversation is read back from its events: answers, both sides, buttons once offered."""

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

from bot.messages import answer, as_message, history, offered_title, responses_of, story


def said_by_bot(text: str, lang: str = "fr", **data) -> BotUttered:
    return BotUttered(
        text,
        data={"buttons": None, "image": None, "custom": None, **data},
        metadata={"utter_action": "utter_x", "metadata": {"lang": lang, "facts": ["S18"]}},
    )


def said_by_user(text: str, *, from_server: bool = False, lang: str = "fr") -> UserUttered:
    return UserUttered(
        text,
        parse_data={"text": text, "topic": {"name": "who_validates", "confidence": 0.9}},
        metadata={"from_server": from_server, "lang": lang},
    )


HELP = {"title": "Aide", "payload": "/help"}
EVENTS = [
    said_by_user("", from_server=True),
    said_by_bot("Bonjour.", buttons=[HELP]),
    ActionExecuted("action_listen"),
    said_by_user("qui valide ?"),
    SlotSet("language", "fr"),
    said_by_bot("Votre autorité."),
    said_by_bot("The Commission.", lang="en"),
]


def test_a_message_holds_text_language_and_buttons_and_nothing_more() -> None:
    button = {**HELP, "type": "postback", "draft": "secret"}
    message = as_message(said_by_bot("Bonjour.", buttons=[button], draft_id="x", typed="y"))
    assert message == {"text": "Bonjour.", "lang": "fr", "buttons": [HELP]}


def test_image_and_custom_are_passed_on_where_there_are_some() -> None:
    message = as_message(said_by_bot("Étape 1.", image="step1.svg", custom={"step": 1}))
    assert (message["image"], message["custom"]) == ("step1.svg", {"step": 1})


def test_a_response_that_does_not_say_its_language_raises() -> None:
    with pytest.raises(KeyError):
        as_message(BotUttered("Bonjour.", data={}, metadata={}))


def test_an_answer_is_what_the_bot_said_in_order() -> None:
    assert [message["text"] for message in answer(EVENTS)] == [
        "Bonjour.",
        "Votre autorité.",
        "The Commission.",
    ]


def test_the_history_has_both_sides_without_what_the_server_sent() -> None:
    assert [(line["from"], line["text"], line["lang"]) for line in history(EVENTS)] == [
        ("assistant", "Bonjour.", "fr"),
        ("user", "qui valide ?", "fr"),
        ("assistant", "Votre autorité.", "fr"),
        ("assistant", "The Commission.", "en"),
    ]
    assert history(EVENTS)[0]["buttons"] == [HELP]
    assert history(EVENTS)[1]["buttons"] == []


def test_the_story_for_an_action_is_who_said_what_and_nothing_more() -> None:
    pressed_in_the_page = said_by_user("")
    assert story([*EVENTS, pressed_in_the_page]) == [
        {"event": "bot", "text": "Bonjour."},
        {"event": "user", "text": "qui valide ?", "topic": "who_validates"},
        {"event": "bot", "text": "Votre autorité."},
        {"event": "bot", "text": "The Commission."},
    ]


def test_a_button_that_was_offered_has_its_title() -> None:
    assert offered_title([EVENTS], "/help") == "Aide"


def test_the_latest_title_of_a_payload_is_the_one() -> None:
    later = said_by_bot("?", buttons=[{"title": "Help", "payload": "/help"}])
    assert offered_title([[later], EVENTS], "/help") == "Help"


@pytest.mark.parametrize("payload", ["/cancel", "/helpme", "help", "", '/help{"a": "b"}'])
def test_what_no_button_carried_has_none(payload: str) -> None:
    assert offered_title([EVENTS], payload) is None


def test_what_a_user_typed_offers_nothing() -> None:
    assert offered_title([[said_by_user("/cancel")]], "/cancel") is None


@pytest.mark.parametrize(
    "payload",
    ["/greet", "/help", "/switch_to_english", "/switch_to_french", "/talk_to_human"],
)
def test_the_pages_own_payloads_are_always_offered(payload: str) -> None:
    assert offered_title([], payload) is not None


# Saying it again


@pytest.mark.parametrize(
    ("written", "data", "needs_values"),
    [
        ({"text": "Deux jours."}, {}, False),
        ({"text": "Deux jours.", "buttons": [HELP]}, {"buttons": [HELP]}, False),
        ({"text": "Bonjour {name}."}, {}, True),
        ({"text": "Voici.", "buttons": []}, {"buttons": [HELP]}, True),
        (
            {"text": "Voici.", "buttons": [{"title": "Oui", "payload": '/x{{"id": "{id}"}}'}]},
            {"buttons": [HELP]},
            True,
        ),
        (
            {"text": "Voici.", "buttons": [{"title": "Oui", "payload": '/x{{"id": "1"}}'}]},
            {"buttons": [HELP]},
            False,
        ),
    ],
    ids=["plain", "buttons", "value", "buttons of its moment", "value in a button", "braces"],
)
def test_a_response_says_whether_its_id_alone_says_it_again(
    written: dict, data: dict, needs_values: bool
) -> None:
    domain = Domain.from_dict({"responses": {"utter_x": [written]}})
    said = responses_of([said_by_bot("…", **data)], domain)
    assert said == [{"response": "utter_x", "needs_values": needs_values}]
