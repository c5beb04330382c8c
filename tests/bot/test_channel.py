"""The bot's door: the contract with the gateway, each error under its own code."""

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from rasa.core.channels import channel
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.exceptions import RasaException
from sanic import Sanic
from sqlalchemy.exc import OperationalError

from bot.channel import LONGEST_TEXT, GatewayChannel
from bot.failures import (
    NOTHING_SAVED,
    OUTCOME_UNKNOWN,
    PayloadNotOffered,
    TurnFailed,
    UnknownConversation,
)
from bot.locks import ConversationLocks
from bot.processor import Turn
from bot.tracker_store import TrackerStoreConflict
from tests.bot.fake_action_server import FakeActionServer

# Sanic rewrites its own methods at each start, which works once a process without this.
Sanic.test_mode = True

SECRET = "a secret of the tests"
STORE_DOWN = OperationalError("SELECT 1", {}, Exception("disk I/O error"))
_names = (f"bot-under-test-{number}" for number in itertools.count())


class FakeStore:
    """A tracker store that holds given events, or raises what it is told to."""

    def __init__(self) -> None:
        self.events: list = []
        self.error: Exception | None = None
        self.deleted: list[str] = []

    def check(self) -> None:
        if self.error:
            raise self.error

    async def events_of(self, sender: str) -> list:
        self.check()
        return self.events

    async def delete(self, sender: str) -> None:
        self.check()
        self.deleted.append(sender)


class FakeAgent:
    """Answers every message with one turn, or raises what it is told to."""

    model_name = "tiny.tar.gz"

    def __init__(self) -> None:
        self.messages: list[UserMessage] = []
        self.error: BaseException | None = None
        self.ready = True
        self.tracker_store = FakeStore()
        self.lock_store = ConversationLocks()
        self.action_endpoint = FakeActionServer()

    def is_ready(self) -> bool:
        return self.ready

    async def handle_message(self, message: UserMessage) -> Turn:
        self.messages.append(message)
        if self.error:
            raise self.error
        said = [{"text": "Bonjour.", "lang": "fr", "buttons": []}]
        return Turn(said, "greet", 0.987654, "fr", "answered")


@pytest.fixture
def fake_agent() -> FakeAgent:
    return FakeAgent()


@asynccontextmanager
async def served(agent: FakeAgent) -> AsyncIterator[str]:
    """The channel on a free port, as bot.server sets it up; gives its address."""
    app = Sanic(next(_names), configure_logging=False)
    app.ctx.agent = agent
    channel.register([GatewayChannel(SECRET)], app, route="/")
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = await app.create_server(sock=door, return_asyncio_server=True)
        await server.startup()
        await server.before_start()
        await server.after_start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            await server.before_stop()
            server.close()
            await server.wait_closed()


