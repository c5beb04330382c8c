"""Looking after the register: `python -m registry.cli migrate | seed | import FILE`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from registry import migrate
from registry.health import DatabaseDamaged, DatabaseUnreachable, check_database
from registry.importers.organisations import ImportRefused, import_organisations
from registry.session import Database
from registry.settings import Settings, SettingsError, ensure_secrets, load_environment_files

ROOT = Path(__file__).parents[1]
SEED = ROOT / "data" / "seed"


class CommandRefused(Exception):
    """The command cannot be run here; the message is one plain line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code, 1 with one line on stderr when it failed."""
    parsed = _parser().parse_args(arguments)
    load_environment_files(ROOT)
    try:
        ensure_secrets(ROOT)
        settings = Settings.from_environment()
        if parsed.command == "migrate":
            line = run_migrate(settings)
        elif parsed.command == "seed":
            line = run_seed(settings)
        else:
            line = run_import(settings, parsed.file)
    except (
        CommandRefused,
        DatabaseDamaged,
        DatabaseUnreachable,
        ImportRefused,
        SettingsError,
    ) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{line}\n")
    return 0


def run_migrate(settings: Settings) -> str:
    """Bring the tables up to date, in a new database if there is none."""
    check_database(settings.database_url)
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    migrate.upgrade(settings.database_url)
    return "The register's tables are up to date."


def run_seed(settings: Settings) -> str:
    """Load all of data/seed, in the demonstration only: most of it is made up."""
    if not settings.is_demo:
        raise CommandRefused("The examples are for the demonstration only (APP_ENV=demo).")
    return _run_imports(settings, sorted(SEED.glob("*.csv")))


def run_import(settings: Settings, path: Path) -> str:
    """Load organisations from a CSV file: all of it, or nothing when a row is wrong.

    Examples are for the demonstration only, so a file that holds one is refused in production.
    """
    return _run_imports(settings, [path])


def _run_imports(settings: Settings, paths: Sequence[Path]) -> str:
    run_migrate(settings)
    database = Database(settings.database_url)
    with database.transaction() as session:
        rows = sum(
            import_organisations(session, path, datetime.now(UTC), examples=settings.is_demo)
            for path in paths
        )
    database.close()
    return f"{rows} rows are in the register from {', '.join(path.name for path in paths)}."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m registry.cli", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="bring the tables up to date")
    commands.add_parser("seed", help="load the guide's examples (demonstration only)")
    importing = commands.add_parser("import", help="load organisations from a CSV file")
    importing.add_argument("file", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
