"""Waiting for what happens soon, with an end."""

import time
from collections.abc import Callable

DEADLINE_SECONDS = 15
POLL_SECONDS = 0.02


def eventually(condition: Callable[[], bool]) -> None:
    """Return once the condition holds; the test fails when it does not in time."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(POLL_SECONDS)
