"""The whole real house for tests: what `make run` starts, on free ports, in a folder of its own.

For a test folder that wants one (a session fixture is best: opening takes some seconds)::

    @pytest.fixture(scope="session")
    def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
        with open_test_house(tmp_path_factory.mktemp("house")) as opened:
            yield opened

Settings are changed by name: ``open_test_house(folder, ACTION_TIMEOUT_SECONDS="1")``.

A `House` says where everything is (`address`, `settings`, `log_dir`, `database`), which
processes run (`states`, `pid_of`) and lets a test interfere with one of them:

- ``os.kill(house.pid_of("bot"), signal.SIGKILL)``: supervisord starts it again, and
  ``house.wait_until_ready()`` returns once /health is good;
- ``house.stop("actions")`` stops one for good, so that a test can listen on
  ``house.settings.actions_port`` in its place; ``house.start("actions")`` brings it back.

`tests.conversations.client.Conversation` talks to it as a person's browser would.
"""

import itertools
import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from deploy.layout import project_root
from deploy.ready import failing_parts
from deploy.run import open_house, read_settings
from deploy.supervisor import ProcessState, Supervisor
from registry.session import Database
from registry.settings import Settings

DEADLINE_SECONDS = 60
POLL_SECONDS = 0.05
# Made up, so that a developer's own settings and secrets are never read.
ENVIRONMENT = {
    "APP_ENV": "demo",
    "MAIL_FROM": "no-reply@example.org",
    "HELPDESK_EMAIL": "desk@example.org",
    "WEB_HOST": "127.0.0.1",
    "BOT_SECRET": "the bot's secret of the tests",
    "ACTIONS_SECRET": "the actions' secret of the tests",
    "HASH_KEY": "the hash key of the tests only",
    "SESSION_HOURS": "24",
    "SESSION_RATE": "100000/minute",
    "ADDRESS_RATE": "100000/minute",
    # Each conversation of a test comes from an address of its own (see `new_address`).
    "TRUSTED_PROXIES": "127.0.0.1",
    "ACTION_TIMEOUT_SECONDS": "10",
    "BOT_TIMEOUT_SECONDS": "20",
}


@dataclass(frozen=True)
class House:
    """The running house: where it is, what runs in it, and its register."""

    address: str
    settings: Settings
    supervisor: Supervisor
    database: Database
    _variables: Mapping[str, str] = field(repr=False)
    _addresses: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    @property
    def log_dir(self) -> Path:
        """The folder with what supervisord and the processes wrote."""
        return self.supervisor.log_dir

    def log_of(self, name: str) -> str:
        """What the process `name` has written so far."""
        return self.supervisor.log_of(name).read_text(encoding="utf-8", errors="replace")

    def logs_that_hold(self, word: str) -> list[str]:
        """The names of the log files, old ones too, in which `word` stands."""
        files = sorted(path for path in self.log_dir.rglob("*") if path.is_file())
        return [path.name for path in files if word.encode() in path.read_bytes()]

    def states(self) -> dict[str, ProcessState]:
        """The processes by name: worker, actions, bot, gateway."""
        return {state.name: state for state in self.supervisor.states()}

    def pid_of(self, name: str) -> int:
        """The process id of `name`; 0 while it does not run."""
        return self.states()[name].pid

    def stop(self, name: str) -> None:
        """Stop one process, as supervisord does, and keep it stopped; returns when it ended."""
        self._control("stop", name)

    def start(self, name: str) -> None:
        """Start one that was stopped; `wait_until_ready` says when it answers."""
        self._control("start", name)

    def failing_parts(self) -> tuple[str, ...]:
        """What GET /health says is failing; nothing when all is well."""
        return failing_parts(self.settings.web_host, self.settings.web_port)

    def wait_until_ready(self, seconds: float = DEADLINE_SECONDS) -> None:
        """Return once every process runs and /health is good; fails after `seconds`."""
        deadline = time.monotonic() + seconds
        while self.failing_parts() or not self._all_run():
            assert time.monotonic() < deadline, f"not ready: {self.failing_parts()}"
            time.sleep(POLL_SECONDS)

    def run_command(self, line: str) -> None:
        """Run a command of the register, as `make` does: `requests --accept TR-… --actor …`."""
        subprocess.run(
            [sys.executable, "-m", "registry.cli", *shlex.split(line)],
            cwd=project_root(),
            env={**os.environ, **self._variables},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def new_address(self) -> str:
        """A network address for one more client: openings are counted for each."""
        number = next(self._addresses)
        return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def _all_run(self) -> bool:
        states = self.states().values()
        return bool(states) and all(state.state == "RUNNING" for state in states)

    def _control(self, command: str, name: str) -> None:
        socket_url = f"unix://{self.supervisor.socket_path}"
        subprocess.run(
            [
                *(sys.executable, "-m", "supervisor.supervisorctl", "-s", socket_url),
                *(command, f"house:{name}"),
            ],
            stdout=subprocess.DEVNULL,
            check=True,
        )


@contextmanager
def open_test_house(folder: Path, **environment: str) -> Iterator[House]:
    """Open the house with its VAR_DIR in `folder`; on leaving, everything is stopped.

    `environment` changes settings by their variables' names. Raises CannotStart.
    """
    variables = ENVIRONMENT | _ports() | _places(folder / "var") | environment
    root = project_root()
    with ExitStack() as opened:
        # The processes get a copy at their start: the tests' own environment stays as it is.
        with mock.patch.dict(os.environ, variables):
            settings = read_settings(root)
            house = opened.enter_context(open_house(root, settings))
        database = Database(settings.database_url)
        opened.callback(database.close)
        yield House(house.address, settings, house.supervisor, database, variables)


def _places(var_dir: Path) -> dict[str, str]:
    return {
        "VAR_DIR": str(var_dir),
        "DATABASE_URL": f"sqlite:///{var_dir}/registry.db",
        "TRACKER_DATABASE_URL": f"sqlite:///{var_dir}/conversations.db",
        "MAIL_DIR": str(var_dir / "mail"),
    }


def _ports() -> dict[str, str]:
    names = ("WEB_PORT", "BOT_PORT", "ACTIONS_PORT")
    with ExitStack() as held:  # held together, so that they differ
        servers = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in names]
        return {
            name: str(server.getsockname()[1]) for name, server in zip(names, servers, strict=True)
        }
