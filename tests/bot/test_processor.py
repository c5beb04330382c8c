"""A turn is taken once, from what was offered, and is saved whole or not at all."""

import asyncio

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import ActionExecuted

from bot.channel import Unspoken
from bot.failures import (
    NOTHING_SAVED,
    OUTCOME_UNKNOWN,
    PayloadNotOffered,
    TurnFailed,
    UnknownConversation,
)
from bot.payloads import parse_payload
from bot.processor import Turn
from tests.bot.fake_action_server import FakeActionServer, saying

SENDER = "conversation-1"


class Conversation:
    """The gateway's side of one conversation; each message gets an id of its own."""

    def __init__(self, agent: Agent, language: str = "fr") -> None:
        self._agent = agent
        self._language = language
        self._messages = 0
        self._loop = asyncio.new_event_loop()

    def open(self) -> Turn:
        return self._send(
            f'/open{{"language": "{self._language}"}}', "server_payload", "opening", opens=True
        )

    def type(self, text: str, message_id: str | None = None) -> Turn:
        return self._send(text, "text", message_id)

    def press(self, payload: str, message_id: str | None = None) -> Turn:
        return self._send(payload, "payload", message_id)

    def told_by_server(self, payload: str, message_id: str | None = None) -> Turn:
        return self._send(payload, "server_payload", message_id)

    def _send(self, text: str, kind: str, message_id: str | None, opens: bool = False) -> Turn:
        self._messages += 1
        message = UserMessage(
            text=text,
            output_channel=Unspoken(),
            sender_id=SENDER,
            message_id=message_id or f"message-{self._messages}",
            input_channel="gateway",
            metadata={
                "kind": kind,
                "from_server": kind == "server_payload",
                "opens": opens,
                "lang": self._language,
            },
        )
        return self._loop.run_until_complete(self._agent.handle_message(message))

    def events(self) -> list:
        return self._loop.run_until_complete(self._agent.tracker_store.events_of(SENDER))

    def state(self):
        return self._loop.run_until_complete(self._agent.tracker_store.retrieve(SENDER))

    def close(self) -> None:
        self._loop.close()


@pytest.fixture
def conversation(agent: Agent):
    conversation = Conversation(agent)
    conversation.open()
    yield conversation
    conversation.close()


def texts(turn: Turn) -> list[str]:
    return [message["text"] for message in turn.messages]


# Opening


@pytest.mark.parametrize(("language", "greeting"), [("fr", "Bonjour."), ("en", "Hello.")])
def test_an_opened_conversation_is_greeted_in_its_language(
    agent: Agent, language: str, greeting: str
) -> None:
    conversation = Conversation(agent, language)
    turn = conversation.open()
    assert texts(turn) == [greeting]
    assert (turn.language, turn.outcome) == (language, "answered")
    conversation.close()


def test_opening_twice_greets_alike_and_is_one_turn(conversation: Conversation) -> None:
    before = len(conversation.events())
    turn = conversation.open()
    assert (texts(turn), turn.outcome, turn.replayed) == (["Bonjour."], "answered", True)
    assert len(conversation.events()) == before


def test_a_conversation_that_was_not_opened_is_unknown(agent: Agent) -> None:
    conversation = Conversation(agent)
    with pytest.raises(UnknownConversation):
        conversation.type("bonjour")
    conversation.close()


# Answering


def test_a_question_is_answered_with_its_figures(conversation: Conversation) -> None:
    turn = conversation.type("combien de jours dure la validation ?")
    assert texts(turn) == ["Deux jours ouvrables."]
    assert turn.as_dict()["turn"] == {
        "topic": "how_long",
        "confidence": round(turn.confidence, 4),
        "language": "fr",
        "outcome": "answered",
        "replayed": False,
    }
    assert turn.confidence > 0.5


def test_what_is_not_understood_is_counted_as_such(conversation: Conversation) -> None:
    turn = conversation.type(".")
    assert texts(turn) == ["Je n'ai pas compris."]
    assert turn.outcome in ("not_understood", "unsure")


