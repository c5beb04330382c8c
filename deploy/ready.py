"""Waiting until the house answers; a process that dies meanwhile ends the wait at once."""

import http.client
import json
import socket
import time
from collections.abc import Callable

from deploy.errors import CannotStart
from deploy.supervisor import Process, ProcessState, Supervisor

POLL_SECONDS = 0.1
PROGRESS_SECONDS = 3
# Health asks every part in turn; one that needs longer than this is not ready.
ANSWER_SECONDS = 5
FAILED_STATES = ("BACKOFF", "EXITED", "FATAL")


def wait_until_ready(
    supervisor: Supervisor,
    failing: Callable[[], tuple[str, ...]],
    *,
    seconds: float,
    say: Callable[[str], None],
) -> float:
    """Return the seconds it took until every process runs and nothing is `failing()`.

    Raises CannotStart, naming the process and its log, when one dies or `seconds` pass.
    """
    started = told = time.monotonic()
    pids: dict[str, int] = {}
    while True:
        states = supervisor.states()
        _check_all_alive(supervisor, states, pids)
        running = bool(states) and all(process.state == "RUNNING" for process in states)
        if running and not failing():
            return time.monotonic() - started
        if time.monotonic() - started > seconds:
            name = _to_blame(supervisor.processes, states, failing())
            what = f"{name} did not come up within {seconds:.0f} s"
            raise CannotStart(f"{what}: read {supervisor.log_of(name)}.")
        if time.monotonic() - told > PROGRESS_SECONDS:
            told = time.monotonic()
            say(f"  ... {told - started:.0f} s")
        time.sleep(POLL_SECONDS)


def failing_parts(host: str, port: int) -> tuple[str, ...]:
    """Return what GET /health of the gateway says is failing; nothing when it answers 200."""
    connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/health")
        response = connection.getresponse()
        body = response.read()
        return () if response.status == 200 else tuple(json.loads(body)["failing"])
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return ("gateway",)
    finally:
        connection.close()


def _check_all_alive(
    supervisor: Supervisor, states: tuple[ProcessState, ...], pids: dict[str, int]
) -> None:
    """Raise CannotStart when one died. `pids` keeps each one's first pid, to see it replaced."""
    if not supervisor.is_running:
        raise CannotStart(f"The supervisor ended: read {supervisor.log_of('supervisord')}.")
    for process in states:
        first_pid = pids.setdefault(process.name, process.pid) if process.pid else process.pid
        if process.state in FAILED_STATES or process.pid != first_pid:
            log = supervisor.log_of(process.name)
            raise CannotStart(f"{process.name} stopped while starting: read {log}.")


def _to_blame(
    processes: tuple[Process, ...], states: tuple[ProcessState, ...], failing: tuple[str, ...]
) -> str:
    """Name the first that isn't running, else isn't listening, else is said to fail."""
    running = {process.name for process in states if process.state == "RUNNING"}
    silent = [one.name for one in processes if one.name not in running or not _listens(one.port)]
    said = [one.name for one in processes if one.name in failing]
    return next(iter([*silent, *said, processes[-1].name]))


def _listens(port: int | None) -> bool:
    if port is None:
        return True
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
