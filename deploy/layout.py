"""Where things stand in the project's folder, as relative paths."""

from pathlib import Path

APP_PYTHON = Path(".venvs/app/bin/python")
BOT_PYTHON = Path(".venvs/bot/bin/python")
MODELS = Path("models")


def project_root() -> Path:
    """Return the folder that holds deploy/, as an absolute path."""
    return Path(__file__).resolve().parent.parent
