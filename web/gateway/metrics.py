"""What is counted of the turns, for a Prometheus on this machine; nothing of what was said."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

# Seconds: a turn takes tens of milliseconds, an action waits ten seconds at most.
DURATIONS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25)


class Metrics:
    """The counters of one gateway process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._turns = Counter(
            "assistant_turns",
            "Turns taken, by language and outcome.",
            ("language", "outcome"),
            registry=self._registry,
        )
        self._failures = Counter(
            "assistant_turn_failures",
            "Turns that failed, by kind.",
            ("kind",),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "assistant_turn_seconds",
            "How long the bot took for a turn.",
            buckets=DURATIONS,
            registry=self._registry,
        )

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Time a turn, and count it as failed if it raises."""
        begun = perf_counter()
        try:
            yield
        except Exception as error:
            self._failures.labels(type(error).__name__).inc()
            raise
        finally:
            self._seconds.observe(perf_counter() - begun)

    def count(self, language: str, outcome: str) -> None:
        """Count a turn that was taken."""
        self._turns.labels(language, outcome).inc()

    def text(self) -> bytes:
        """Everything counted, as Prometheus reads it."""
        return generate_latest(self._registry)
