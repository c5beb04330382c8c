"""The gateway's side of the bot's loopback HTTP contract: typed answers, typed errors."""

from collections.abc import Mapping
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from web.gateway.contract import Answer, BotAnswer, History, Message, Said

# Whoever asks about health does not wait as long as someone who is talking.
HEALTH_SECONDS = 4.0

Body = TypeVar("Body", bound=BaseModel)


class BotError(Exception):
    """The bot gave no usable answer; the subclass says what that means for the user."""


class NothingSaved(BotError):
    """The turn was undone, or never reached the bot."""


class OutcomeUnknown(BotError):
    """The turn was sent and may have been recorded; sending it again files nothing twice."""


class StoreUnavailable(BotError):
    """The bot cannot read its conversations."""


class PayloadNotOffered(BotError):
    """The payload is of a button that this conversation does not offer."""


class UnknownConversation(BotError):
    """The bot has no such conversation."""


_ERRORS: dict[str, type[BotError]] = {
    "nothing_saved": NothingSaved,
    "outcome_unknown": OutcomeUnknown,
    "store_unavailable": StoreUnavailable,
    "payload_not_offered": PayloadNotOffered,
    "unknown_conversation": UnknownConversation,
}


def http_client(port: int, secret: str, timeout_seconds: float) -> httpx.AsyncClient:
    """An HTTP client for the bot on this machine's loopback.

    Connections are not kept: one reused at the moment the bot closes it would read as a lost
    answer, and opening one on loopback costs a fraction of a millisecond.
    """
    return httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}",
        headers={"Authorization": f"Bearer {secret}"},
        timeout=timeout_seconds,
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=0),
        trust_env=False,
    )


class BotClient:
    """The bot, as the gateway sees it. Every method may raise a `BotError`."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def open(self, sender: str, lang: str) -> list[Message]:
        """Begin the conversation `sender` and return the greeting."""
        answer = await self._call("POST", "/open", {"sender": sender, "lang": lang})
        return _parsed(Answer, answer).messages

    async def turn(
        self, sender: str, message_id: str, lang: str, said: Mapping[str, str]
    ) -> BotAnswer:
        """Pass one message on; `said` holds one of text, payload and server_payload."""
        body = {"sender": sender, "message_id": message_id, "lang": lang, **said}
        return _parsed(BotAnswer, await self._call("POST", "/turn", body))

    async def history(self, sender: str) -> list[Said]:
        """What was said in the conversation, both sides, oldest first."""
        return _parsed(History, await self._call("GET", f"/conversations/{sender}")).messages

    async def forget(self, sender: str) -> None:
        """Erase the conversation; one already gone is as good."""
        try:
            await self._call("DELETE", f"/conversations/{sender}")
        except UnknownConversation:
            return

    async def failing_parts(self) -> tuple[str, ...]:
        """What the bot says does not answer; the bot itself when it says nothing."""
        try:
            response = await self._http.get("/health", timeout=HEALTH_SECONDS)
            return () if response.is_success else tuple(map(str, response.json()["failing"]))
        except (httpx.TransportError, ValueError, LookupError, TypeError):
            return ("bot",)

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()

    async def _call(
        self, method: str, path: str, body: Mapping[str, str] | None = None
    ) -> httpx.Response:
        try:
            response = await self._http.request(method, path, json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NothingSaved(type(error).__name__) from error
        except httpx.TransportError as error:
            raise OutcomeUnknown(type(error).__name__) from error
        if response.is_success:
            return response
        raise _error_of(response)


def _error_of(response: httpx.Response) -> BotError:
    """The bot's own error code decides; without one, only a refusal (4xx) is sure to be undone."""
    try:
        code = response.json()["error"]["code"]
    except (ValueError, LookupError, TypeError):
        code = None
    fallback = NothingSaved if response.is_client_error else OutcomeUnknown
    kind = _ERRORS.get(code, fallback) if isinstance(code, str) else fallback
    return kind(f"{response.status_code} {code}")


def _parsed(model: type[Body], response: httpx.Response) -> Body:
    try:
        return model.model_validate_json(response.content)
    except ValidationError as error:
        # Places and kinds only, and `from None`: the error itself repeats what was said.
        wrong = ", ".join(
            f"{'.'.join(map(str, detail['loc']))}: {detail['type']}" for detail in error.errors()
        )
        raise OutcomeUnknown(f"an answer outside the contract ({wrong})") from None
