"""The gateway behind its real server."""

import asyncio
import json
import socket
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from registry.models import Turn
from tests.web.conftest import House, said
from web.gateway import __main__ as entry_point
from web.gateway.__main__ import server_of


@pytest.fixture
def http(served: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served, trust_env=False) as client:
        opened = client.post("/api/session", json={"lang": "en"}).json()
        client.headers["Authorization"] = f"Bearer {opened['token']}"
        yield client


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(0, size, 4096):
        yield b"x" * 4096


def test_100_kb_are_refused_with_a_sentence_and_the_conversation_goes_on(
    http: httpx.Client,
) -> None:
    for content in (b"x" * 100_000, chunks(100_000)):
        response = http.post("/api/messages", content=content)
        assert response.status_code == 413
        assert response.json()["error"]["code"] == "body_too_large"
    assert http.post("/api/messages", json=said("hello")).status_code == 200


def test_nothing_said_reaches_the_log(
    house: House, http: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    caplog.set_level("WARNING", logger="httpx")  # as the entry point sets it
    http.post("/api/messages", json=said("Zoé zoe@example.com 123456"))
    http.post("/api/messages", content='{"text": "Zoé"')
    http.get("/api/demo/mail", params={"to": "zoe@example.com"})
    house.bot.failure = httpx.ReadTimeout("slow")
    http.post("/api/messages", json=said("Zoé"))
    assert "outcome_unknown" in caplog.text
    for word in ("Zo", "zoe", "123456", house.conversation_id()):
        assert word not in caplog.text


def test_the_server_does_not_name_itself(http: httpx.Client) -> None:
    assert "server" not in http.get("/health").headers


@pytest.mark.anyio
async def test_a_client_that_hangs_up_leaves_a_counted_turn(house: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = server_of(house.app, house.settings)
        serving = asyncio.create_task(server.serve([listening]))
        async with house.newcomer() as http:
            authorization = http.headers["Authorization"]
        house.bot.may_answer.clear()
        house.bot.reached.clear()
        _, writer = await asyncio.open_connection(*listening.getsockname())
        body = json.dumps(said("bonjour"))
        writer.write(
            "POST /api/messages HTTP/1.1\r\nHost: gateway\r\n"
            f"Authorization: {authorization}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        await house.bot.reached.wait()
        writer.close()
        await writer.wait_closed()
        house.bot.may_answer.set()
        server.should_exit = True
        await serving
    with house.database.transaction() as registry:
        assert registry.scalars(select(Turn)).one().outcome == "answered"


def test_a_missing_secret_stops_it_in_production_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entry_point, "load_environment_files", lambda root: None)
    monkeypatch.setenv("APP_ENV", "production")
    monkeypatch.setenv("SERVICE_OPERATOR", "Example Services")
    for name in ("BOT_SECRET", "ACTIONS_SECRET", "HASH_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert entry_point.main() == 1
    told = capsys.readouterr().err
    assert "BOT_SECRET" in told
    assert len(told.splitlines()) == 1
