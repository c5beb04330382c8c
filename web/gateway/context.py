"""What every request of one gateway process shares, and who is asking."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from registry.services import sessions
from registry.services.sessions import SessionState
from registry.session import Database
from registry.settings import Settings
from registry.texts import Texts
from web.gateway.bot_client import BotClient
from web.gateway.client_address import Network, client_address, limit_key
from web.gateway.errors import GatewayError
from web.gateway.limits import Limits
from web.gateway.metrics import Metrics

Result = TypeVar("Result")


@dataclass(frozen=True)
class Gateway:
    """The gateway's parts: settings, texts, registry, bot, limits, and the turns under way."""

    settings: Settings
    texts: Texts
    database: Database
    bot: BotClient
    limits: Limits
    trusted_proxies: tuple[Network, ...]
    metrics: Metrics = field(default_factory=Metrics)
    under_way: set[asyncio.Task[Any]] = field(default_factory=set)

    async def in_registry(self, work: Callable[[Session], Result]) -> Result:
        """Run `work` in one transaction of the registry, off the event loop."""

        def transaction() -> Result:
            with self.database.transaction() as session:
                return work(session)

        return await run_in_threadpool(transaction)

    async def to_the_end(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Await `work`, which goes on to its end even when whoever asked for it is gone."""
        task = asyncio.create_task(work)
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Let the turns under way end, then close the bot's and the registry's connections."""
        await asyncio.gather(*self.under_way, return_exceptions=True)
        await self.bot.close()
        self.database.close()


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def gateway_of(request: Request) -> Gateway:
    """The gateway that serves this request."""
    return cast(Gateway, request.app.state.gateway)


def address_of(request: Request) -> str:
    """Whom the address limits count this request for."""
    return limit_key(client_address(request, gateway_of(request).trusted_proxies))


async def session_of(request: Request) -> SessionState:
    """The session whose token the request carries, counted against its limits.

    From here on errors are in the session's language. Raises `GatewayError` session_unknown or
    too_many_requests.
    """
    gateway = gateway_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    session = None
    if scheme.lower() == "bearer" and token:
        session = await gateway.in_registry(
            lambda registry: sessions.find(registry, token, gateway.settings.hash_key, now())
        )
    if session is None:
        gateway.limits.count_for_address(address_of(request))
        raise GatewayError("session_unknown")
    request.state.language = session.lang
    gateway.limits.count_in_session(session.conversation_id, address_of(request))
    return session


GatewayNeeded = Annotated[Gateway, Depends(gateway_of)]
SessionNeeded = Annotated[SessionState, Depends(session_of)]
