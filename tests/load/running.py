"""The house that is measured: `python -m deploy.run` itself, with nothing of its own yet."""

import http.client
import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from deploy.layout import project_root
from tests.conversations.house import ENVIRONMENT

PORTS = ("WEB_PORT", "BOT_PORT", "ACTIONS_PORT")
DEADLINE_SECONDS = 120
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class RunningHouse:
    """As much of a house as a conversation needs, the process that runs it, and its start."""

    address: str
    ready_seconds: float
    pid: int
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    def new_address(self) -> str:
        """A network address for one more client: openings are counted for each."""
        return f"10.0.0.{next(self._numbers)}"

    def memory(self) -> dict[str, float]:
        """The PSS of each process in MB, by the name of its module."""
        starter = psutil.Process(self.pid)
        return {
            _module(process): process.memory_full_info().pss / 1e6
            for process in (starter, *starter.children(recursive=True))
        }


@contextmanager
def running_house(folder: Path) -> Iterator[RunningHouse]:
    """Run the house with its VAR_DIR in `folder` until leaving; its own words go to run.log."""
    environment = os.environ | ENVIRONMENT | _places(folder) | _free_ports()
    port = int(environment["WEB_PORT"])
    with (folder / "run.log").open("wb") as log:
        begun = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.run"],
            cwd=project_root(),
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            while not _is_healthy(port):
                if process.poll() is not None or time.monotonic() > begun + DEADLINE_SECONDS:
                    raise RuntimeError((folder / "run.log").read_text(encoding="utf-8"))
                time.sleep(POLL_SECONDS)
            seconds = time.monotonic() - begun
            yield RunningHouse(f"http://127.0.0.1:{port}", seconds, process.pid)
        finally:
            process.terminate()
            process.wait()


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _module(process: psutil.Process) -> str:
    """Return what stands behind `-m` in the command."""
    command = process.cmdline()
    return command[command.index("-m") + 1]


def _places(folder: Path) -> dict[str, str]:
    return {
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/registry.db",
        "TRACKER_DATABASE_URL": f"sqlite:///{folder}/conversations.db",
        "MAIL_DIR": str(folder / "mail"),
    }


def _free_ports() -> dict[str, str]:
    with ExitStack() as held:  # held together, so that they differ
        servers = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in PORTS]
        return {
            name: str(server.getsockname()[1]) for name, server in zip(PORTS, servers, strict=True)
        }