@pytest.fixture
def ask(run, fake_agent: FakeAgent) -> Callable[..., tuple[int, Any]]:
    """Sends one request and gives status and body: `ask("POST", "/turn", json={…})`."""

    def send(
        method: str, path: str, secret: str | None = SECRET, **request: Any
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {secret}"} if secret is not None else {}

        async def exchange() -> tuple[int, Any]:
            async with (
                served(fake_agent) as url,
                aiohttp.ClientSession(headers=headers) as client,
                client.request(method, url + path, **request) as reply,
            ):
                return reply.status, await reply.json() if await reply.read() else None

        return run(exchange())

    return send


def turn(**kind: Any) -> dict[str, Any]:
    return {"sender": "conversation-1", "message_id": "message-1", "lang": "fr", **kind}


def error(code: str) -> dict[str, Any]:
    return {"error": {"code": code}}


# The secret


@pytest.mark.parametrize("secret", [None, "", "another", SECRET + "x", SECRET[:-1], "é"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/turn"),
        ("POST", "/open"),
        ("GET", "/conversations/conversation-1"),
        ("DELETE", "/conversations/conversation-1"),
        ("GET", "/health"),
    ],
)
def test_without_the_secret_nothing_is_done(
    ask, fake_agent: FakeAgent, method: str, path: str, secret: str | None
) -> None:
    assert ask(method, path, secret=secret, json=turn(text="bonjour")) == (
        401,
        error("unauthorised"),
    )
    assert fake_agent.messages == fake_agent.tracker_store.deleted == []


def test_the_channel_needs_a_secret() -> None:
    for credentials in (None, {}, {"secret": ""}):
        with pytest.raises(RasaException):
            GatewayChannel.from_credentials(credentials)


# Taking a turn


def test_a_turn_gives_what_was_said_and_its_figures(ask) -> None:
    assert ask("POST", "/turn", json=turn(text="bonjour")) == (
        200,
        {
            "messages": [{"text": "Bonjour.", "lang": "fr", "buttons": []}],
            "turn": {
                "topic": "greet",
                "confidence": 0.9877,
                "language": "fr",
                "outcome": "answered",
                "replayed": False,
            },
        },
    )


@pytest.mark.parametrize(
    ("kind", "from_server"), [("text", False), ("payload", False), ("server_payload", True)]
)
def test_the_agent_is_told_what_kind_of_message_it_is(
    ask, fake_agent: FakeAgent, kind: str, from_server: bool
) -> None:
    ask("POST", "/turn", json=turn(**{kind: "/code_accepted"}))
    (message,) = fake_agent.messages
    assert (message.sender_id, message.message_id) == ("conversation-1", "message-1")
    assert message.metadata == {"kind": kind, "from_server": from_server, "lang": "fr"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("bonjour", "bonjour"),
        ("  bonjour  ", "bonjour"),
        ("/restart", "restart"),
        ("//restart", "restart"),
        (" / /restart", "restart"),
        ('/greet{"language": "en"}', 'greet{"language": "en"}'),
        ("\n/greet", "greet"),
        ("1/2", "1/2"),
        ("/", "."),
        (" // / ", "."),
    ],
)
def test_typed_text_never_begins_with_a_slash(
    ask, fake_agent: FakeAgent, typed: str, read: str
) -> None:
    assert ask("POST", "/turn", json=turn(text=typed))[0] == 200
    assert fake_agent.messages[0].text == read


def test_a_payload_keeps_its_slash(ask, fake_agent: FakeAgent) -> None:
    ask("POST", "/turn", json=turn(payload="/help"))
    assert fake_agent.messages[0].text == "/help"


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "bonjour",
        1,
        {},
        turn(),
        turn(text="bonjour", payload="/help"),
        turn(text="bonjour", server_payload="/help"),
        turn(text=None),
        turn(text=""),
        turn(text="   "),
        turn(text=1),
        turn(text=["bonjour"]),
        turn(text={"a": 1}),
        turn(text="a" * (LONGEST_TEXT + 1)),
        turn(payload=""),
        {**turn(text="bonjour"), "sender": ""},
        {**turn(text="bonjour"), "sender": "a b"},
        {**turn(text="bonjour"), "sender": "../x"},
        {**turn(text="bonjour"), "sender": "a" * 65},
        {**turn(text="bonjour"), "sender": 1},
        {**turn(text="bonjour"), "sender": "conversation-1\n"},
        {**turn(text="bonjour"), "message_id": None},
        {**turn(text="bonjour"), "lang": "de"},
        {**turn(text="bonjour"), "lang": None},
        {**turn(text="bonjour"), "lang": ["fr"]},
        {"text": "bonjour"},
        turn(server_payload="code_accepted"),
        turn(server_payload='/code_refused{"code_outcome"'),
    ],
    ids=str,
)
def test_a_turn_that_is_not_as_the_contract_has_it_is_refused(
    ask, fake_agent: FakeAgent, body: Any
) -> None:
    assert ask("POST", "/turn", json=body) == (400, error("bad_request"))
    assert fake_agent.messages == []


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"text=bonjour"])
def test_a_body_that_is_no_json_is_refused(ask, data: bytes) -> None:
    assert ask("POST", "/turn", data=data) == (400, error("bad_request"))


def test_a_text_of_the_greatest_length_is_taken(ask) -> None:
    assert ask("POST", "/turn", json=turn(text="é" * LONGEST_TEXT))[0] == 200


# Opening


@pytest.mark.parametrize("language", ["fr", "en"])
def test_opening_is_a_turn_of_our_own_in_the_language(
    ask, fake_agent: FakeAgent, language: str
) -> None:
    status, body = ask("POST", "/open", json={"sender": "conversation-1", "lang": language})
    assert (status, body["messages"][0]["text"]) == (200, "Bonjour.")
    (message,) = fake_agent.messages
    assert message.text == f'/open{{"language": "{language}"}}'
    assert message.metadata["opens"]


