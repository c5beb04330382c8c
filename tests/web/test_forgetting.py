"""Conversations that are over are forgotten at the bot, whatever fails on the way."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import select, text

from registry.models import ConversationSession
from registry.services import sessions
from tests.web.conftest import House
from tests.web.fake_bot import failed
from web.gateway import forgetting
from web.gateway.forgetting import forget_due

pytestmark = pytest.mark.anyio

NOW = datetime.now(UTC)


async def opened(house: House) -> str:
    """A new conversation."""
    known = set(house.bot.conversations)
    async with house.newcomer():
        (conversation,) = set(house.bot.conversations) - known
    return conversation


def expire(house: House, conversation: str, ago: timedelta) -> None:
    with house.database.transaction() as registry:
        registry.get_one(ConversationSession, conversation).expires_at = NOW - ago


def end(house: House, conversation: str, at: datetime = NOW) -> None:
    with house.database.transaction() as registry:
        sessions.revoke(registry, conversation, at)


def rows(house: House) -> set[str]:
    with house.database.transaction() as registry:
        return set(registry.scalars(select(ConversationSession.id)))


async def test_those_ended_or_long_expired_are_forgotten_and_no_others(house: House) -> None:
    going_on, ended, ending, expired, long_expired = [await opened(house) for _ in range(5)]
    end(house, ended)
    end(house, ending, NOW + timedelta(minutes=5))
    expire(house, expired, timedelta(days=6))
    expire(house, long_expired, timedelta(days=7))
    await forget_due(house.app.state.gateway)
    assert set(house.bot.conversations) == rows(house) == {going_on, ending, expired}


async def test_a_bot_that_is_away_is_asked_again_later(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = await opened(house)
    end(house, conversation)
    for failure in (httpx.ConnectError("away"), failed(503, "store_unavailable")):
        house.bot.failure = failure
        await forget_due(house.app.state.gateway)
        assert rows(house) == {conversation}
    assert conversation not in caplog.text
    house.bot.failure = None
    await forget_due(house.app.state.gateway)
    assert rows(house) == set(house.bot.conversations) == set()


async def test_one_that_the_bot_forgot_before_the_gateway_was_stopped_is_done_with(
    house: House,
) -> None:
    conversation = await opened(house)
    end(house, conversation)
    house.bot.conversations.clear()
    await forget_due(house.app.state.gateway)
    assert rows(house) == set()


async def test_all_that_are_due_are_forgotten_in_one_go(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    for _ in range(5):
        end(house, await opened(house))
    await forget_due(house.app.state.gateway)
    assert rows(house) == set()


async def test_the_gateway_forgets_by_itself_from_its_start_until_it_stops(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(forgetting, "PAUSE_SECONDS", 0.001)
    conversation = await opened(house)
    end(house, conversation)
    with house.database.transaction() as registry:
        registry.execute(text("ALTER TABLE sessions RENAME TO away"))
    async with asyncio.timeout(10), forgetting.forgetting(house.app.state.gateway):
        while "OperationalError" not in caplog.text:
            await asyncio.sleep(0)
        with house.database.transaction() as registry:
            registry.execute(text("ALTER TABLE away RENAME TO sessions"))
        while house.bot.conversations:
            await asyncio.sleep(0)
