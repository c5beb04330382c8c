"""Someone who signs up, seen from both sides: their conversation and the register's rows."""

import itertools
import re
import time
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import func, select

from deploy.layout import project_root
from registry.models import AuthorisationRequest, OutboxMail, RequestEvent, User
from registry.texts import Texts
from tests.conversations.client import Conversation
from tests.conversations.house import House
from tests.conversations.register import mails_written

DEADLINE_SECONDS = 15
POLL_SECONDS = 0.02
REFERENCE = re.compile(r"TR-\w{4}-\w{4}-\w")
# In each language two names that stay names: no word of theirs is a topic.
NAMES = {"fr": "Camille Exemple", "en": "Camille Example"}

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Newcomer:
    """A conversation in one language, with a name and an address of its own."""

    house: House
    conversation: Conversation
    lang: str
    email: str

    @classmethod
    def arrive(cls, house: House, lang: str) -> "Newcomer":
        """Open the page and be greeted."""
        conversation = Conversation.open(house, lang)
        # As a browser does: it is the language while the session cannot be read.
        conversation.http.headers["Accept-Language"] = lang
        return cls(house, conversation, lang, f"newcomer{next(_numbers)}@example.org")

    @property
    def name(self) -> str:
        """Their first and last name."""
        return NAMES[self.lang]

    def send(self, said: dict[str, str], message_id: str | None = None) -> httpx.Response:
        """Send it and return the response, whatever it is."""
        return self.conversation.send(said, message_id or str(uuid4()))

    def heard(self, response: httpx.Response) -> list[dict[str, Any]]:
        """The messages of a response that must be a success; the next button is one of theirs."""
        assert response.status_code == 200, f"{response.status_code}: {response.text}"
        messages: list[dict[str, Any]] = response.json()["messages"]
        self.conversation.messages = messages
        return messages

    def button(self, start: str, title: str = "") -> dict[str, str]:
        """The button of the latest answer whose payload and title start so, as what is sent."""
        offered = [b for m in self.conversation.messages for b in m["buttons"]]
        payloads = [
            button["payload"]
            for button in offered
            if button["payload"].startswith(start) and button["title"].startswith(title)
        ]
        assert payloads, f"no button {start} {title} in {offered}"
        return {"payload": payloads[0]}

    def code(self) -> str:
        """The code of the newest mail, once every mail to them has gone out."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while self._unsent_mails():
            assert time.monotonic() < deadline, "the mail with the code did not go out"
            time.sleep(POLL_SECONDS)
        found = re.search(r"\d{6}", self.conversation.mails_to(self.email, at_least=1)[0]["text"])
        assert found
        return found.group()

    def references(self) -> list[str]:
        """The references of their requests in the register, each with exactly one event."""
        with self.house.database.transaction() as session:
            rows = session.execute(
                select(AuthorisationRequest.reference, func.count(RequestEvent.id))
                .join(User, AuthorisationRequest.user_id == User.id)
                .outerjoin(RequestEvent, RequestEvent.request_id == AuthorisationRequest.id)
                .where(User.email == self.email)
                .group_by(AuthorisationRequest.id)
            ).all()
        assert all(events == 1 for _, events in rows), rows
        return [reference for reference, _ in rows]

    def mails(self, kind: str) -> int:
        """How many mails of this kind were written to them."""
        return len(mails_written(self.house, kind, [self.email]))

    def assert_filed_once(self) -> str:
        """One request, one event, one mail that says so; returns the reference."""
        references = self.references()
        assert len(references) == 1, references
        assert self.mails("request_filed") == 1
        return references[0]

    def assert_withdrawn_once(self) -> None:
        """One request with two events, filed and taken back, and one mail of each."""
        with self.house.database.transaction() as session:
            events = session.scalars(
                select(RequestEvent.to_status)
                .join(AuthorisationRequest, RequestEvent.request_id == AuthorisationRequest.id)
                .join(User, AuthorisationRequest.user_id == User.id)
                .where(User.email == self.email)
                .order_by(RequestEvent.id)
            ).all()
        assert [str(status) for status in events] == ["Requested", "Cancelled"]
        assert (self.mails("request_filed"), self.mails("request_withdrawn")) == (1, 1)

    def _unsent_mails(self) -> int:
        with self.house.database.transaction() as session:
            return session.scalars(
                select(func.count()).where(
                    OutboxMail.recipient == self.email, OutboxMail.sent_at.is_(None)
                )
            ).one()


def assert_refused(response: httpx.Response, code: str, lang: str) -> None:
    """The turn was refused with this code and its sentence, and nothing else was said."""
    assert response.status_code == 503, f"{response.status_code}: {response.text}"
    sentence = _gateway_texts().say(code, lang)
    assert response.json() == {"error": {"code": code, "message": sentence}}


def reference_in(messages: list[dict[str, Any]]) -> str:
    """The reference that the messages tell."""
    found = REFERENCE.search(" ".join(message["text"] for message in messages))
    assert found, messages
    return found.group()


@cache
def _gateway_texts() -> Texts:
    return Texts.load(project_root() / "data" / "texts" / "gateway.yml")
