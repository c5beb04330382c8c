"""Processes under supervisord, which restarts what dies and stops all together.

Its answers come through a unix socket in a private temporary folder: a socket's path has
about 100 characters at most, and the project's folder may be deep.
"""

import http.client
import shlex
import socket
import subprocess
import sys
import tempfile
import xmlrpc.client
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# The gateway lets a turn that is under way end (BOT_TIMEOUT_SECONDS and one more).
STOP_SECONDS = 25


@dataclass(frozen=True)
class Process:
    """One process of the house: `command` runs in the project's root; `port` is on loopback."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    port: int | None = None


@dataclass(frozen=True)
class ProcessState:
    """What supervisord knows of a process: state is its word (RUNNING, STARTING, BACKOFF...)."""

    name: str
    state: str
    pid: int


@dataclass(frozen=True)
class Supervisor:
    """A running supervisord."""

    daemon: "subprocess.Popen[bytes]"
    socket_path: Path
    processes: tuple[Process, ...]
    log_dir: Path

    @property
    def is_running(self) -> bool:
        """Whether supervisord itself is alive."""
        return self.daemon.poll() is None

    def states(self) -> tuple[ProcessState, ...]:
        """Return the state of every process; none while supervisord does not answer yet."""
        try:
            with xmlrpc.client.ServerProxy(
                "http://supervisord", transport=_UnixTransport(self.socket_path)
            ) as proxy:
                answer: Any = proxy.supervisor.getAllProcessInfo()
        except OSError:
            return ()
        return tuple(ProcessState(one["name"], one["statename"], one["pid"]) for one in answer)

    def log_of(self, name: str) -> Path:
        """Return the log file of the process `name`."""
        return self.log_dir / f"{name}.log"


@contextmanager
def supervised(
    processes: Sequence[Process], *, root: Path, var_dir: Path, environment: Mapping[str, str]
) -> Iterator[Supervisor]:
    """Start `processes` under supervisord; on leaving, stop them all and wait until they ended.

    `environment` is the whole environment of every process, secrets included: it is handed
    over in memory and never written to the configuration file.
    """
    run_dir, log_dir = var_dir.absolute() / "run", var_dir.absolute() / "log"
    for folder in (run_dir, log_dir):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="traces-") as private:
        socket_path = Path(private) / "supervisor.sock"
        config = run_dir / "supervisord.conf"
        text = config_text(processes, root=root, var_dir=var_dir, socket_path=socket_path)
        config.write_text(text, encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "--nodaemon", "-c", str(config)],
            cwd=root,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            # Away from the terminal's Ctrl-C: the one who started it stops it, in order.
            start_new_session=True,
        ) as daemon:
            try:
                yield Supervisor(daemon, socket_path, tuple(processes), log_dir)
            finally:
                daemon.terminate()
                daemon.wait()


def config_text(
    processes: Sequence[Process], *, root: Path, var_dir: Path, socket_path: Path
) -> str:
    """Return supervisord's configuration.

    The processes are one group, so that all are told to stop at once, the last one first;
    supervisord would wait for the end of each group before it turns to the next.
    """
    run_dir, log_dir = var_dir.absolute() / "run", var_dir.absolute() / "log"
    house = {
        "supervisord": {
            "nodaemon": "true",
            "silent": "true",
            "directory": _plain(root.absolute()),
            "pidfile": _plain(run_dir / "supervisord.pid"),
            "logfile": _plain(log_dir / "supervisord.log"),
            "logfile_maxbytes": "1MB",
            "logfile_backups": "3",
        },
        "unix_http_server": {"file": _plain(socket_path), "chmod": "0700"},
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        },
    }
    group = {"group:house": {"programs": ",".join(process.name for process in processes)}}
    programs = {
        f"program:{process.name}": _program(process, place, log_dir)
        for place, process in enumerate(processes)
    }
    return "\n".join(
        "\n".join([f"[{title}]", *(f"{key}={value}" for key, value in section.items()), ""])
        for title, section in (house | group | programs).items()
    )


def _program(process: Process, place: int, log_dir: Path) -> dict[str, str]:
    return {
        "command": _plain(shlex.join(process.command)),
        "environment": ",".join(
            f'{name}="{_plain(value)}"' for name, value in process.environment.items()
        ),
        "priority": str(place),
        "autorestart": "true",
        # Never give up: supervisord waits one second more before each new try.
        "startretries": "1000000",
        "stopasgroup": "true",
        "killasgroup": "true",
        "stopwaitsecs": str(STOP_SECONDS),
        "redirect_stderr": "true",
        "stdout_logfile": _plain(log_dir / f"{process.name}.log"),
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": "3",
    }


def _plain(value: str | Path) -> str:
    """Escape what supervisord would expand."""
    return str(value).replace("%", "%%")


class _UnixTransport(xmlrpc.client.Transport):
    """XML-RPC over a unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        """Return a connection to the socket; `host` only names it."""
        return _UnixConnection(self._path)


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("supervisord", timeout=5)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))