def test_a_message_with_two_questions_offers_both(conversation: Conversation) -> None:
    turn = conversation.type("quel est le délai de validation ? je veux préparer une demande")
    assert (texts(turn), turn.outcome) == (["Deux questions."], "two_topics")
    user = [event for event in conversation.events() if event.type_name == "user"][-1]
    assert [e["value"] for e in user.entities] == ["how_long", "request_access"]


@pytest.fixture
def classified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the classifier is asked about, in their order."""
    texts: list[str] = []
    parse = MessageProcessor._parse_message_with_graph

    def watched(self: MessageProcessor, message: UserMessage, *rest: object) -> dict:
        texts.append(message.text)
        return parse(self, message, *rest)

    monkeypatch.setattr(MessageProcessor, "_parse_message_with_graph", watched)
    return texts


@pytest.mark.parametrize(
    ("text", "classifications"),
    [
        ("quel est le délai de validation ?", 1),
        ("Bonjour. Quel est le délai de validation ?", 1),
        ("quel est le délai de validation ? je veux préparer une demande", 3),
    ],
    ids=["one part", "one part beside a greeting", "two parts"],
)
def test_only_a_message_of_several_parts_is_classified_again(
    conversation: Conversation, classified: list[str], text: str, classifications: int
) -> None:
    conversation.type(text)
    assert len(classified) == classifications


def test_an_answer_to_a_field_is_a_form_turn(
    conversation: Conversation, action_server: FakeActionServer
) -> None:
    conversation.press("/request_access")
    action_server.answers("validate_access_request_form", saying())
    turn = conversation.type("Control Union")
    assert (texts(turn), turn.outcome) == (["C'est fait."], "form")
    assert conversation.state().get_slot("request_name") == "Control Union"


def test_a_question_inside_a_field_is_answered_and_the_field_asked_again(
    conversation: Conversation,
) -> None:
    conversation.press("/request_access")
    turn = conversation.type("combien de temps faut-il attendre ?")
    assert texts(turn)[0] == "Deux jours ouvrables."
    assert conversation.state().active_loop_name == "access_request_form"


def test_what_surely_answers_a_field_is_classified_once(
    conversation: Conversation, action_server: FakeActionServer, classified: list[str]
) -> None:
    conversation.press("/request_access")
    action_server.answers("validate_access_request_form", saying())
    classified.clear()
    conversation.type("camille@example.org alors merci. Le reste viendra plus tard")
    assert len(classified) == 1


def test_a_question_inside_a_field_is_classified_once(
    conversation: Conversation, classified: list[str]
) -> None:
    conversation.press("/request_access")
    classified.clear()
    conversation.type("combien de temps faut-il attendre ?")
    assert classified == ["combien de temps faut-il attendre ?"]


def test_not_understood_a_second_time_is_another_answer(conversation: Conversation) -> None:
    assert texts(conversation.type(".")) == ["Je n'ai pas compris."]
    again = conversation.type("?")
    assert texts(again) == ["Je n'ai toujours pas compris."]
    assert again.outcome == "not_understood"
    assert texts(conversation.type(".")) == ["Je n'ai toujours pas compris."]


def test_an_answer_in_between_begins_the_count_anew(conversation: Conversation) -> None:
    conversation.type(".")
    conversation.type("quel est le délai de validation ?")
    assert texts(conversation.type(".")) == ["Je n'ai pas compris."]


def test_what_was_said_last_is_kept_with_whether_it_needs_values(
    conversation: Conversation,
) -> None:
    conversation.type("quel est le délai de validation ?")
    said = [{"response": "utter_how_long", "needs_values": False}]
    assert conversation.state().get_slot("last_answer") == said


# Repeating


def test_the_last_answer_is_repeated_with_its_buttons(conversation: Conversation) -> None:
    greeting = conversation.open().messages[0]
    turn = conversation.type("répétez")
    assert texts(turn) == ["Je répète.", "Bonjour."]
    assert turn.messages[1] == greeting


def test_repeating_twice_repeats_the_answer_and_not_the_repeating(
    conversation: Conversation,
) -> None:
    conversation.type("quel est le délai de validation ?")
    conversation.type("répétez")
    assert texts(conversation.type("répétez")) == ["Je répète.", "Deux jours ouvrables."]


def test_a_repeated_question_of_a_form_is_asked_once(conversation: Conversation) -> None:
    conversation.press("/request_access")
    turn = conversation.type("répétez")
    assert texts(turn) == ["Je répète.", "Quel est votre nom ?"]
    assert conversation.state().active_loop_name == "access_request_form"


def test_a_button_of_a_repeated_answer_still_works(conversation: Conversation) -> None:
    conversation.type("répétez")
    assert texts(conversation.press("/work")) == ["C'est fait."]


# Same message, same answer


@pytest.mark.parametrize("times", [1, 3])
def test_the_same_message_gets_the_same_answer_and_nothing_is_done_twice(
    conversation: Conversation, action_server: FakeActionServer, times: int
) -> None:
    first = conversation.press("/work", "work-1")
    events = len(conversation.events())
    for _ in range(times):
        again = conversation.press("/work", "work-1")
        assert again.messages == first.messages
        assert again.topic == first.topic
        assert (again.outcome, again.replayed) == (first.outcome, True)
    assert action_server.calls == ["action_work"]
    assert len(conversation.events()) == events


def test_an_old_message_is_repeated_after_later_ones(conversation: Conversation) -> None:
    first = conversation.type("quel est le délai de validation ?", "question")
    conversation.type("bonjour")
    assert conversation.type("quel est le délai de validation ?", "question").messages == (
        first.messages
    )


def test_two_at_once_with_one_id_work_once(
    agent: Agent, action_server: FakeActionServer, run
) -> None:
    def message(text: str, kind: str, message_id: str, opens: bool = False) -> UserMessage:
        metadata = {"kind": kind, "from_server": opens, "opens": opens, "lang": "fr"}
        return UserMessage(text, Unspoken(), SENDER, message_id=message_id, metadata=metadata)

    async def twice() -> list[Turn]:
        opening = message('/open{"language": "fr"}', "server_payload", "opening", opens=True)
        await agent.handle_message(opening)
        return await asyncio.gather(
            agent.handle_message(message("/work", "payload", "work-1")),
            agent.handle_message(message("/work", "payload", "work-1")),
        )

    one, other = run(twice())
    assert one.messages == other.messages
    assert {one.replayed, other.replayed} == {False, True}
    assert action_server.calls == ["action_work"]


# Buttons


def test_a_button_does_what_it_was_offered_for(conversation: Conversation) -> None:
    turn = conversation.press("/work")
    assert texts(turn) == ["C'est fait."]


def test_a_pressed_button_stands_in_the_history_under_its_title(
    conversation: Conversation,
) -> None:
    conversation.press("/work")
    assert ActionExecuted("action_listen") in conversation.events()
    said = [event.text for event in conversation.events() if event.type_name == "user"]
    assert said[-1] == "Travailler"


def test_a_buttons_values_become_entities(conversation: Conversation) -> None:
    conversation.press('/how_long{"organisation_number": "BE-ORG-OP-5"}')
    user = [event for event in conversation.events() if event.type_name == "user"][-1]
    assert [(e["entity"], e["value"]) for e in user.entities] == [
        ("organisation_number", "BE-ORG-OP-5")
    ]


@pytest.mark.parametrize(
    "payload",
    [
        "/code_accepted",
        '/how_long{"organisation_number": "BE-ORG-OP-6"}',
        '/request_access{"request_name": "x"}',
        "/restart",
        "/session_start",
        "/back",
        "work",
    ],
)
def test_a_payload_that_no_button_offered_is_refused_and_changes_nothing(
    conversation: Conversation, payload: str
) -> None:
    before = conversation.events()
    with pytest.raises(PayloadNotOffered):
        conversation.press(payload)
    assert conversation.events() == before


@pytest.mark.parametrize("payload", ["/greet", "/switch_to_english", "/switch_to_french"])
def test_what_the_page_itself_sends_is_always_offered(
    conversation: Conversation, payload: str
) -> None:
    assert conversation.press(payload).messages


def test_the_servers_own_payloads_need_no_button(conversation: Conversation) -> None:
    assert texts(conversation.told_by_server("/how_long")) == ["Deux jours ouvrables."]


# Language


def test_a_clear_sentence_in_the_other_language_is_said_to_go_on_in_it(
    conversation: Conversation,
) -> None:
    turn = conversation.type("how many days do I have to wait?")
    assert texts(turn) == ["I'll go on in English.", "Two working days."]
    assert [message["lang"] for message in turn.messages] == ["en", "en"]
    assert turn.language == "en"


def test_a_switch_that_was_asked_for_is_not_announced_twice(conversation: Conversation) -> None:
    assert texts(conversation.type("English")) == ["All right, in English."]
    assert texts(conversation.press("/switch_to_french")) == ["D'accord, en français."]


def test_the_language_stays_after_a_switch(conversation: Conversation) -> None:
    conversation.press("/switch_to_english")
    assert texts(conversation.press("/work")) == ["It is done."]


def test_a_running_form_survives_a_language_switch(conversation: Conversation) -> None:
    conversation.press("/request_access")
    turn = conversation.press("/switch_to_english")
    assert texts(turn) == ["All right, in English.", "What is your name?"]
    assert conversation.state().active_loop_name == "access_request_form"


# Failing


FAILURES = [
    (TurnFailed(NOTHING_SAVED, "refused"), NOTHING_SAVED),
    (TurnFailed(OUTCOME_UNKNOWN, "timeout"), OUTCOME_UNKNOWN),
]


@pytest.mark.parametrize(("error", "code"), FAILURES)
def test_a_failing_action_undoes_the_turn(
    conversation: Conversation, action_server: FakeActionServer, error: TurnFailed, code: str
) -> None:
    before = conversation.events()
    action_server.fails("action_work", error)
    with pytest.raises(TurnFailed) as failure:
        conversation.press("/work")
    assert failure.value.code == code
    assert conversation.events() == before


def test_the_turn_after_a_failed_one_is_taken_as_if_it_had_not_been(
    conversation: Conversation, action_server: FakeActionServer
) -> None:
    action_server.fails("action_work", TurnFailed(NOTHING_SAVED, "refused"))
    with pytest.raises(TurnFailed):
        conversation.press("/work", "work-1")
    action_server.answers("action_work", saying("utter_done"))
    turn = conversation.press("/work", "work-1")
    assert (texts(turn), turn.outcome) == (["C'est fait."], "answered")


@pytest.mark.parametrize(("error", "code"), FAILURES)
def test_a_failing_validator_leaves_form_and_slots_as_they_were(
    conversation: Conversation, action_server: FakeActionServer, error: TurnFailed, code: str
) -> None:
    conversation.press("/request_access")
    before = conversation.events()
    action_server.fails("validate_access_request_form", error)
    with pytest.raises(TurnFailed) as failure:
        conversation.type("Camille Exemple")
    assert failure.value.code == code
    assert conversation.events() == before
    state = conversation.state()
    assert state.active_loop_name == "access_request_form"
    assert state.get_slot("requested_slot") == "request_name"
    assert state.get_slot("request_name") is None


def test_a_form_whose_last_action_fails_is_as_before_the_turn(
    conversation: Conversation, action_server: FakeActionServer
) -> None:
    conversation.press("/request_access")
    action_server.answers("validate_access_request_form", saying())
    action_server.fails("action_work", TurnFailed(OUTCOME_UNKNOWN, "timeout"))
    with pytest.raises(TurnFailed):
        conversation.type("Camille Exemple", "name-1")
    assert conversation.state().active_loop_name == "access_request_form"
    action_server.answers("action_work", saying("utter_done"))
    assert texts(conversation.type("Camille Exemple", "name-1")) == ["C'est fait."]


def test_an_action_that_never_ends_fails_the_turn(
    conversation: Conversation, action_server: FakeActionServer
) -> None:
    before = conversation.events()
    with pytest.raises(TurnFailed):
        conversation.press("/loop")
    assert conversation.events() == before


def test_a_turn_that_says_nothing_is_refused(conversation: Conversation) -> None:
    before = conversation.events()
    with pytest.raises(TurnFailed):
        conversation.press("/keep_silent")
    assert conversation.events() == before


# What an action is told of the conversation


def said(action_server: FakeActionServer) -> list[tuple[str, str]]:
    spoken = (event for event in action_server.told if event["event"] in ("user", "bot"))
    return [(event["event"], event["text"]) for event in spoken]


def test_an_action_is_told_of_its_turn_alone(
    conversation: Conversation, action_server: FakeActionServer
) -> None:
    conversation.type("combien de temps ?")
    conversation.press("/work")
    assert said(action_server) == [("user", "Travailler")]


def test_an_action_that_hands_the_conversation_on_is_told_all_of_it(
    conversation: Conversation, action_server: FakeActionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.processor.TOLD_THE_STORY", {"action_work"})
    conversation.type("combien de temps ?")
    conversation.press("/work")
    assert said(action_server) == [
        ("bot", "Bonjour."),
        ("user", "combien de temps ?"),
        ("bot", "Deux jours ouvrables."),
        ("user", "Travailler"),
    ]


def test_of_an_endless_conversation_the_end_is_told(
    conversation: Conversation, action_server: FakeActionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.processor.TOLD_THE_STORY", {"action_work"})
    monkeypatch.setattr("bot.processor.MOST_LINES_TOLD", 1)
    conversation.type("combien de temps ?")
    conversation.press("/work")
    assert said(action_server) == [("bot", "Deux jours ouvrables."), ("user", "Travailler")]


# What is known of a failed turn's effects. NOTHING_SAVED is only said when it is so.


@pytest.mark.parametrize(
    "reply",
    [
        {"events": "not a list", "responses": []},
        {"events": [{"event": "no such event"}], "responses": []},
    ],
)
def test_an_unreadable_reply_of_an_action_that_ran_leaves_the_outcome_unknown(
    conversation: Conversation, action_server: FakeActionServer, reply: dict
) -> None:
    before = conversation.events()
    action_server.answers("action_work", reply)
    with pytest.raises(TurnFailed) as failure:
        conversation.press("/work")
    assert failure.value.code == OUTCOME_UNKNOWN
    assert conversation.events() == before


@pytest.mark.parametrize("payload", ["/keep_silent", "/loop"])
def test_a_turn_undone_after_an_action_ran_leaves_the_outcome_unknown(
    conversation: Conversation, payload: str
) -> None:
    with pytest.raises(TurnFailed) as failure:
        conversation.press(payload)
    assert failure.value.code == OUTCOME_UNKNOWN


def test_a_refused_call_after_another_has_run_leaves_the_outcome_unknown(
    conversation: Conversation, action_server: FakeActionServer
) -> None:
    conversation.press("/request_access")
    action_server.answers("validate_access_request_form", saying())
    action_server.fails("action_work", TurnFailed(NOTHING_SAVED, "refused"))
    with pytest.raises(TurnFailed) as failure:
        conversation.type("Camille Exemple")
    assert failure.value.code == OUTCOME_UNKNOWN


# Payloads


def test_a_payload_is_an_intent_with_its_values() -> None:
    parsed = parse_payload('/confirm_request{"draft_id": "abc", "draft_version": "3"}')
    assert parsed["intent"] == parsed["topic"] == {"name": "confirm_request", "confidence": 1.0}
    assert [(e["entity"], e["value"]) for e in parsed["entities"]] == [
        ("draft_id", "abc"),
        ("draft_version", "3"),
    ]


@pytest.mark.parametrize("text", ["", "work", "/", "/a b", "/work{", '/work{"a"}', "/work x"])
def test_what_is_no_payload_raises(text: str) -> None:
    with pytest.raises(ValueError):
        parse_payload(text)
