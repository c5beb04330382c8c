"""What the bot's process is told by its environment (see .env.example)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message is one plain line."""


@dataclass(frozen=True)
class BotSettings:
    """The bot's ports, secrets and files."""

    port: int
    secret: str = field(repr=False)
    actions_port: int
    actions_secret: str = field(repr=False)
    action_timeout_seconds: float
    tracker_database_url: str
    model_path: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "BotSettings":
        """Read the settings. Raises ``SettingsError`` for what is missing."""
        var_dir = environ.get("VAR_DIR") or "var"
        return cls(
            port=int(_number(environ, "BOT_PORT", 5005)),
            secret=_required(environ, "BOT_SECRET"),
            actions_port=int(_number(environ, "ACTIONS_PORT", 5055)),
            actions_secret=_required(environ, "ACTIONS_SECRET"),
            action_timeout_seconds=_number(environ, "ACTION_TIMEOUT_SECONDS", 10),
            tracker_database_url=environ.get("TRACKER_DATABASE_URL")
            or f"sqlite:///{var_dir}/conversations.db",
            model_path=_required(environ, "MODEL_PATH"),
        )


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name)
    if not value:
        raise SettingsError(f"{name} is not set: `make run` sets it, .env.example explains it.")
    return value


def _number(environ: Mapping[str, str], name: str, default: float) -> float:
    try:
        return float(environ.get(name) or default)
    except ValueError as error:
        raise SettingsError(f"{name} is not a number.") from error
