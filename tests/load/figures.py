"""Speed and memory of the whole house: `make bench`, or `python -m tests.load.figures`.

Prints each figure beside its target (design, "figures to hold"). Nothing is asserted: the
machine is shared, compare figures of one run with each other.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from deploy.layout import project_root
from tests.conversations.client import Conversation
from tests.conversations.house import House, open_test_house

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


@dataclass(frozen=True)
class Figure:
    """One measured figure, as a person reads it, with what it should be."""

    what: str
    measured: str
    target: str


def main() -> int:
    """Measure everything and print the table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="tests.load.figures")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        with open_test_house(Path(folder)) as house:
            ready = time.monotonic() - begun
            figures = [
                Figure("ready, checks and databases included", f"{ready:.1f} s", "≤ 10 s"),
                *_turns(house),
                _throughput(house),
                *_memory(house),
            ]
    for figure in figures:
        sys.stdout.write(f"{figure.what:<46}{figure.measured:>22}   {figure.target}\n")
    if arguments.json:
        rows = [asdict(figure) for figure in figures]
        arguments.json.write_text(json.dumps(rows, indent=2), encoding="utf-8")
    return 0


def _turns(house: House) -> Iterable[Figure]:
    asked = Conversation.open(house, "fr")
    questions = _timed(lambda n: asked.say(QUESTIONS[n % len(QUESTIONS)]), WARM_UP + TURNS)
    yield Figure("question, one conversation, p50 / p95", _p50_p95(questions), "p50 ≤ 25 ms")
    growth = statistics.median(questions[190:210]) / statistics.median(questions[10:30])
    yield Figure("turns 190–210 ÷ turns 10–30", f"{growth:.2f}", "≤ 2")
    form = _timed(_FormFiller(house).turn, WARM_UP + TURNS)
    yield Figure("form answer, p50 / p95", _p50_p95(form), "p50 ≤ 40 ms")


class _FormFiller:
    """Fills in the form of a request again and again, up to the recap."""

    def __init__(self, house: House) -> None:
        self._conversation = Conversation.open(house, "fr")
        self._conversation.say("je voudrais déposer ma demande ici")

    def turn(self, number: int) -> None:
        answers = (
            "production",
            "alpro",
            "Camille Exemple",
            f"camille.{number}@example.org",
            # From the recap back to an empty form.
            "annuler",
            "je voudrais déposer ma demande ici",
        )
        self._conversation.say(answers[number % len(answers)])


def _throughput(house: House) -> Figure:
    conversations = [Conversation.open(house, "fr") for _ in range(USERS)]

    def talk(conversation: Conversation) -> None:
        for number in range(TURNS_A_USER):
            conversation.say(QUESTIONS[number % len(QUESTIONS)] if number % 3 else "c'est fait")

    begun = time.monotonic()
    with ThreadPoolExecutor(USERS) as pool:
        list(pool.map(talk, conversations))
    turns_a_second = USERS * TURNS_A_USER / (time.monotonic() - begun)
    return Figure(
        f"turns a second, {USERS} users at once (2 of 3 questions)",
        f"{turns_a_second:.0f}/s",
        "≥ 35/s",
    )


def _memory(house: House) -> Iterable[Figure]:
    """PSS: what each process holds, shared pages counted once over all."""
    supervisor = psutil.Process(house.supervisor.daemon.pid)
    shares = {name: _pss(house.pid_of(name)) for name in house.states()}
    shares["supervisor"] = _pss(supervisor.pid)
    parts = ", ".join(f"{name} {share:.0f}" for name, share in sorted(shares.items()))
    yield Figure("memory, all processes", f"{sum(shares.values()):.0f} MB", "≤ 700 MB")
    yield Figure("  of which", "", parts)
    models = sorted((project_root() / "models").glob("*.tar.gz"), key=lambda m: m.stat().st_mtime)
    yield Figure("model file", f"{models[-1].stat().st_size / 1e6:.1f} MB", "≤ 10 MB")


def _pss(pid: int) -> float:
    return float(psutil.Process(pid).memory_full_info().pss) / 1e6


def _timed(turn: Callable[[int], object], times: int) -> list[float]:
    """How long each turn took, in milliseconds."""
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        turn(number)
        taken.append((time.perf_counter() - begun) * 1_000)
    return taken


def _p50_p95(taken: list[float]) -> str:
    counted = sorted(taken[WARM_UP:])
    return f"{statistics.median(counted):.1f} / {counted[int(len(counted) * 0.95)]:.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
