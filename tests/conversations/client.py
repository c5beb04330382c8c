"""One person's browser: a conversation with the house through the gateway's contract."""

import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.conversations.house import House

TIMEOUT_SECONDS = 60.0
MAIL_SECONDS = 15
POLL_SECONDS = 0.05

Body = dict[str, Any]


@dataclass
class Conversation:
    """A session of its own; `messages` is the latest answer, `lang` that of its last message."""

    http: httpx.Client
    token: str
    lang: str
    messages: list[Body] = field(default_factory=list)

    @classmethod
    def open(cls, house: House, lang: str) -> "Conversation":
        """Begin a conversation in `lang`; `messages` is the greeting."""
        http = httpx.Client(
            base_url=house.address,
            headers={"X-Forwarded-For": house.new_address()},
            timeout=TIMEOUT_SECONDS,
            trust_env=False,
        )
        answer = http.post("/api/session", json={"lang": lang})
        assert answer.status_code == 201, answer.text
        opened = answer.json()
        return cls(http, opened["token"], lang, opened["messages"])

    def second_tab(self, house: House) -> "Conversation":
        """The same session in another client."""
        http = httpx.Client(
            base_url=house.address,
            headers={"X-Forwarded-For": house.new_address()},
            timeout=TIMEOUT_SECONDS,
            trust_env=False,
        )
        return Conversation(http, self.token, self.lang)

    def say(self, text: str) -> list[Body]:
        """Type a text; returns the answer's messages. The answer must be a success."""
        return self._heard(self.send({"text": text}))

    def press(self, payload: str) -> list[Body]:
        """Press a button by its payload."""
        return self._heard(self.send({"payload": payload}))

    def press_titled(self, title: str) -> list[Body]:
        """Press a button of the latest answer by its title."""
        return self.press(self.payload_of(title))

    def payload_of(self, title: str) -> str:
        """The payload of the button `title` of the latest answer."""
        offered = {b["title"]: b["payload"] for m in self.messages for b in m["buttons"]}
        assert title in offered, f"no button {title!r}, only {sorted(offered)}"
        return str(offered[title])

    def send(self, said: Body, message_id: str | None = None) -> httpx.Response:
        """Send `text` or `payload` as it is and return the response, whatever it is."""
        body = {"message_id": message_id or str(uuid4()), **said}
        return self.http.post("/api/messages", json=body, headers=self.authorization)

    def verify(self, code: str, message_id: str | None = None) -> httpx.Response:
        """Send a code by its own route."""
        body = {"code": code, "message_id": message_id or str(uuid4())}
        return self.http.post("/api/verify", json=body, headers=self.authorization)

    def history(self) -> list[Body]:
        """Both sides of the conversation, as the gateway tells them."""
        answer = self.http.get("/api/history", headers=self.authorization)
        assert answer.status_code == 200, answer.text
        said: list[Body] = answer.json()["messages"]
        return said

    @property
    def authorization(self) -> dict[str, str]:
        """The header that shows the session's token."""
        return {"Authorization": f"Bearer {self.token}"}

    def mails_to(self, address: str, at_least: int = 0) -> list[Body]:
        """The mails to `address`, newest first, once there are `at_least` so many."""
        deadline = time.monotonic() + MAIL_SECONDS
        while True:
            answer = self.http.get("/api/demo/mail", params={"to": address})
            mails: list[Body] = answer.json()["mails"]
            if len(mails) >= at_least:
                return mails
            assert time.monotonic() < deadline, f"{len(mails)} mails instead of {at_least}"
            time.sleep(POLL_SECONDS)

    def close(self) -> None:
        """Give the connection back."""
        self.http.close()

    def _heard(self, response: httpx.Response) -> list[Body]:
        assert response.status_code == 200, f"{response.status_code}: {response.text}"
        self.messages = response.json()["messages"]
        self.lang = self.messages[-1]["lang"]
        return self.messages
