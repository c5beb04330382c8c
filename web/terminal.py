"""`make chat`: the same assistant in the terminal, on the gateway's contract."""

import argparse
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
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
MY_DATA = "my-data"
# Longer than the gateway waits for the bot: its own answer says more than our giving up.
TIMEOUT_SECONDS = 60.0

_LINK = re.compile(r"\[([^\]]+)\]\((https://[^\s)]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")

Body = dict[str, Any]


class Stopped(Exception):
    """The conversation cannot go on; the message says why, in the user's language."""


@dataclass
class Terminal:
    """One conversation: `ask` reads a line after a prompt, `tell` writes one.

    A file that the assistant offers is saved in `folder`.
    """

    http: httpx.Client
    texts: Texts
    lang: str
    ask: Callable[[str], str]
    tell: Callable[[str], None]
    folder: Path = Path()
    buttons: list[Body] = field(default_factory=list)
    unanswered: Body | None = None

    def run(self) -> None:
        """Talk until the user leaves. Raises Stopped when that is not possible."""
        self._open()
        self.tell(self._say("how_to"))
        while (line := self._next_line()) != QUIT:
            button = self._button_of(line)
            if button and "download" in button:
                self._download(button["download"])
                continue
            body = self._body_of(line, button)
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

    def _button_of(self, line: str) -> Body | None:
        """The button whose number was typed."""
        numbered = {str(number): button for number, button in enumerate(self.buttons, 1)}
        return numbered.get(line)

    def _body_of(self, line: str, button: Body | None) -> Body | None:
        """What to send for a typed line: the message not answered yet, a button, or the text."""
        if not line:
            return self.unanswered
        said = {"payload": button["payload"]} if button else {"text": line}
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

    def _download(self, name: str) -> None:
        """Save a file of the gateway's in the folder, for its owner alone."""
        try:
            response = self.http.get(f"/api/{name}")
        except httpx.TransportError:
            self.tell(self._say("lost_gateway"))
            return
        if response.is_error:
            self.tell(self._json(response)["error"]["message"])
            return
        path = self.folder / f"{name}-{datetime.now():%Y%m%d-%H%M%S-%f}.json"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(response.content)
        self.tell(self._say("saved", path=path))

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
            for button in [*self._downloads(message), *message.get("buttons", [])]:
                self.buttons.append(button)
                self.tell(f"  [{len(self.buttons)}] {readable(button['title'])}")
        self.tell("")

    def _downloads(self, message: Body) -> list[Body]:
        """A button of our own for the file that a message offers."""
        offered = (message.get("custom") or {}).get("download")
        # Only the one file that is known here: what is fetched becomes a name on this disk.
        if offered != MY_DATA:
            return []
        return [{"title": self._say("download"), "download": offered}]

    def _say(self, key: str, **variables: object) -> str:
        url = str(self.http.base_url).rstrip("/")
        return self.texts.say(key, self.lang, url=url, **variables)


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