@pytest.mark.parametrize("body", [{}, {"sender": "conversation-1"}, {"lang": "fr"}, []])
def test_an_opening_needs_sender_and_language(ask, body: Any) -> None:
    assert ask("POST", "/open", json=body) == (400, error("bad_request"))


# Failing


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (UnknownConversation("x"), 404, "unknown_conversation"),
        (PayloadNotOffered(), 409, "payload_not_offered"),
        (TurnFailed(NOTHING_SAVED, "x"), 503, "nothing_saved"),
        (TurnFailed(OUTCOME_UNKNOWN, "x"), 503, "outcome_unknown"),
        (STORE_DOWN, 503, "store_unavailable"),
        (TrackerStoreConflict("x"), 503, "store_unavailable"),
    ],
    ids=lambda value: getattr(value, "code", None) or type(value).__name__,
)
def test_each_failure_has_its_status_and_code(
    ask, fake_agent: FakeAgent, failure: BaseException, status: int, code: str
) -> None:
    fake_agent.error = failure
    assert ask("POST", "/turn", json=turn(text="bonjour")) == (status, error(code))


def test_a_turn_goes_on_to_its_end_when_the_gateway_hangs_up(run, fake_agent: FakeAgent) -> None:
    async def hang_up_and_see() -> str:
        begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def slow(message: UserMessage) -> Turn:
            begun.set()
            await may_end.wait()
            ended.set()
            return Turn([], "greet", 1.0, "fr", "answered")

        fake_agent.handle_message = slow
        headers = {"Authorization": f"Bearer {SECRET}"}
        async with served(fake_agent) as url:
            client = aiohttp.ClientSession(headers=headers)
            request = asyncio.create_task(client.post(url + "/turn", json=turn(text="bonjour")))
            await begun.wait()
            request.cancel()
            await client.close()
            may_end.set()
            async with asyncio.timeout(5):
                await ended.wait()
        return "ended"

    assert run(hang_up_and_see()) == "ended"


# Reading and forgetting a conversation


def test_a_conversation_can_be_read_back(ask, fake_agent: FakeAgent) -> None:
    fake_agent.tracker_store.events = [
        UserUttered("bonjour", metadata={"from_server": False, "lang": "fr"}),
        BotUttered("Bonjour.", data={}, metadata={"metadata": {"lang": "fr"}}),
    ]
    assert ask("GET", "/conversations/conversation-1") == (
        200,
        {
            "messages": [
                {"from": "user", "text": "bonjour", "lang": "fr", "buttons": []},
                {"from": "assistant", "text": "Bonjour.", "lang": "fr", "buttons": []},
            ]
        },
    )


def test_a_conversation_that_is_not_there_is_not_found(ask) -> None:
    assert ask("GET", "/conversations/conversation-1") == (404, error("unknown_conversation"))


def test_a_conversation_can_be_forgotten(ask, fake_agent: FakeAgent) -> None:
    assert ask("DELETE", "/conversations/conversation-1") == (204, None)
    assert fake_agent.tracker_store.deleted == ["conversation-1"]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_store_that_fails_is_told_so(ask, fake_agent: FakeAgent, method: str) -> None:
    fake_agent.tracker_store.error = STORE_DOWN
    assert ask(method, "/conversations/conversation-1") == (503, error("store_unavailable"))


# Health


def test_health_is_ok_when_everything_answers(ask) -> None:
    assert ask("GET", "/health") == (200, {"status": "ok", "model": "tiny.tar.gz"})


def test_health_names_what_fails(ask, fake_agent: FakeAgent) -> None:
    fake_agent.ready = False
    fake_agent.tracker_store.error = STORE_DOWN
    fake_agent.action_endpoint.healthy = False
    assert ask("GET", "/health") == (
        503,
        {"status": "unavailable", "failing": ["model", "tracker_store", "actions"]},
    )


def test_one_failing_part_is_enough(ask, fake_agent: FakeAgent) -> None:
    fake_agent.action_endpoint.healthy = False
    assert ask("GET", "/health")[1]["failing"] == ["actions"]
