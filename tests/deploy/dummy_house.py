"""A house of two dummies, kept open as `make run` keeps the real one. Run by test_run.py."""

import sys
from pathlib import Path

from deploy.run import keep_open, open_processes, stop_on_signals
from deploy.supervisor import Process
from registry.settings import Settings

SLEEPER = (sys.executable, "-c", "import time; time.sleep(600)")
GATEWAY = (sys.executable, "-m", "tests.deploy.dummy_gateway")


def main() -> int:
    stop_on_signals()
    settings = Settings.from_environment()
    processes = (
        Process("sleeper", SLEEPER),
        Process("gateway", GATEWAY, port=settings.web_port),
    )
    return keep_open(open_processes(processes, Path.cwd(), settings), is_demo=settings.is_demo)


if __name__ == "__main__":
    sys.exit(main())
