"""Typed messages and buttons, from the client to the bot and back."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from registry.models import ConversationSession, Turn
from tests.web.conftest import House, said
from tests.web.fake_bot import failed

pytestmark = pytest.mark.anyio


async def test_an_answer_comes_back_as_the_bot_gave_it(house: House) -> None:
    async with house.newcomer() as http:
        response = await http.post("/api/messages", json=said("bonjour"))
    assert response.status_code == 200
    assert response.json() == {
        "messages": [
            {
                "text": "« bonjour »",
                "lang": "fr",
                "buttons": [{"title": "Aide", "payload": "/help"}],
            }
        ]
    }


async def test_the_bot_learns_sender_language_and_message_id(house: House) -> None:
    message = said("how do I register", str(uuid4()))
    async with house.newcomer("en") as http:
        await http.post("/api/messages", json=message)
    assert house.bot.turns == [{"sender": house.conversation_id(), "lang": "en", **message}]


async def test_the_same_message_id_gets_the_same_answer_and_counts_once(house: House) -> None:
    message = said("bonjour")
    async with house.newcomer() as http:
        first = await http.post("/api/messages", json=message)
        again = await http.post("/api/messages", json=message)
    assert first.json() == again.json()
    assert len(turns_of(house)) == 1


async def test_a_message_id_may_be_written_without_dashes(house: House) -> None:
    message_id = uuid4()
    async with house.newcomer() as http:
        for written in (message_id.hex, str(message_id), str(message_id).upper()):
            await http.post("/api/messages", json=said("bonjour", written))
    assert {turn["message_id"] for turn in house.bot.turns} == {str(message_id)}
    assert len(turns_of(house)) == 1


async def test_a_turn_is_counted_without_its_text(house: House) -> None:
    message = said("un secret")
    async with house.newcomer() as http:
        await http.post("/api/messages", json=message)
    (turn,) = turns_of(house)
    assert (turn.conversation_id, turn.message_id) == (
        house.conversation_id(),
        message["message_id"],
    )
    assert (turn.topic, turn.language, turn.confidence, turn.outcome) == (
        "help",
        "fr",
        0.9,
        "answered",
    )


async def test_a_turn_that_cannot_be_counted_is_still_answered(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.newcomer() as http:
        with house.database.transaction() as registry:
            registry.execute(text("DROP TABLE turns"))
        response = await http.post("/api/messages", json=said("un secret"))
    assert response.status_code == 200
    assert "OperationalError" in caplog.text
    assert "un secret" not in caplog.text


async def test_a_replayed_turn_counts_once_and_as_what_it_was(house: House) -> None:
    message = said("bonjour")
    async with house.newcomer() as http:
        await http.post("/api/messages", json=message)
        await http.post("/api/messages", json=message)
    assert [turn.outcome for turn in turns_of(house)] == ["answered"]


async def test_figures_lost_with_the_first_answer_are_kept_with_the_second(house: House) -> None:
    message = said("bonjour")
    async with house.newcomer() as http:
        await http.post("/api/messages", json=message)
        with house.database.transaction() as registry:
            registry.execute(text("DELETE FROM turns"))
        await http.post("/api/messages", json=message)
    assert [(turn.topic, turn.outcome) for turn in turns_of(house)] == [("help", "answered")]


@pytest.mark.parametrize("code", ["nothing_saved", "outcome_unknown", "store_unavailable"])
async def test_a_turn_that_fails_is_counted_until_it_succeeds(house: House, code: str) -> None:
    message = said("bonjour")
    async with house.newcomer("en") as http:
        house.bot.failure = failed(503, code)
        await http.post("/api/messages", json=message)
        (turn,) = turns_of(house)
        assert (turn.topic, turn.language, turn.confidence, turn.outcome) == (
            None,
            "en",
            None,
            code,
        )
        house.bot.failure = None
        await http.post("/api/messages", json=message)
    assert [turn.outcome for turn in turns_of(house)] == ["answered"]


async def test_a_button_not_offered_is_counted(house: House) -> None:
    async with house.newcomer() as http:
        stale = {"message_id": str(uuid4()), "payload": "/restart"}
        await http.post("/api/messages", json=stale)
    assert [turn.outcome for turn in turns_of(house)] == ["payload_not_offered"]


async def test_the_session_follows_the_language_of_the_turn(house: House) -> None:
    press = {"message_id": str(uuid4()), "payload": "/switch_to_english"}
    async with house.newcomer("fr") as http:
        await http.post("/api/messages", json=press)
        await http.post("/api/messages", json=said("hello"))
        refused = await http.post("/api/messages", json=said(""))
    assert house.bot.turns[-1]["lang"] == "en"
    assert refused.json()["error"]["message"].startswith("Your message is empty")
    with house.database.transaction() as registry:
        assert registry.scalars(select(ConversationSession)).one().lang == "en"


async def test_a_button_not_offered_is_told_and_the_conversation_goes_on(house: House) -> None:
    async with house.newcomer("en") as http:
        for payload in ("/restart", "/code_accepted", '/inform{"slot": "x"}'):
            stale = {"message_id": str(uuid4()), "payload": payload}
            response = await http.post("/api/messages", json=stale)
            assert response.status_code == 409
            assert response.json()["error"]["code"] == "payload_not_offered"
            assert response.json()["error"]["message"].startswith("This button no longer applies")
        assert (await http.post("/api/messages", json=said("hello"))).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "/restart",
        '/intent{"slot":"x"}',
        "<script>alert(1)</script>",
        "'; DROP TABLE requests; --",
        "😀",
        "👩‍👩‍👧",
        "Ich möchte mich anmelden",
        "x" * 1000,
    ],
)
async def test_whatever_is_typed_reaches_the_bot_as_text(house: House, typed: str) -> None:
    async with house.newcomer() as http:
        response = await http.post("/api/messages", json=said(typed))
    assert response.status_code == 200
    assert house.bot.turns[0]["text"] == typed
    assert "payload" not in house.bot.turns[0]


@pytest.mark.parametrize(
    ("typed", "reaches"),
    [
        ("bon\x00jour\x1b[31m", "bonjour[31m"),
        ("e\u0301cole", "école"),
        ("e\x00\u0301cole", "école"),
        ("a\u202eb\u200bc\ufeff", "abc"),
        (" ligne 1\r\nligne 2\t", "ligne 1\nligne 2"),
    ],
)
async def test_typed_text_is_cleaned(house: House, typed: str, reaches: str) -> None:
    async with house.newcomer() as http:
        await http.post("/api/messages", json=said(typed))
    assert house.bot.turns[0]["text"] == reaches


@pytest.mark.parametrize(
    "typed", ["", " ", "\n\t ", "\x00\x07\x1b", "\u200b\u200d\ufeff", "\u00a0"]
)
async def test_an_empty_text_is_told(house: House, typed: str) -> None:
    async with house.newcomer() as http:
        response = await http.post("/api/messages", json=said(typed))
    assert response.status_code == 400
    assert response.json()["error"] == {
        "code": "text_empty",
        "message": "Votre message est vide. Écrivez votre question ou votre réponse,"
        " puis envoyez-la.",
    }
    assert house.bot.turns == []


async def test_a_text_too_long_is_told_with_the_limit(house: House) -> None:
    async with house.newcomer("en") as http:
        response = await http.post("/api/messages", json=said("x" * 1001))
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "text_too_long"
    assert "1000 characters" in response.json()["error"]["message"]
    assert house.bot.turns == []


GOOD_ID = str(uuid4())


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "3",
        '"text"',
        "{",
        "not json",
        b"\xff\xfe",
        "[" * 4000,
        '{"message_id": "\\ud800", "text": "x"}',
        json.dumps({"text": "bonjour"}),
        json.dumps({"message_id": "1", "text": "bonjour"}),
        json.dumps({"message_id": 1, "text": "bonjour"}),
        json.dumps({"message_id": GOOD_ID}),
        json.dumps({"message_id": GOOD_ID, "text": "x", "payload": "/help"}),
        json.dumps({"message_id": GOOD_ID, "text": None, "payload": None}),
        json.dumps({"message_id": GOOD_ID, "text": 3}),
        json.dumps({"message_id": GOOD_ID, "text": ["x"]}),
        json.dumps({"message_id": GOOD_ID, "payload": ""}),
        json.dumps({"message_id": GOOD_ID, "payload": " "}),
        json.dumps({"message_id": GOOD_ID, "payload": "/" + "x" * 1000}),
        json.dumps({"message_id": GOOD_ID, "payload": {"a": 1}}),
        json.dumps({"message_id": GOOD_ID, "text": "x", "sender": "someone else"}),
        json.dumps({"message_id": GOOD_ID, "server_payload": "/code_accepted"}),
        '{"message_id": "' + GOOD_ID + '", "text": "\\ud800"}',
    ],
)
async def test_a_body_of_another_shape_is_refused_with_a_sentence(
    house: House, body: str | bytes
) -> None:
    async with house.newcomer("en") as http:
        response = await http.post("/api/messages", content=body)
        assert response.status_code == 400
        assert response.json()["error"] == {
            "code": "bad_request",
            "message": "This request does not have the expected form. Nothing was saved.",
        }
        assert house.bot.turns == []
        assert (await http.post("/api/messages", json=said("hello"))).status_code == 200


def turns_of(house: House) -> list[Turn]:
    with house.database.transaction() as registry:
        return list(registry.scalars(select(Turn)))
