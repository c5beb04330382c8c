"""Reads the command line, runs the command, says in one line what went wrong."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from registry.cli import directory, requests, tickets
from registry.cli.base import CommandRefused
from registry.health import DatabaseDamaged, DatabaseUnreachable
from registry.importers.organisations import ImportRefused
from registry.settings import Settings, SettingsError, ensure_secrets, load_environment_files

ROOT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code, 1 with one line on stderr when it failed."""
    parsed = _parser().parse_args(arguments)
    load_environment_files(ROOT)
    try:
        ensure_secrets(ROOT)
        said = parsed.run(Settings.from_environment(), parsed)
    except (
        CommandRefused,
        DatabaseDamaged,
        DatabaseUnreachable,
        ImportRefused,
        SettingsError,
    ) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{said}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m registry.cli", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for module in (directory, tickets, requests):
        module.add_to(commands)
    return parser
