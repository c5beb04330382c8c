"""`make run`: check, prepare, train if need be, start everything, print the address, wait."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from deploy.checks import LOOPBACK, check_environments, check_ports
from deploy.errors import CannotStart
from deploy.layout import project_root
from deploy.model import ensure_model
from deploy.processes import house, house_environment
from deploy.ready import failing_parts, wait_until_ready
from deploy.supervisor import Process, Supervisor, supervised
from registry.settings import Settings, SettingsError, ensure_secrets, load_environment_files

READY_SECONDS = 60
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class OpenHouse:
    """The house while it answers at `address`."""

    address: str
    ready_seconds: float
    supervisor: Supervisor


def read_settings(root: Path) -> Settings:
    """Read .env and the secrets' file of `root`, making what the demonstration may make.

    Raises SettingsError for what is missing or wrong, CannotStart for files that can't be
    read or written; one line each.
    """
    try:
        load_environment_files(root)
        ensure_secrets(root)
    except OSError as error:
        raise CannotStart(f"{error.filename}: {error.strerror}.") from error
    return Settings.from_environment()


@contextmanager
def open_house(root: Path, settings: Settings) -> Iterator[OpenHouse]:
    """Check, prepare, train if need be, start everything; stop it on leaving.

    Raises CannotStart, one line, when something is in the way or does not come up.
    """
    check_environments(root)
    check_ports(settings)
    _prepare_databases(root)
    model = ensure_model(root, root / settings.var_dir / "log" / "training.log")
    say("Starting the worker, the action server, the bot and the gateway ...")
    with open_processes(house(settings, model), root, settings) as opened:
        yield opened


@contextmanager
def open_processes(
    processes: Sequence[Process], root: Path, settings: Settings
) -> Iterator[OpenHouse]:
    """Start `processes`, wait until /health is good; stop them on leaving. Raises CannotStart."""
    host = gateway_host(settings)
    with supervised(
        processes,
        root=root,
        var_dir=root / settings.var_dir,
        environment=house_environment(os.environ),
    ) as supervisor:
        seconds = wait_until_ready(
            supervisor,
            lambda: failing_parts(host, settings.web_port),
            seconds=READY_SECONDS,
            say=say,
        )
        yield OpenHouse(f"http://{host}:{settings.web_port}", seconds, supervisor)


def gateway_host(settings: Settings) -> str:
    """Return the address at which this machine itself reaches the gateway."""
    return LOOPBACK if settings.web_host in ("0.0.0.0", "::", "") else settings.web_host  # noqa: S104


def stop_on_signals() -> None:
    """Make the first of the stop signals a KeyboardInterrupt; later ones don't disturb the end."""
    for number in STOP_SIGNALS:
        signal.signal(number, _stop_once)


def _stop_once(_number: int, _frame: FrameType | None) -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _prepare_databases(root: Path) -> None:
    # Its own process: what it imports must not stay in memory as long as the house runs.
    preparation = subprocess.run(
        [sys.executable, "-m", "deploy.prepare"],
        cwd=root,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if preparation.returncode != 0:
        raise CannotStart(preparation.stderr.strip())


def say(line: str) -> None:
    """Print a line of progress at once, also where stdout is no terminal."""
    print(line, flush=True)


def keep_open(opening: AbstractContextManager[OpenHouse], *, is_demo: bool) -> int:
    """Keep the house open until Ctrl-C (0) or a failure (1, said in one line on stderr)."""
    is_ready = False
    try:
        with opening as opened:
            is_ready = True
            say(f"Ready in {opened.ready_seconds:.0f} s: {opened.address}")
            if is_demo:
                say("A demonstration: its mails are shown at /mail. Ctrl-C stops everything.")
            opened.supervisor.daemon.wait()
            log = opened.supervisor.log_of("supervisord")
            raise CannotStart(f"The supervisor ended by itself: read {log}.")
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 0 if is_ready else 130


def main() -> int:
    """Run the house; returns the exit code."""
    stop_on_signals()
    root = project_root()
    try:
        settings = read_settings(root)
    except (CannotStart, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    return keep_open(open_house(root, settings), is_demo=settings.is_demo)


if __name__ == "__main__":
    sys.exit(main())
