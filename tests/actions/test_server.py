"""The action server: for the bot alone, and honest about what a failed action has done."""

import asyncio
import itertools
import logging
import socket
from typing import Any

import httpx
import pytest
from sanic import Sanic

from actions import server
from actions.base import RegisterAction
from actions.house import House
from actions.turn import Events, Turn
from registry.models import OutboxMail
from registry.services import outbox

# Sanic rewrites its own methods at each start, which works once a process without this.
Sanic.test_mode = True

SECRET = "the secret of the tests"
AUTHORISED = {"Authorization": f"Bearer {SECRET}"}
TYPED = "xylotremble"
_names = (f"actions-under-test-{number}" for number in itertools.count())


class ActionThatFails(RegisterAction):
    """Writes to the register, then fails with what was typed in its message."""

    def name(self) -> str:
        return "action_that_fails"

    def act(self, session: Any, turn: Turn) -> Events:
        outbox.enqueue(session, "code", "a@example.org", "fr", {"code": "1"}, self.house.now())
        session.flush()
        raise LookupError(f"cannot do {TYPED}")


def call(name: str) -> dict[str, Any]:
    return {
        "next_action": name,
        "domain": {},
        "version": "3.6.21",
        "tracker": {
            "sender_id": "conversation-1",
            "slots": {"language": "fr"},
            "latest_message": {
                "intent": {"name": "code_refused", "confidence": 1.0},
                "entities": [],
                "text": TYPED,
            },
            "events": [],
            "paused": False,
            "active_loop": {},
        },
    }


@pytest.fixture
def ask(house: House, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sends one request to a server of its own: `ask("GET", "/health")`."""
    monkeypatch.setattr(server, "ACTIONS", (*server.ACTIONS, ActionThatFails))

    async def exchange(method: str, path: str, **request: Any) -> httpx.Response:
        app = server.make_app(house, SECRET)
        with socket.create_server(("127.0.0.1", 0)) as door:
            running = await app.create_server(sock=door, return_asyncio_server=True)
            await running.startup()
            await running.before_start()
            await running.after_start()
            address = f"http://127.0.0.1:{door.getsockname()[1]}"
            async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
                answer = await client.request(method, path, **request)
            await running.before_stop()
            running.close()
            await running.wait_closed()
        Sanic.unregister_app(app)
        return answer

    return lambda *args, **kwargs: asyncio.run(exchange(*args, **kwargs))


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
@pytest.mark.parametrize(("method", "path"), [("POST", "/webhook"), ("GET", "/health")])
def test_without_the_secret_nothing_is_done(
    ask: Any, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = ask(method, path, headers=headers, json=call("action_start_over"))
    assert answer.status_code == 401
    assert answer.json() == {"error": "unauthorised"}


def test_health_is_ok(ask: Any) -> None:
    assert ask("GET", "/health", headers=AUTHORISED).json() == {"status": "ok"}


def test_an_action_is_run_and_says_its_response(ask: Any) -> None:
    answer = ask("POST", "/webhook", headers=AUTHORISED, json=call("action_start_over"))
    said = [response["response"] for response in answer.json()["responses"]]
    assert said == ["utter_started_over", "utter_greeting"]


def test_a_failing_action_saves_nothing_and_says_so(
    ask: Any, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = ask("POST", "/webhook", headers=AUTHORISED, json=call("action_that_fails"))
    assert answer.status_code == 500
    assert answer.json() == {"error": "nothing_saved"}
    with house.database.transaction() as session:
        assert session.query(OutboxMail).count() == 0
    # Its kind and place are logged, neither its message nor what was typed.
    ours = [record for record in caplog.records if record.name == "actions.server"]
    assert "LookupError" in ours[0].getMessage()
    assert TYPED not in caplog.text


def test_an_unknown_action_fails_without_a_trace(ask: Any) -> None:
    answer = ask("POST", "/webhook", headers=AUTHORISED, json=call("action_unheard_of"))
    assert answer.status_code == 500
    assert answer.json() == {"error": "nothing_saved"}


def test_a_call_that_names_no_action_is_refused(ask: Any) -> None:
    answer = ask("POST", "/webhook", headers=AUTHORISED, json={"tracker": {}})
    assert answer.status_code == 404


def test_the_refusal_of_a_code_is_told_by_its_outcome(ask: Any) -> None:
    refused = call("action_code_refused")
    refused["tracker"]["latest_message"]["entities"] = [
        {"entity": "code_outcome", "value": "expired"}
    ]
    answer = ask("POST", "/webhook", headers=AUTHORISED, json=refused)
    assert [r["response"] for r in answer.json()["responses"]] == ["utter_code_expired"]


def test_what_is_no_json_is_refused_and_not_logged(
    ask: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = ask("POST", "/webhook", headers=AUTHORISED, content=f'{{"text": {TYPED}')
    assert answer.status_code == 400
    assert answer.json() == {"error": "nothing_saved"}
    assert TYPED not in caplog.text
