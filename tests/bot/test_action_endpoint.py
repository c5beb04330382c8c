"""A failed call of an action says truly what it may have done."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from rasa.utils.endpoints import ClientResponseError

from bot.action_endpoint import ActionEndpoint
from bot.failures import NOTHING_SAVED, OUTCOME_UNKNOWN, TurnFailed

SECRET = "a secret of the tests"
CALL = {"next_action": "action_work", "sender_id": "conversation-1", "tracker": {"typed": "x"}}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """An action server on a free port, `handler` behind all its routes; gives its address."""
    app = web.Application()
    app.router.add_route("*", "/{route}", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, shutdown_timeout=0.1)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/webhook"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def calling(url: str, timeout_seconds: float = 5) -> AsyncIterator[ActionEndpoint]:
    endpoint = ActionEndpoint(url, SECRET, timeout_seconds)
    try:
        yield endpoint
    finally:
        await endpoint.close()


def replying(status: int, body: Any) -> Handler:
    async def reply(_: web.Request) -> web.Response:
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(status=status, text=text, content_type="application/json")

    return reply


async def call_once(handler: Handler, timeout_seconds: float = 5) -> Any:
    async with serving(handler) as url, calling(url, timeout_seconds) as endpoint:
        return await endpoint.request(json=CALL)


def failure_of(run, coroutine: Awaitable[Any]) -> str:
    with pytest.raises(TurnFailed) as failure:
        run(coroutine)
    return failure.value.code


def test_the_reply_of_an_action_that_ran_is_returned(run) -> None:
    reply = {"events": [], "responses": [{"response": "utter_done"}]}
    assert run(call_once(replying(200, reply))) == reply


def test_the_secret_is_sent_and_no_domain(run) -> None:
    seen: list[tuple[str, dict]] = []

    async def remember(request: web.Request) -> web.Response:
        seen.append((request.headers["Authorization"], await request.json()))
        return web.json_response({"events": [], "responses": []})

    run(call_once(remember))
    assert seen == [(f"Bearer {SECRET}", {**CALL, "domain": {}})]


def test_a_refused_connection_has_saved_nothing(run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    async def call() -> None:
        async with calling(f"http://127.0.0.1:{port}/webhook") as endpoint:
            await endpoint.request(json=CALL)

    assert failure_of(run, call()) == NOTHING_SAVED


def test_no_answer_in_time_leaves_the_outcome_unknown(run) -> None:
    async def never(_: web.Request) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError("nobody sets the event")

    assert failure_of(run, call_once(never, timeout_seconds=0.1)) == OUTCOME_UNKNOWN


def test_a_connection_closed_after_sending_leaves_the_outcome_unknown(run) -> None:
    async def hang_up(request: web.Request) -> web.Response:
        await request.read()
        request.transport.close()
        return web.Response()

    assert failure_of(run, call_once(hang_up)) == OUTCOME_UNKNOWN


def test_an_answer_cut_off_half_way_leaves_the_outcome_unknown(run) -> None:
    async def cut_off(request: web.Request) -> web.StreamResponse:
        reply = web.StreamResponse(headers={"Content-Length": "1000"})
        await reply.prepare(request)
        await reply.write(b'{"events": [')
        request.transport.close()
        return reply

    assert failure_of(run, call_once(cut_off)) == OUTCOME_UNKNOWN


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (500, {"error": "nothing_saved"}, NOTHING_SAVED),
        (503, {"error": "nothing_saved"}, NOTHING_SAVED),
        (500, {"error": "something else"}, OUTCOME_UNKNOWN),
        (500, {}, OUTCOME_UNKNOWN),
        (500, "<h1>Internal Server Error</h1>", OUTCOME_UNKNOWN),
        (500, "", OUTCOME_UNKNOWN),
        (500, [], OUTCOME_UNKNOWN),
        (500, "null", OUTCOME_UNKNOWN),
        (502, "", OUTCOME_UNKNOWN),
        (401, {"error": "unauthorised"}, OUTCOME_UNKNOWN),
    ],
)
def test_another_status_says_what_its_body_says(run, status: int, body: Any, code: str) -> None:
    assert failure_of(run, call_once(replying(status, body))) == code


@pytest.mark.parametrize("body", ["", "not json", '{"events": ['])
def test_a_success_that_cannot_be_read_leaves_the_outcome_unknown(run, body: str) -> None:
    assert failure_of(run, call_once(replying(200, body))) == OUTCOME_UNKNOWN


def test_an_action_that_rejects_its_execution_is_told_rasas_way(run) -> None:
    body = {"error": "not now", "action_name": "action_work"}
    with pytest.raises(ClientResponseError) as rejection:
        run(call_once(replying(400, body)))
    assert rejection.value.status == 400
    assert json.loads(rejection.value.text) == body


def test_a_failed_turn_is_no_exception_that_rasa_would_swallow() -> None:
    assert not issubclass(TurnFailed, Exception)


def test_a_failure_is_logged_without_what_was_typed(run, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        failure_of(run, call_once(replying(500, {"error": "camille@example.org said x"})))
    assert "action_work" in caplog.text
    assert "camille" not in caplog.text


def test_health_is_the_action_servers(run) -> None:
    async def health(status: int) -> bool:
        async def answer(request: web.Request) -> web.Response:
            return web.Response(status=status if request.path == "/health" else 404)

        async with serving(answer) as url, calling(url) as endpoint:
            return await endpoint.is_healthy()

    assert run(health(200)) is True
    assert run(health(503)) is False


def test_a_server_that_is_not_there_is_not_healthy(run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    async def ask() -> bool:
        async with calling(f"http://127.0.0.1:{port}/webhook") as endpoint:
            return await endpoint.is_healthy()

    assert run(ask()) is False


def test_one_connection_serves_many_calls(run) -> None:
    peers: list[Any] = []

    async def remember(request: web.Request) -> web.Response:
        peers.append(request.transport.get_extra_info("peername"))
        return web.json_response({"events": [], "responses": []})

    async def call_thrice() -> None:
        async with serving(remember) as url, calling(url) as endpoint:
            for _ in range(3):
                await endpoint.request(json=CALL)

    run(call_thrice())
    assert len(peers) == 3
    assert len(set(peers)) == 1


def test_closing_what_was_never_used_is_fine(run) -> None:
    run(ActionEndpoint("http://127.0.0.1:1/webhook", SECRET, 1).close())
