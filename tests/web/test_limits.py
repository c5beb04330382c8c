"""How often a session and an address may ask."""

from typing import Any

import pytest

from tests.web.conftest import House, said
from web.gateway import limits

pytestmark = pytest.mark.anyio


async def test_a_session_over_its_rate_is_told_when_to_come_back(build: Any) -> None:
    house: House = build(session_rate="2/minute")
    async with house.newcomer("en") as http:
        for _ in range(2):
            assert (await http.post("/api/messages", json=said("hello"))).status_code == 200
        response = await http.post("/api/messages", json=said("hello"))
    assert response.status_code == 429
    seconds = int(response.headers["Retry-After"])
    assert 50 <= seconds <= 61
    assert response.json()["error"] == {
        "code": "too_many_requests",
        "message": f"Too many messages in a short time. Try again in {seconds} s.",
    }
    assert len(house.bot.turns) == 2


async def test_one_busy_session_does_not_use_up_what_its_neighbours_share(build: Any) -> None:
    house: House = build(session_rate="2/minute", address_rate="6/minute")
    async with house.newcomer() as busy, house.newcomer() as neighbour:
        for _ in range(10):
            await busy.post("/api/messages", json=said("encore"))
        assert (await neighbour.post("/api/messages", json=said("bonjour"))).status_code == 200


async def test_the_sessions_of_an_address_share_its_rate(build: Any) -> None:
    house: House = build(address_rate="4/minute")
    async with house.newcomer() as one, house.newcomer() as other:
        assert (await one.post("/api/messages", json=said("a"))).status_code == 200
        assert (await other.post("/api/messages", json=said("b"))).status_code == 200
        assert (await one.post("/api/messages", json=said("c"))).status_code == 429
    async with house.newcomer(address="198.51.100.1") as elsewhere:
        assert (await elsewhere.post("/api/messages", json=said("d"))).status_code == 200


async def test_bad_bodies_count_too(build: Any) -> None:
    house: House = build(session_rate="2/minute")
    async with house.newcomer() as http:
        answers = [await http.post("/api/messages", content="[]") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [400, 400, 429]


async def test_an_address_guessing_tokens_is_stopped(build: Any) -> None:
    house: House = build(address_rate="3/minute")
    async with house.client() as http:
        answers = [
            await http.get("/api/history", headers={"Authorization": f"Bearer {guess}"})
            for guess in range(4)
        ]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]


async def test_openings_are_limited_per_address(
    build: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OPENINGS_PER_ADDRESS", "2/minute")
    house: House = build()
    async with house.client() as http, house.client(address="198.51.100.1") as elsewhere:
        answers = [await http.post("/api/session", json={}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [201, 201, 429]
        assert "Retry-After" in answers[2].headers
        assert (await elsewhere.post("/api/session", json={})).status_code == 201


async def test_behind_a_trusted_proxy_each_client_has_its_own_rate(build: Any) -> None:
    house: House = build(address_rate="1/minute", trusted_proxies=("203.0.113.0/24",))
    async with house.client() as proxy:
        for client, status in (("192.0.2.1", 201), ("192.0.2.2", 201), ("192.0.2.1", 429)):
            response = await proxy.post(
                "/api/session", json={}, headers={"X-Forwarded-For": client}
            )
            assert response.status_code == status


async def test_a_stranger_cannot_choose_its_address(build: Any) -> None:
    house: House = build(address_rate="1/minute")
    async with house.client() as http:
        for claim, status in (("192.0.2.1", 201), ("192.0.2.2", 429)):
            response = await http.post("/api/session", json={}, headers={"X-Forwarded-For": claim})
            assert response.status_code == status
