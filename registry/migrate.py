"""Bringing the database's tables up to date, or down again, with the Alembic scripts."""

from pathlib import Path

from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the database at `url`; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    # Not a main option: those read % as the start of a placeholder, and passwords may hold one.
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """All tables as the models have them; running it again changes nothing."""
    command.upgrade(alembic_config(url), "head")


def downgrade(url: str) -> None:
    """No table of ours left, nor anything in it."""
    command.downgrade(alembic_config(url), "base")
