"""Looking after the register from the command line: `python -m registry.cli COMMAND`."""

from registry.cli.directory import SEED, run_import, run_migrate, run_seed
from registry.cli.main import main

__all__ = ["SEED", "main", "run_import", "run_migrate", "run_seed"]
