"""Calls the action server, and says truly what a failed call may have done."""

import json
import logging
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.failures import NOTHING_SAVED, OUTCOME_UNKNOWN, TurnFailed

logger = logging.getLogger(__name__)

ACTION_REJECTED = 400


class ActionEndpoint(EndpointConfig):
    """The action server, reached over one kept connection pool.

    Rasa's own endpoint opens a connection a call and lets an action that failed pass for
    one that ran. Here a failed call raises ``TurnFailed``.
    """

    def __init__(self, url: str, secret: str, timeout_seconds: float) -> None:
        # The SDK asks for a domain and our actions read none: it is not made, nor sent.
        super().__init__(url=url, enable_selective_domain=True)
        self._secret = secret
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._pool: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action that ``kwargs["json"]`` names and return the server's reply.

        Raises ``ClientResponseError`` with status 400 when the action rejects its own
        execution (Rasa's protocol), ``TurnFailed`` for every other failure.
        """
        call = {**kwargs["json"], "domain": {}}
        action = call["next_action"]
        try:
            async with self._session().post(self.url, json=call) as reply:
                body = await reply.read()
        except aiohttp.ClientConnectorError as error:
            raise self._failed(NOTHING_SAVED, action, error) from error
        except (TimeoutError, aiohttp.ClientError, ConnectionError) as error:
            raise self._failed(OUTCOME_UNKNOWN, action, error) from error
        if reply.status == ACTION_REJECTED:
            raise ClientResponseError(reply.status, reply.reason, body)
        if reply.status != 200:
            raise self._failed(_effect_of(body), action, f"status {reply.status}")
        try:
            return json.loads(body)
        except ValueError as error:
            raise self._failed(OUTCOME_UNKNOWN, action, error) from error

    async def is_healthy(self) -> bool:
        """Say whether the action server answers."""
        try:
            health = self.url.replace("/webhook", "/health")
            async with self._session().get(health) as reply:
                return reply.status == 200
        except (TimeoutError, aiohttp.ClientError, ConnectionError):
            return False

    async def close(self) -> None:
        """Close the kept connections."""
        if self._pool:
            await self._pool.close()

    def _session(self) -> aiohttp.ClientSession:
        if self._pool is None:
            self._pool = aiohttp.ClientSession(
                headers={"Authorization": f"Bearer {self._secret}"}, timeout=self._timeout
            )
        return self._pool

    @staticmethod
    def _failed(code: str, action: str, cause: Any) -> TurnFailed:
        logger.error("action %s failed (%s): %s", action, code, type(cause).__name__)
        return TurnFailed(code, f"{action}: {cause}")


def _effect_of(body: bytes) -> str:
    """Return what the action server says of a failed action's effects."""
    try:
        reply = json.loads(body)
    except ValueError:
        return OUTCOME_UNKNOWN
    nothing_saved = isinstance(reply, dict) and reply.get("error") == NOTHING_SAVED
    return NOTHING_SAVED if nothing_saved else OUTCOME_UNKNOWN
