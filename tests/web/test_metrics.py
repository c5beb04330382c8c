"""Turns are counted for whoever runs the house, on its machine only, and without their text."""

import pytest

from tests.web.conftest import House, said
from tests.web.fake_bot import failed

pytestmark = pytest.mark.anyio


async def figures(house: House) -> str:
    async with house.client(address="127.0.0.1") as http:
        response = await http.get("/metrics")
    assert response.status_code == 200
    return response.text


async def test_turns_are_counted_by_language_and_outcome(house: House) -> None:
    async with house.newcomer("en") as http:
        await http.post("/api/messages", json=said("xylotremble"))
        await http.post("/api/messages", json=said("xylotremble"))
    text = await figures(house)
    assert 'assistant_turns_total{language="en",outcome="answered"} 2.0' in text
    assert "assistant_turn_seconds_count 2.0" in text
    assert "xylotremble" not in text


async def test_failing_turns_are_counted_by_kind(house: House) -> None:
    async with house.newcomer() as http:
        house.bot.failure = failed(503, "outcome_unknown")
        await http.post("/api/messages", json=said("bonjour"))
    assert 'assistant_turn_failures_total{kind="OutcomeUnknown"} 1.0' in await figures(house)


async def test_the_figures_are_for_this_machine_only(house: House) -> None:
    async with house.client(address="192.0.2.1") as http:
        assert (await http.get("/metrics")).status_code == 404
    async with house.client(address="127.0.0.1") as http:
        proxied = await http.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"})
    assert proxied.status_code == 404
