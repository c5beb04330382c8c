"""Forgetting conversations that are over, at the bot, which alone keeps what was said.

The register says which: those whose session was ended, and those whose session expired some
days ago. Its row goes last, so that a gateway that is stopped half-way begins there again.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from registry.services import sessions
from web.gateway.bot_client import BotError
from web.gateway.context import Gateway, now

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 60.0
BATCH = 50


@asynccontextmanager
async def forgetting(gateway: Gateway) -> AsyncIterator[None]:
    """Forget what is due now and then, for as long as the gateway serves."""
    task = asyncio.create_task(_keep_forgetting(gateway))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def forget_due(gateway: Gateway) -> None:
    """Forget every conversation that is due; one that fails stays due and keeps no other.

    Raises SQLAlchemyError when the register fails.
    """
    days = gateway.settings.retention.conversation
    while True:
        due = await gateway.in_registry(
            lambda registry: sessions.to_forget(registry, days, now(), BATCH)
        )
        forgotten = [await _forget(gateway, conversation_id) for conversation_id in due]
        if len(due) < BATCH or not all(forgotten):
            return


async def _forget(gateway: Gateway, conversation_id: str) -> bool:
    try:
        await gateway.bot.forget(conversation_id)
    except BotError as error:
        logger.warning("a conversation is forgotten later: %s", type(error).__name__)
        return False
    await gateway.in_registry(lambda registry: sessions.remove(registry, conversation_id))
    return True


async def _keep_forgetting(gateway: Gateway) -> None:
    while True:
        try:
            await forget_due(gateway)
        except SQLAlchemyError as error:
            logger.warning("conversations are forgotten later: %s", type(error).__name__)
        await asyncio.sleep(PAUSE_SECONDS)
