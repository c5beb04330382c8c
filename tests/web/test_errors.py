"""What the user is told when something fails, and what a log is not told."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from tests.web.conftest import House, said
from tests.web.fake_bot import failed

pytestmark = pytest.mark.anyio

NOTHING_SAVED = "The service is temporarily unavailable, nothing was saved. Try again in a moment."
OUTCOME_UNKNOWN = (
    "I could not check whether it was recorded. Send it again: it will not be filed twice."
)
STORE_UNAVAILABLE = "I cannot reach my data at the moment. Try again in a moment."


@pytest.mark.parametrize(
    ("failure", "code", "message"),
    [
        (failed(503, "nothing_saved"), "nothing_saved", NOTHING_SAVED),
        (failed(503, "outcome_unknown"), "outcome_unknown", OUTCOME_UNKNOWN),
        (failed(503, "store_unavailable"), "store_unavailable", STORE_UNAVAILABLE),
        (failed(400, "bad_request"), "nothing_saved", NOTHING_SAVED),
        (httpx.Response(401), "nothing_saved", NOTHING_SAVED),
        (httpx.Response(500, text="<html>"), "outcome_unknown", OUTCOME_UNKNOWN),
        (httpx.Response(200, text="<html>"), "outcome_unknown", OUTCOME_UNKNOWN),
        (httpx.Response(200, json={"messages": "?"}), "outcome_unknown", OUTCOME_UNKNOWN),
        (httpx.Response(503, json={"error": {"code": []}}), "outcome_unknown", OUTCOME_UNKNOWN),
        (httpx.ConnectError("refused"), "nothing_saved", NOTHING_SAVED),
        (httpx.ConnectTimeout("slow"), "nothing_saved", NOTHING_SAVED),
        (httpx.ReadTimeout("slow"), "outcome_unknown", OUTCOME_UNKNOWN),
        (httpx.ReadError("lost"), "outcome_unknown", OUTCOME_UNKNOWN),
        (httpx.RemoteProtocolError("lost"), "outcome_unknown", OUTCOME_UNKNOWN),
    ],
)
async def test_when_the_bot_fails_the_user_learns_whether_to_send_again(
    house: House, failure: Any, code: str, message: str
) -> None:
    typed = said("hello")
    async with house.newcomer("en") as http:
        house.bot.failure = failure
        response = await http.post("/api/messages", json=typed)
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert response.json() == {"error": {"code": code, "message": message}}
        house.bot.failure = None
        assert (await http.post("/api/messages", json=typed)).status_code == 200


async def test_an_answer_outside_the_contract_is_logged_without_its_text(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.newcomer() as http:
        house.bot.failure = httpx.Response(200, json={"messages": [{"text": "un secret"}]})
        await http.post("/api/messages", json=said("bonjour"))
    assert "messages.0.lang: missing" in caplog.text
    assert "un secret" not in caplog.text


async def test_a_conversation_the_bot_does_not_have_is_over(house: House) -> None:
    async with house.newcomer() as http:
        house.bot.conversations.clear()
        assert (await http.get("/api/history")).status_code == 401


async def test_a_registry_that_fails_is_told_before_anything_is_sent(house: House) -> None:
    async with house.newcomer("en") as http:
        with house.database.transaction() as registry:
            registry.execute(text("DROP TABLE sessions"))
        response = await http.post(
            "/api/messages", json=said("hello"), headers={"Accept-Language": "en"}
        )
    assert response.status_code == 503
    assert response.json()["error"] == {"code": "store_unavailable", "message": STORE_UNAVAILABLE}
    assert house.bot.turns == []


async def test_a_defect_is_answered_and_logged_without_what_was_typed(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.newcomer("en") as http:
        house.bot.failure = RuntimeError("un secret")
        response = await http.post("/api/messages", json=said("un secret"))
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal"
    assert response.json()["error"]["message"].startswith("Something went wrong on our side")
    assert "Content-Security-Policy" in response.headers
    assert "RuntimeError" in caplog.text
    assert "un secret" not in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/api/messages", 405, "method_not_allowed"),
        ("GET", "/api/demo/mail", 400, "bad_request"),
        ("GET", "/page/../app.py", 404, "not_found"),
        ("GET", "/openapi.json", 404, "not_found"),
        ("GET", "/docs", 404, "not_found"),
    ],
)
async def test_every_error_has_the_same_shape(
    house: House, method: str, path: str, status: int, code: str
) -> None:
    async with house.client() as http:
        response = await http.request(method, path)
    assert response.status_code == status
    assert response.json()["error"]["code"] == code
    assert response.json()["error"]["message"]


async def test_errors_speak_the_sessions_language_before_the_browsers(house: House) -> None:
    async with house.newcomer("fr") as http:
        english = {"Accept-Language": "en"}
        in_session = await http.post("/api/messages", content="[]", headers=english)
        too_large = await http.post("/api/messages", content="x" * 9000, headers=english)
        nowhere = await http.get("/nowhere", headers=english)
    assert in_session.json()["error"]["message"].startswith("Cette demande")
    assert too_large.json()["error"]["message"].startswith("Cet envoi")
    assert nowhere.json()["error"]["message"] == "This page does not exist."


async def test_without_session_or_browser_language_errors_are_french(house: House) -> None:
    async with house.client() as http:
        http.headers.pop("accept-language", None)
        response = await http.get("/nowhere")
    assert response.json()["error"]["message"] == "Cette page n'existe pas."
