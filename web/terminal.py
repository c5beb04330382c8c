"""`make chat`: the same assistant in the terminal, on the gateway's contract."""

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from os import environ
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from registry.settings import load_environment_files
from registry.texts import Texts

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "data" / "texts" / "terminal.yml"
QUIT = "/quit"
# Longer than the gateway waits for the bot: its own answer says more than our giving up.
TIMEOUT_SECONDS = 60.0

_LINK = re.compile(r"\[([^\]]+)\]\((https://[^\s)]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")

Body = dict[str, Any]


class Stopped(Exception):
    """The conversation cannot go on; the message says why, in the user's language."""


@dataclass
class Terminal:
    """One conversation: `ask` reads a line after a prompt, `tell` writes one."""

    http: httpx.Client
    texts: Texts
    lang: str
    ask: Callable[[str], str]
    tell: Callable[[str], None]
    buttons: list[Body] = field(default_factory=list)
    unanswered: Body | None = None

    def run(self) -> None:
        """Talk until the user leaves. Raises Stopped when that is not possible."""
        self._open()
        self.tell(self._say("how_to"))
        while (line := self._next_line()) != QUIT:
            body = self._body_of(line)
            if body is not None:
                self._send(body)
        self.tell(self._say("goodbye"))

    def _open(self) -> None:
        try:
            response = self.http.post("/api/session", json={"lang": self.lang})
        except httpx.TransportError:
            raise Stopped(self._say("no_gateway")) from None
        answer = self._json(response)
        if response.is_error:
            raise Stopped(answer["error"]["message"])
        self.http.headers["Authorization"] = f"Bearer {answer['token']}"
        self._show(answer["messages"])

    def _next_line(self) -> str:
        try:
            return self.ask(self._say("prompt")).strip()
        except (EOFError, KeyboardInterrupt):
            self.tell("")
            return QUIT

    def _body_of(self, line: str) -> Body | None:
        """What to send for a typed line: the message not answered yet, a button, or the text."""
        if not line:
            return self.unanswered
        said = {"text": line}
        numbered = {str(number): button for number, button in enumerate(self.buttons, 1)}
        if line in numbered:
            said = {"payload": numbered[line]["payload"]}
        return {"message_id": str(uuid4()), **said}

    def _send(self, body: Body) -> None:
        self.unanswered = None
        try:
            response = self.http.post("/api/messages", json=body)
        except httpx.TransportError:
            self._offer_again(body, self._say("lost_gateway"))
            return
        answer = self._json(response)
        if response.is_success:
            self._show(answer["messages"])
        elif response.status_code == 401:
            raise Stopped(answer["error"]["message"])
        elif response.status_code in (429, 503):
            self._offer_again(body, answer["error"]["message"])
        else:
            self.tell(answer["error"]["message"])

    def _offer_again(self, body: Body, why: str) -> None:
        self.unanswered = body
        self.tell(why)
        self.tell(self._say("send_again"))

    def _json(self, response: httpx.Response) -> Body:
        """The body of an answer; anything but the gateway's own stops the conversation."""
        try:
            answer: Body = response.json()
        except ValueError:
            raise Stopped(self._say("unexpected")) from None
        if not isinstance(answer, dict) or not ("messages" in answer or "error" in answer):
            raise Stopped(self._say("unexpected"))
        return answer

    def _show(self, messages: list[Body]) -> None:
        self.buttons = []
        for message in messages:
            self.lang = message["lang"]
            self.tell("\n" + readable(message["text"]))
            for button in message.get("buttons", []):
                self.buttons.append(button)
                self.tell(f"  [{len(self.buttons)}] {readable(button['title'])}")
        self.tell("")

    def _say(self, key: str) -> str:
        return self.texts.say(key, self.lang, url=str(self.http.base_url).rstrip("/"))


def readable(text: str) -> str:
    """A message without markup, and without characters that a terminal would obey."""
    plain = _BOLD.sub(r"\1", _LINK.sub(r"\1 (\2)", text))
    return "".join(character for character in plain if character.isprintable() or character == "\n")


def main(arguments: list[str] | None = None) -> int:
    """Run the client; 0 when the user left, 1 when the assistant could not be reached."""
    load_environment_files(ROOT)
    host, port = environ.get("WEB_HOST") or "127.0.0.1", environ.get("WEB_PORT") or "8000"
    parser = argparse.ArgumentParser(prog="python -m web.terminal", description=__doc__)
    parser.add_argument("--lang", choices=("fr", "en"), default="fr")
    parser.add_argument("--url", default=f"http://{host}:{port}", help="default: %(default)s")
    chosen = parser.parse_args(arguments)
    with httpx.Client(base_url=chosen.url, timeout=TIMEOUT_SECONDS, trust_env=False) as http:
        try:
            Terminal(http, Texts.load(TEXTS), chosen.lang, input, _tell).run()
        except Stopped as stopped:
            sys.stderr.write(f"{stopped}\n")
            return 1
    return 0


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
