"""The databases before a start: readable, at today's tables, in the demonstration with examples.

It runs as a process of its own (`python -m deploy.prepare`), so that what it imports
does not stay in memory as long as the house runs.
"""

import sys

from sqlalchemy.engine import make_url

from deploy.layout import project_root
from registry.cli import run_migrate, run_seed
from registry.health import DatabaseDamaged, DatabaseUnreachable, check_database
from registry.importers.organisations import ImportRefused
from registry.settings import Settings, SettingsError, load_environment_files


def prepare(settings: Settings) -> None:
    """Check both databases, bring the register up to date, load the demonstration's examples.

    Raises DatabaseDamaged, DatabaseUnreachable or ImportRefused, one line each.
    """
    # The conversations are the bot's: its own health speaks of a server, we look at a file.
    if make_url(settings.tracker_database_url).get_backend_name() == "sqlite":
        check_database(settings.tracker_database_url)
    run_migrate(settings)
    if settings.is_demo:
        run_seed(settings)


def main() -> int:
    """Prepare; returns the exit code, 1 with one line on stderr when it failed."""
    load_environment_files(project_root())
    try:
        prepare(Settings.from_environment())
    except (DatabaseDamaged, DatabaseUnreachable, ImportRefused, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
