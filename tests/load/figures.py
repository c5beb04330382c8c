"""Speed and memory of the whole house: `make bench`, or `python -m tests.load.figures`.

Prints each figure beside its target (design, "figures to hold") and draws the latencies to
var/report/bench.svg. Nothing is asserted: the machine is shared, compare figures of one run
with each other.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

from deploy.layout import project_root
from deploy.model import model_path
from tests.load.plot import latency_plot
from tests.load.running import running_house
from tests.load.turns import USERS, WARM_UP, Asking, FillingIn, Pressing, latencies, turns_a_second

PLOT = Path("var/report/bench.svg")
TRAIN = (sys.executable, "-m", "deploy.model", "train")


@dataclass(frozen=True)
class Figure:
    """One measured figure, its unit, and what it should be (empty where nothing is set)."""

    what: str
    measured: float
    unit: str
    target: str = ""


def main() -> int:
    """Measure everything, print the table and draw the plot; returns the exit code."""
    parser = argparse.ArgumentParser(prog="tests.load.figures")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    parser.add_argument("--train", action="store_true", help="train the model anew and time it")
    arguments = parser.parse_args()
    figures = [_training()] if arguments.train else []
    subprocess.run(TRAIN, cwd=project_root(), check=True)  # only if stale
    figures += _house()
    for figure in figures:
        measured = f"{figure.measured:.4g} {figure.unit}".strip()
        print(f"{figure.what:<50}{measured:>12}   {figure.target}")
    if arguments.json:
        rows = [asdict(figure) for figure in figures]
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 0


def _training() -> Figure:
    begun = time.monotonic()
    subprocess.run([*TRAIN, "--force"], cwd=project_root(), check=True)
    return Figure("training, every example", time.monotonic() - begun, "s", "≤ 60 s")


def _house() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, running_house(Path(folder)) as house:
        questions = latencies(Asking(house).turn)
        buttons = latencies(Pressing(house).turn)
        answers = latencies(FillingIn(house).turn)
        figures = [
            Figure("ready, from exec to a good /health", house.ready_seconds, "s", "≤ 10 s"),
            *_latency("question", questions, "≤ 25 ms"),
            *_latency("form turn", answers, "≤ 40 ms"),
            Figure("question, turns 90–110 ÷ turns 1–20", _growth(questions), "", "≤ 2"),
            Figure("button, turns 90–110 ÷ turns 1–20", _growth(buttons), "", "≤ 2"),
            Figure(f"turns a second, {USERS} users", turns_a_second(house), "", "≥ 35"),
            *_memory(house.memory()),
        ]
    model = project_root() / model_path(project_root())
    plot = project_root() / PLOT
    plot.parent.mkdir(parents=True, exist_ok=True)
    series = {"question": questions, "button": buttons, "form turn": answers}
    plot.write_text(latency_plot(series), encoding="utf-8")
    return [*figures, Figure("model file", model.stat().st_size / 1e6, "MB", "≤ 10 MB")]


def _latency(what: str, taken: list[float], target: str) -> Iterator[Figure]:
    counted = taken[WARM_UP:]
    yield Figure(f"{what}, p50", median(counted), "ms", target)
    yield Figure(f"{what}, p95", quantiles(counted, n=20)[-1], "ms")


def _growth(taken: list[float]) -> float:
    """How many times as long a turn takes after a hundred, by the medians."""
    return median(taken[89:110]) / median(taken[:20])


def _memory(shares: dict[str, float]) -> Iterator[Figure]:
    """PSS: what each process holds, pages that several hold shared among them."""
    yield Figure("memory, all processes", sum(shares.values()), "MB", "≤ 700 MB")
    for module, share in sorted(shares.items()):
        yield Figure(f"  {module}", share, "MB")


if __name__ == "__main__":
    sys.exit(main())
