"""The bot's only door: five routes on loopback, for the gateway alone."""

import asyncio
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json
from sqlalchemy.exc import SQLAlchemyError

from bot.failures import PayloadNotOffered, TurnFailed, UnknownConversation
from bot.messages import history
from bot.payloads import is_payload
from bot.processor import Turn
from bot.tracker_store import TrackerStoreConflict

logger = logging.getLogger(__name__)

IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,64}")
LANGUAGES = ("fr", "en")
KINDS = ("text", "payload", "server_payload")
LONGEST_TEXT = 1_000
OPENING = "opening"


class Unspoken(OutputChannel):
    """Says nothing itself: answers are read from the tracker once it is saved."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name in the tracker."""
        return "gateway"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep quiet."""


class BadRequest(Exception):
    """The gateway's request is not as the contract has it."""


class GatewayChannel(InputChannel):
    """Takes turns from the gateway and gives back what was said and what happened."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        """Return the prefix of the channel's routes: none."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "GatewayChannel":
        """Make the channel of credentials.yml; it needs ``secret``."""
        if not credentials or not credentials.get("secret"):
            cls.raise_missing_credentials_exception()
        return cls(credentials["secret"])

    def url_prefix(self) -> str:
        """Return where the routes stand below the root."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes. Rasa's callback is not used: it drops the turn's outcome."""
        routes = Blueprint("gateway")

        @routes.middleware("request")
        async def admit(request: Request) -> HTTPResponse | None:
            given = request.headers.get("authorization", "")
            if hmac.compare_digest(given.encode(), f"Bearer {self._secret}".encode()):
                return None
            return _error(401, "unauthorised")

        @routes.post("/open")
        async def open_conversation(request: Request) -> HTTPResponse:
            return await _answer(request, _opening_message)

        @routes.post("/turn")
        async def take_turn(request: Request) -> HTTPResponse:
            return await _answer(request, _turn_message)

        @routes.get("/conversations/<sender>")
        async def show_conversation(request: Request, sender: str) -> HTTPResponse:
            events = await _agent(request).tracker_store.events_of(sender)
            if not events:
                return _error(404, "unknown_conversation")
            return json({"messages": history(events)})

        @routes.delete("/conversations/<sender>")
        async def forget_conversation(request: Request, sender: str) -> HTTPResponse:
            agent = _agent(request)
            async with agent.lock_store.lock(sender):
                await agent.tracker_store.delete(sender)
            return empty()

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            failing = await _failing_parts(_agent(request))
            if failing:
                return json({"status": "unavailable", "failing": failing}, status=503)
            return json({"status": "ok", "model": _agent(request).model_name})

        @routes.exception(SQLAlchemyError, TrackerStoreConflict)
        async def store_failed(request: Request, error: Exception) -> HTTPResponse:
            logger.error("tracker store failed: %s", type(error).__name__)
            return _error(503, "store_unavailable")

        return routes


async def _answer(
    request: Request, read_message: Callable[[dict[str, Any]], UserMessage]
) -> HTTPResponse:
    try:
        message = read_message(_body(request))
    except BadRequest:
        return _error(400, "bad_request")
    # The turn goes on to its end and is saved even if the gateway hangs up.
    turn: Turn
    try:
        turn = await asyncio.shield(asyncio.ensure_future(_agent(request).handle_message(message)))
    except UnknownConversation:
        return _error(404, "unknown_conversation")
    except PayloadNotOffered:
        return _error(409, "payload_not_offered")
    except TurnFailed as failure:
        logger.error("turn failed: %s", failure.code)
        return _error(503, failure.code)
    return json(turn.as_dict())


def _opening_message(body: dict[str, Any]) -> UserMessage:
    language = _language(body)
    return UserMessage(
        text=f'/open{{"language": "{language}"}}',
        output_channel=Unspoken(),
        sender_id=_identifier(body, "sender"),
        message_id=OPENING,
        input_channel=GatewayChannel.name(),
        metadata={"kind": "server_payload", "from_server": True, "opens": True, "lang": language},
    )


def _turn_message(body: dict[str, Any]) -> UserMessage:
    given = [kind for kind in KINDS if kind in body]
    if len(given) != 1:
        raise BadRequest
    kind = given[0]
    text = body[kind]
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
        raise BadRequest
    if kind == "server_payload" and not is_payload(text):
        raise BadRequest
    return UserMessage(
        text=_typed(text) if kind == "text" else text,
        output_channel=Unspoken(),
        sender_id=_identifier(body, "sender"),
        message_id=_identifier(body, "message_id"),
        input_channel=GatewayChannel.name(),
        metadata={
            "kind": kind,
            "from_server": kind == "server_payload",
            "lang": _language(body),
        },
    )


def _typed(text: str) -> str:
    """Return typed text as data: Rasa reads a leading slash as a command.

    What is left of a text of slashes alone is a full stop, which no topic knows.
    """
    return re.sub(r"^[\s/]+", "", text).strip() or "."


def _body(request: Request) -> dict[str, Any]:
    try:
        body = request.json
    except Exception as error:
        raise BadRequest from error
    if not isinstance(body, dict):
        raise BadRequest
    return body


def _identifier(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not IDENTIFIER.fullmatch(value):
        raise BadRequest
    return value


def _language(body: dict[str, Any]) -> str:
    language = body.get("lang")
    if language not in LANGUAGES:
        raise BadRequest
    return language


async def _failing_parts(agent: Agent) -> list[str]:
    failing = []
    if not agent.is_ready():
        failing.append("model")
    try:
        agent.tracker_store.check()
    except SQLAlchemyError:
        failing.append("tracker_store")
    if not await agent.action_endpoint.is_healthy():
        failing.append("actions")
    return failing


def _agent(request: Request) -> Agent:
    return request.app.ctx.agent


def _error(status: int, code: str) -> HTTPResponse:
    return json({"error": {"code": code}}, status=status)
