"""The terminal client, on the gateway itself."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from registry.texts import Texts
from tests.web.conftest import House
from tests.web.fake_bot import failed
from web.terminal import TEXTS, Stopped, Terminal, main, readable


class Person:
    """Types the given lines, then closes the input; remembers what the screen showed."""

    def __init__(self, *lines: str) -> None:
        self._lines: Iterator[str] = iter(lines)
        self.screen: list[str] = []

    def ask(self, prompt: str) -> str:
        self.screen.append(prompt)
        try:
            return next(self._lines)
        except StopIteration:
            raise EOFError from None

    def talk(self, http: httpx.Client, lang: str = "en") -> str:
        Terminal(http, Texts.load(TEXTS), lang, self.ask, self.screen.append).run()
        return "\n".join(self.screen)


@pytest.fixture
def http(served: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served, trust_env=False) as client:
        yield client


def test_a_conversation(house: House, http: httpx.Client) -> None:
    screen = Person("how do I register", "/quit").talk(http)
    assert "Hello." in screen
    assert "« how do I register »" in screen
    assert "[1] Aide" in screen
    assert screen.endswith("Goodbye.")
    assert len(house.bot.turns) == 1


def test_typing_a_buttons_number_presses_it(house: House, http: httpx.Client) -> None:
    Person("hello", "1", "2").talk(http)
    said = [turn.get("payload") or turn.get("text") for turn in house.bot.turns]
    assert said == ["hello", "/help", "2"]


def test_the_end_of_the_input_leaves(house: House, http: httpx.Client) -> None:
    assert Person().talk(http, "fr").endswith("Au revoir.")


def test_it_follows_the_language_of_the_conversation(house: House, http: httpx.Client) -> None:
    house.bot.button = {"title": "English", "payload": "/switch_to_english"}
    screen = Person("bonjour", "1", "/quit").talk(http, "fr")
    assert "Vous > " in screen
    assert screen.endswith("Goodbye.")


def test_a_message_without_answer_is_sent_again_as_the_same(
    house: House, http: httpx.Client
) -> None:
    person = Person("hello", "", "")

    def ask(prompt: str) -> str:
        house.bot.failure = None if house.bot.turns else failed(503, "outcome_unknown")
        return Person.ask(person, prompt)

    Terminal(http, Texts.load(TEXTS), "en", ask, person.screen.append).run()
    first, again = house.bot.turns
    assert first == again
    assert "Press Enter to send your message again." in person.screen
    assert "\n« hello »" in person.screen


def test_an_error_is_shown_and_the_conversation_goes_on(house: House, http: httpx.Client) -> None:
    screen = Person("x" * 1001, "hello").talk(http)
    assert "Your message is too long" in screen
    assert "« hello »" in screen


def test_a_session_that_is_over_stops_it(house: House, http: httpx.Client) -> None:
    person = Person("hello")

    def ask(prompt: str) -> str:
        http.headers["Authorization"] = "Bearer nobody"
        return person.ask(prompt)

    with pytest.raises(Stopped, match="Cette conversation est terminée"):
        Terminal(http, Texts.load(TEXTS), "en", ask, person.screen.append).run()


def test_without_a_gateway_it_says_so_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    # Port 9 (discard) of this machine: nothing listens there.
    assert main(["--lang", "en", "--url", "http://127.0.0.1:9"]) == 1
    told = capsys.readouterr().err
    assert "The service does not answer at http://127.0.0.1:9." in told
    assert "make run" in told


@pytest.mark.parametrize(
    "answer", [httpx.Response(200, text="<html>"), httpx.Response(200, json=[])]
)
def test_something_else_at_that_address_is_told(answer: httpx.Response) -> None:
    transport = httpx.MockTransport(lambda request: answer)
    with (
        httpx.Client(transport=transport, base_url="http://other") as http,
        pytest.raises(Stopped, match="unexpected answer"),
    ):
        Person("hello").talk(http)


def test_markup_and_control_characters_are_not_shown() -> None:
    text = "**Important** : [Production](https://example.org/a)\n- un\x1b[2J\x07"
    assert readable(text) == "Important : Production (https://example.org/a)\n- un[2J"


class OffersAFile(httpx.BaseTransport):
    """A gateway whose greeting offers the file of one's data; fetching it gives `status`."""

    def __init__(self, status: int = 200, name: str = "my-data") -> None:
        self._status, self._name = status, name
        self.fetched: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            said = {"text": "Hello.", "lang": "en", "custom": {"download": self._name}}
            return httpx.Response(201, json={"token": "t", "messages": [said]})
        self.fetched.append(request.url.path)
        if self._status != 200:
            error = {"code": "my_data_not_ready", "message": "No longer."}
            return httpx.Response(self._status, json={"error": error})
        return httpx.Response(200, content=b'{"address": "camille@example.org"}')


def ask_for_the_file(gateway: OffersAFile, folder: Path) -> str:
    person = Person("1", "/quit")
    with httpx.Client(base_url="http://gateway", transport=gateway) as client:
        Terminal(
            client, Texts.load(TEXTS), "en", person.ask, person.screen.append, folder=folder
        ).run()
    return "\n".join(person.screen)


def test_the_file_of_ones_data_is_saved_for_its_owner_alone(tmp_path: Path) -> None:
    screen = ask_for_the_file(OffersAFile(), tmp_path)
    (file,) = tmp_path.iterdir()
    assert "[1] Download my data" in screen
    assert f"The file is saved: {file}" in screen
    assert file.read_bytes() == b'{"address": "camille@example.org"}'
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    assert "No longer." in ask_for_the_file(OffersAFile(409), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_no_other_file_is_fetched(tmp_path: Path) -> None:
    gateway = OffersAFile(name="../../evil")
    assert "[1]" not in ask_for_the_file(gateway, tmp_path)
    assert (gateway.fetched, list(tmp_path.iterdir())) == ([], [])
