"""`make chat`: talk in the terminal to the house that runs, or to one opened meanwhile."""

import signal
import subprocess
import sys
from pathlib import Path

from deploy.errors import CannotStart
from deploy.layout import project_root
from deploy.ready import failing_parts
from deploy.run import gateway_host, open_house, read_settings, stop_on_signals
from registry.settings import SettingsError


def main() -> int:
    """Run the terminal client until the user leaves; returns the exit code."""
    stop_on_signals()
    root = project_root()
    try:
        settings = read_settings(root)
        if not failing_parts(gateway_host(settings), settings.web_port):
            return _talk(root, f"http://{gateway_host(settings)}:{settings.web_port}")
        with open_house(root, settings) as house:
            return _talk(root, house.address)
    except (CannotStart, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _talk(root: Path, address: str) -> int:
    # Ctrl-C is the client's to understand: it says goodbye, and we go on to stop the house.
    # A handler, not SIG_IGN, which the client would inherit.
    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    client = [sys.executable, "-m", "web.terminal", "--url", address]
    return subprocess.run(client, cwd=root, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
