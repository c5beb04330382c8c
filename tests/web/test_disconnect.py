"""A turn goes on to its end when the client is gone."""

import asyncio

import pytest
from sqlalchemy import func, select

from registry.models import Turn
from tests.web.conftest import House, said

pytestmark = pytest.mark.anyio


async def test_a_turn_survives_its_client(house: House) -> None:
    message = said("bonjour")
    async with house.newcomer() as http:
        house.bot.may_answer.clear()
        house.bot.reached.clear()
        request = asyncio.create_task(http.post("/api/messages", json=message))
        await house.bot.reached.wait()
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        house.bot.may_answer.set()
        await asyncio.gather(*house.app.state.gateway.under_way)
        assert counted(house) == 1
        again = await http.post("/api/messages", json=message)
        assert again.json()["messages"][0]["text"] == "« bonjour »"
        assert counted(house) == 1


async def test_stopping_the_gateway_waits_for_the_turns_under_way(house: House) -> None:
    async with house.newcomer() as http:
        house.bot.may_answer.clear()
        house.bot.reached.clear()
        request = asyncio.create_task(http.post("/api/messages", json=said("bonjour")))
        await house.bot.reached.wait()
        request.cancel()
        stopping = asyncio.create_task(house.app.state.gateway.close())
        house.bot.may_answer.set()
        await stopping
    assert counted(house) == 1


def counted(house: House) -> int:
    with house.database.transaction() as registry:
        return registry.scalars(select(func.count()).select_from(Turn)).one()
