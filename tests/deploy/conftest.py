"""What the deploy tests share: free ports, settings of a temporary folder, polling."""

import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from registry.settings import Settings

DEADLINE_SECONDS = 20


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with three free ports and a VAR_DIR of the test's own."""
    with ExitStack() as held:  # held together, so that they differ
        servers = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
        web, bot, actions = (str(server.getsockname()[1]) for server in servers)
    return Settings.from_environment(
        {
            "VAR_DIR": str(tmp_path / "var"),
            "WEB_PORT": web,
            "BOT_PORT": bot,
            "ACTIONS_PORT": actions,
            "BOT_SECRET": "b" * 32,
            "ACTIONS_SECRET": "a" * 32,
            "HASH_KEY": "h" * 32,
        }
    )


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Poll until the condition holds; the test fails at the deadline."""

    def wait(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.05)

    return wait


@pytest.fixture
def left() -> Callable[[list[psutil.Process]], list[psutil.Process]]:
    """Which of these processes still run; one that only waits to be buried does not."""

    def still_running(family: list[psutil.Process]) -> list[psutil.Process]:
        return [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]

    return still_running
