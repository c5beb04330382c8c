"""A bot that keeps the loopback contract, for the gateway to talk to."""

import asyncio
import json
from typing import Any

import httpx

SECRET = "the-bots-own-secret"
ALWAYS_ACCEPTED = {"/switch_to_english", "/switch_to_french", "/greet", "/help"}
GREETINGS = {"fr": "Bonjour.", "en": "Hello."}


class FakeBot:
    """Answers like bot/ does; `failure` is raised or returned instead of the next answers."""

    def __init__(self) -> None:
        self.received: list[tuple[str, str, dict[str, Any]]] = []
        self.conversations: dict[str, list[dict[str, Any]]] = {}
        self.answers: dict[tuple[str, str], dict[str, Any]] = {}
        self.button = {"title": "Aide", "payload": "/help"}
        self.failure: Exception | httpx.Response | None = None
        self.health: Exception | httpx.Response = httpx.Response(200, json={"status": "ok"})
        self.reached = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    @property
    def turns(self) -> list[dict[str, Any]]:
        """The bodies of POST /turn, in order."""
        return [body for method, path, body in self.received if (method, path) == ("POST", "/turn")]

    def http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url="http://bot",
            headers={"Authorization": f"Bearer {SECRET}"},
            transport=httpx.MockTransport(self._answer),
        )

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {SECRET}":
            return httpx.Response(401)
        body = json.loads(request.content) if request.content else {}
        path = request.url.path
        self.received.append((request.method, path, body))
        if path == "/health":
            return _given(self.health)
        self.reached.set()
        await self.may_answer.wait()
        if self.failure is not None:
            return _given(self.failure)
        if path == "/open":
            return self._open(body)
        if path == "/turn":
            return self._turn(body)
        return self._conversation(request.method, path.rsplit("/", 1)[-1])

    def _open(self, body: dict[str, Any]) -> httpx.Response:
        greeting = {"text": GREETINGS[body["lang"]], "lang": body["lang"], "buttons": []}
        self.conversations[body["sender"]] = [{"from": "assistant", **greeting}]
        return httpx.Response(200, json={"messages": [greeting]})

    def _turn(self, body: dict[str, Any]) -> httpx.Response:
        known = self.answers.get((body["sender"], body["message_id"]))
        if known is not None:
            turn = known["turn"] | {"replayed": True}
            return httpx.Response(200, json=known | {"turn": turn})
        if "payload" in body and body["payload"] not in ALWAYS_ACCEPTED:
            return failed(409, "payload_not_offered")
        lang = {"/switch_to_english": "en", "/switch_to_french": "fr"}.get(
            body.get("payload", ""), body["lang"]
        )
        said = body.get("text") or body.get("payload") or body["server_payload"]
        reply = {"text": f"« {said} »", "lang": lang, "buttons": [self.button]}
        turn = {"topic": "help", "confidence": 0.9, "language": lang, "outcome": "answered"}
        answer = {"messages": [reply], "turn": turn}
        self.answers[(body["sender"], body["message_id"])] = answer
        user = {"from": "user", "text": said, "lang": body["lang"], "buttons": []}
        self.conversations[body["sender"]] += [user, {"from": "assistant", **reply}]
        return httpx.Response(200, json=answer)

    def _conversation(self, method: str, sender: str) -> httpx.Response:
        if sender not in self.conversations:
            return failed(404, "unknown_conversation")
        if method == "DELETE":
            del self.conversations[sender]
            return httpx.Response(204)
        return httpx.Response(200, json={"messages": self.conversations[sender]})


def failed(status: int, code: str) -> httpx.Response:
    """An error answer of the bot."""
    return httpx.Response(status, json={"error": {"code": code}})


def _given(failure: Exception | httpx.Response) -> httpx.Response:
    if isinstance(failure, Exception):
        raise failure
    return failure
