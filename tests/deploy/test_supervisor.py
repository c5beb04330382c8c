"""Real supervisord, dummy processes: what dies is restarted, nothing is left behind."""

import os
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import pytest

from deploy.errors import CannotStart
from deploy.ready import wait_until_ready
from deploy.supervisor import Process, Supervisor, supervised

SLEEPER = (sys.executable, "-c", "import time; time.sleep(600)")
Left = Callable[[list[psutil.Process]], list[psutil.Process]]
Eventually = Callable[[Callable[[], bool]], None]


def started(*processes: Process, root: Path) -> AbstractContextManager[Supervisor]:
    return supervised(processes, root=root, var_dir=root / "var", environment=dict(os.environ))


def ready(supervisor: Supervisor, *, failing: tuple[str, ...] = (), seconds: float = 20) -> float:
    return wait_until_ready(supervisor, lambda: failing, seconds=seconds, say=lambda _line: None)


def pid_of(supervisor: Supervisor, name: str) -> int:
    return next((one.pid for one in supervisor.states() if one.name == name), 0)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Supervisor]:
    """Two sleeping processes that run."""
    with started(Process("one", SLEEPER), Process("two", SLEEPER), root=tmp_path) as supervisor:
        ready(supervisor)
        yield supervisor


def test_what_is_killed_comes_back(two: Supervisor, eventually: Eventually) -> None:
    first, other = pid_of(two, "one"), pid_of(two, "two")
    os.kill(first, signal.SIGKILL)
    eventually(lambda: pid_of(two, "one") not in (0, first))
    assert pid_of(two, "two") == other


def test_nothing_is_left_of_a_process_that_started_its_own(tmp_path: Path, left: Left) -> None:
    spawner = f"import subprocess; subprocess.run({list(SLEEPER)!r})"
    with started(Process("spawner", (sys.executable, "-c", spawner)), root=tmp_path) as supervisor:
        ready(supervisor)
        family = psutil.Process(supervisor.daemon.pid).children(recursive=True)
        assert len(family) == 2
    assert left(family) == []


def test_a_process_has_its_environment_and_its_log(tmp_path: Path, eventually: Eventually) -> None:
    script = "import os, time; print(os.environ['GIVEN'], flush=True); time.sleep(600)"
    odd = "it's 100 %, with a comma"
    process = Process("teller", (sys.executable, "-c", script), environment={"GIVEN": odd})
    with started(process, root=tmp_path) as supervisor:
        eventually(lambda: supervisor.log_of("teller").exists())
        eventually(lambda: supervisor.log_of("teller").read_text() == f"{odd}\n")


def test_secrets_are_not_written_to_the_configuration(tmp_path: Path) -> None:
    environment = {**os.environ, "BOT_SECRET": "not-to-be-written"}
    process = Process("one", SLEEPER)
    with supervised([process], root=tmp_path, var_dir=tmp_path / "var", environment=environment):
        pass
    assert "not-to-be-written" not in (tmp_path / "var/run/supervisord.conf").read_text()


def test_its_socket_is_for_its_owner_alone(two: Supervisor) -> None:
    assert stat.S_IMODE(two.socket_path.parent.stat().st_mode) == 0o700


def test_a_process_that_dies_at_start_is_named_with_its_log(tmp_path: Path) -> None:
    dying = Process("dying", (sys.executable, "-c", "raise SystemExit('no reason to live')"))
    with (
        started(Process("one", SLEEPER), dying, root=tmp_path) as supervisor,
        pytest.raises(CannotStart, match=r"^dying stopped while starting: read .*dying\.log\.$"),
    ):
        ready(supervisor)
    assert "no reason to live" in (tmp_path / "var/log/dying.log").read_text()


def test_a_process_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with (
        started(Process("absent", ("/nowhere/python",)), root=tmp_path) as supervisor,
        pytest.raises(CannotStart, match=r"^absent stopped while starting"),
    ):
        ready(supervisor)


def test_who_does_not_listen_in_time_is_named(tmp_path: Path) -> None:
    deaf = Process("deaf", SLEEPER, port=1)
    with (
        started(Process("one", SLEEPER), deaf, root=tmp_path) as supervisor,
        pytest.raises(CannotStart, match=r"^deaf did not come up within 2 s: read .*deaf\.log\.$"),
    ):
        ready(supervisor, failing=("one",), seconds=2)


def test_who_is_said_to_fail_is_named(tmp_path: Path) -> None:
    with (
        started(Process("one", SLEEPER), Process("two", SLEEPER), root=tmp_path) as supervisor,
        pytest.raises(CannotStart, match=r"^one did not come up"),
    ):
        ready(supervisor, failing=("one",), seconds=2)
