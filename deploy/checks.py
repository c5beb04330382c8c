"""What must be in order before anything starts; each check says one line when it is not."""

import socket
from contextlib import ExitStack
from pathlib import Path

from deploy.errors import CannotStart
from deploy.layout import APP_PYTHON, BOT_PYTHON
from registry.settings import Settings

LOOPBACK = "127.0.0.1"


def check_environments(root: Path) -> None:
    """Both environments of `root` have their Python. Raises CannotStart."""
    for python in (APP_PYTHON, BOT_PYTHON):
        if not (root / python).exists():
            raise CannotStart(f"{python} is missing: run `make install`.")


def check_ports(settings: Settings) -> None:
    """The three ports can be listened on. Raises CannotStart naming the first that cannot."""
    ports = (
        ("WEB_PORT", settings.web_host, settings.web_port),
        ("BOT_PORT", LOOPBACK, settings.bot_port),
        ("ACTIONS_PORT", LOOPBACK, settings.actions_port),
    )
    with ExitStack() as held:  # held together, so that two equal numbers are noticed
        for variable, host, port in ports:
            try:
                held.enter_context(_listening(host, port))
            except OSError as error:
                reason = error.strerror or str(error)
                raise CannotStart(
                    f"Port {port} of {host} is not free ({reason}): "
                    f"stop what uses it, or set {variable} to another in .env."
                ) from error


def _listening(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        # As the servers do: a port whose last connections are still closing is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1)
    except OSError:
        listener.close()
        raise
    return listener
