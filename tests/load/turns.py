"""The turns that are measured: questions, buttons, answers to a form, several users at once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from tests.conversations.client import Conversation
from tests.load.running import RunningHouse

WARM_UP = 20
TURNS = 200
USERS = 8
TURNS_A_USER = 40
QUESTIONS = (
    "combien de temps est valable le lien ?",
    "who validates my request?",
    "quelle est la différence entre production et formation ?",
    "how long does it take?",
)
ANSWERED_BUTTON = "/already_have_account"
START = "je voudrais déposer ma demande ici"

_people = count(1)


class Asking:
    """Someone who asks one question after the other."""

    def __init__(self, house: RunningHouse) -> None:
        self._conversation = Conversation.open(house, "fr")
        self._turns = count()

    def turn(self) -> None:
        """Ask the next question."""
        self._conversation.say(QUESTIONS[next(self._turns) % len(QUESTIONS)])


class Pressing:
    """Someone who presses the same button of the greeting again and again."""

    def __init__(self, house: RunningHouse) -> None:
        self._conversation = Conversation.open(house, "fr")

    def turn(self) -> None:
        """Press it once more."""
        self._conversation.press(ANSWERED_BUTTON)


class FillingIn:
    """Someone who prepares one request after the other, each up to the code of its mail."""

    def __init__(self, house: RunningHouse) -> None:
        self._conversation = Conversation.open(house, "fr")
        self._turns = count()

    def turn(self) -> None:
        """Give the next answer of the form; the eighth leaves it."""
        say = self._conversation.say
        answers: tuple[Callable[[], object], ...] = (
            lambda: say(START),
            lambda: say("production"),
            lambda: say("importateur"),
            lambda: say("alpro"),
            lambda: say("Camille Exemple"),
            lambda: say(f"camille.{next(_people)}@example.org"),
            self._confirm,
            lambda: say("annuler"),
        )
        answers[next(self._turns) % len(answers)]()

    def _confirm(self) -> None:
        offered = [button for one in self._conversation.messages for button in one["buttons"]]
        payloads = [button["payload"] for button in offered]
        self._conversation.press(next(p for p in payloads if p.startswith("/confirm_request")))


def latencies(turn: Callable[[], object]) -> list[float]:
    """Take the turn WARM_UP + TURNS times; how long each took, in milliseconds."""
    taken = []
    for _ in range(WARM_UP + TURNS):
        begun = time.perf_counter()
        turn()
        taken.append((time.perf_counter() - begun) * 1_000)
    return taken


def turns_a_second(house: RunningHouse) -> float:
    """Let USERS talk at once, half of them asking and half filling in; the turns of a second."""
    users = [(Asking if number % 2 else FillingIn)(house) for number in range(USERS)]

    def talk(user: Asking | FillingIn) -> None:
        for _ in range(TURNS_A_USER):
            user.turn()

    begun = time.monotonic()
    with ThreadPoolExecutor(USERS) as pool:
        list(pool.map(talk, users))
    return USERS * TURNS_A_USER / (time.monotonic() - begun)
