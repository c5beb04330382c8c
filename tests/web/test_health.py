"""Health is real, and the contract's description stays on this machine."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.web.conftest import House
from web.gateway.app import GatewayTexts, create_app
from web.gateway.bot_client import BotClient

pytestmark = pytest.mark.anyio

TEXTS = Path(__file__).parents[2] / "data" / "texts"


async def test_all_well(house: House) -> None:
    async with house.client() as http:
        response = await http.get("/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("health", "failing"),
    [
        (
            httpx.Response(503, json={"status": "unavailable", "failing": ["model", "actions"]}),
            ["model", "actions"],
        ),
        (httpx.Response(500, text="<html>"), ["bot"]),
        (httpx.Response(503, json=[]), ["bot"]),
        (httpx.ConnectError("refused"), ["bot"]),
        (httpx.ReadTimeout("slow"), ["bot"]),
    ],
)
async def test_what_the_bot_says_is_not_well_is_named(
    house: House, health: Exception | httpx.Response, failing: list[str]
) -> None:
    house.bot.health = health
    async with house.client() as http:
        response = await http.get("/health")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "failing": failing}


async def test_a_registry_that_does_not_answer_is_named(house: House, tmp_path: Path) -> None:
    missing = replace(house.settings, database_url=f"sqlite:///{tmp_path}/no/such/folder.db")
    app = create_app(missing, GatewayTexts.load(TEXTS), BotClient(house.bot.http()))
    async with House(missing, app, house.bot, house.database).client() as http:
        response = await http.get("/health")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "failing": ["registry"]}


async def test_the_description_is_for_this_machine_only(house: House) -> None:
    async with house.client(address="127.0.0.1") as http:
        schema = (await http.get("/api/docs")).json()
        proxied = await http.get("/api/docs", headers={"X-Forwarded-For": "192.0.2.1"})
    assert set(schema["paths"]) == {
        "/api/session",
        "/api/messages",
        "/api/verify",
        "/api/history",
        "/api/feedback",
        "/api/my-data",
        "/health",
    }
    assert "requestBody" in schema["paths"]["/api/messages"]["post"]
    assert proxied.status_code == 404
    async with house.client(address="192.0.2.1") as http:
        assert (await http.get("/api/docs")).status_code == 404
