"""Opening, resuming and forgetting a conversation."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from registry.models import ConversationSession
from tests.web.conftest import House, said
from tests.web.fake_bot import failed

pytestmark = pytest.mark.anyio


async def test_opening_gives_a_token_and_the_greeting(house: House) -> None:
    async with house.client() as http:
        response = await http.post("/api/session", json={"lang": "en"})
    assert response.status_code == 201
    opened = response.json()
    assert opened["lang"] == "en"
    assert opened["expires_in"] == 24 * 3600
    assert opened["messages"] == [{"text": "Hello.", "lang": "en", "buttons": []}]
    assert len(opened["token"]) >= 32


@pytest.mark.parametrize(
    ("accept_language", "lang"), [("en-GB,en;q=0.9,fr;q=0.5", "en"), ("de", "fr"), ("", "fr")]
)
async def test_without_a_language_the_browsers_counts(
    house: House, accept_language: str, lang: str
) -> None:
    async with house.client() as http:
        for body in ({"lang": None}, {}):
            response = await http.post(
                "/api/session", json=body, headers={"Accept-Language": accept_language}
            )
            assert response.json()["lang"] == lang


async def test_the_server_makes_the_sender_and_keeps_no_token(house: House) -> None:
    async with house.newcomer() as http:
        token = http.headers["Authorization"].removeprefix("Bearer ")
    with house.database.transaction() as registry:
        row = registry.scalars(select(ConversationSession)).one()
    assert row.id == house.conversation_id()
    assert token not in (row.id, row.token_hash)


@pytest.mark.parametrize("body", ["[]", "null", '{"lang": "de"}', '{"sender": "me"}', "{", ""])
async def test_an_opening_of_another_shape_is_refused(house: House, body: str) -> None:
    async with house.client() as http:
        response = await http.post("/api/session", content=body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "bad_request"


async def test_a_failed_greeting_leaves_no_open_session(house: House) -> None:
    house.bot.failure = failed(503, "nothing_saved")
    async with house.client() as http:
        response = await http.post("/api/session", json={"lang": "en"})
    assert response.status_code == 503
    with house.database.transaction() as registry:
        assert registry.scalars(select(ConversationSession)).one().revoked_at is not None


async def test_history_shows_both_sides(house: House) -> None:
    async with house.newcomer() as http:
        await http.post("/api/messages", json=said("bonjour"))
        response = await http.get("/api/history")
    messages = response.json()["messages"]
    assert [(line["from"], line["text"]) for line in messages] == [
        ("assistant", "Bonjour."),
        ("user", "bonjour"),
        ("assistant", "« bonjour »"),
    ]
    assert messages[2]["buttons"] == [{"title": "Aide", "payload": "/help"}]


async def test_forgetting_erases_the_conversation_and_ends_the_session(house: House) -> None:
    async with house.newcomer() as http:
        response = await http.delete("/api/session")
        assert (response.status_code, response.content) == (204, b"")
        assert (await http.get("/api/history")).status_code == 401
    assert house.bot.conversations == {}


async def test_a_forgetting_that_failed_can_be_tried_again(house: House) -> None:
    async with house.newcomer() as http:
        house.bot.failure = failed(503, "store_unavailable")
        assert (await http.delete("/api/session")).status_code == 503
        house.bot.failure = None
        assert (await http.delete("/api/session")).status_code == 204


async def test_a_conversation_already_gone_is_forgotten_too(house: House) -> None:
    async with house.newcomer() as http:
        house.bot.conversations.clear()
        assert (await http.delete("/api/session")).status_code == 204


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer nobody", "Basic bm9ib2R5"])
async def test_without_a_good_token_there_is_a_sentence(house: House, authorization: str) -> None:
    headers = {"Authorization": authorization, "Accept-Language": "en"}
    async with house.client() as http:
        for call in (
            http.post("/api/messages", json=said("hello"), headers=headers),
            http.post("/api/verify", json={"code": "123456"}, headers=headers),
            http.get("/api/history", headers=headers),
            http.delete("/api/session", headers=headers),
        ):
            response = await call
            assert response.status_code == 401
            assert response.headers["WWW-Authenticate"] == "Bearer"
            assert response.json()["error"] == {
                "code": "session_unknown",
                "message": "This conversation is over. Please start a new one.",
            }


async def test_an_expired_session_is_over(house: House) -> None:
    async with house.newcomer() as http:
        with house.database.transaction() as registry:
            row = registry.scalars(select(ConversationSession)).one()
            row.expires_at = datetime.now(UTC) - timedelta(seconds=1)
        assert (await http.get("/api/history")).status_code == 401
