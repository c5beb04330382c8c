"""Sending a message aside, so that the test can interfere while its turn is under way."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import httpx

from tests.faults.newcomer import Newcomer

PATIENCE_SECONDS = 30

Sending = Future[httpx.Response]


@contextmanager
def sending(newcomer: Newcomer, said: dict[str, str], message_id: str) -> Iterator[Sending]:
    """Send from a thread; the answer, or the lost connection, is the future's result."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        yield thread.submit(newcomer.send, said, message_id)


def result_of(sent: Sending) -> httpx.Response:
    """Return the answer once it is there. Raises httpx's error for a lost connection."""
    return sent.result(PATIENCE_SECONDS)
