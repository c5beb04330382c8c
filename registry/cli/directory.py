"""Commands for the directory: its tables, its examples, what is imported from a file."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from registry.cli.base import CommandRefused, bring_up_to_date
from registry.importers.organisations import import_organisations
from registry.session import Database
from registry.settings import Settings

if TYPE_CHECKING:
    from registry.cli.base import Commands

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "seed"


def add_to(commands: "Commands") -> None:
    """Add the commands and what they are given."""
    migrating = commands.add_parser("migrate", help="bring the tables up to date")
    migrating.set_defaults(run=lambda settings, _: run_migrate(settings))
    seeding = commands.add_parser("seed", help="load the guide's examples (demonstration only)")
    seeding.set_defaults(run=lambda settings, _: run_seed(settings))
    importing = commands.add_parser("import", help="load organisations from a CSV file")
    importing.add_argument("file", type=Path)
    importing.set_defaults(run=lambda settings, parsed: run_import(settings, parsed.file))


def run_migrate(settings: Settings) -> str:
    """Bring the tables up to date, in a new database if there is none."""
    bring_up_to_date(settings)
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
