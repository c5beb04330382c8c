"""The bot's process takes its settings from its environment, and says what is missing."""

import pytest

from bot.settings import BotSettings, SettingsError

NEEDED = {"BOT_SECRET": "b" * 32, "ACTIONS_SECRET": "a" * 32, "MODEL_PATH": "models/x.tar.gz"}


def test_what_is_not_said_has_its_default() -> None:
    settings = BotSettings.from_environment(NEEDED)
    assert (settings.port, settings.actions_port, settings.action_timeout_seconds) == (
        5005,
        5055,
        10.0,
    )
    assert settings.tracker_database_url == "sqlite:///var/conversations.db"


def test_what_is_said_counts() -> None:
    environment = {
        "BOT_PORT": "6005",
        "ACTIONS_PORT": "6055",
        "ACTION_TIMEOUT_SECONDS": "2.5",
        "VAR_DIR": "elsewhere",
    }
    settings = BotSettings.from_environment({**NEEDED, **environment})
    assert (settings.port, settings.actions_port, settings.action_timeout_seconds) == (
        6005,
        6055,
        2.5,
    )
    assert settings.tracker_database_url == "sqlite:///elsewhere/conversations.db"


@pytest.mark.parametrize("name", sorted(NEEDED))
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_one_is_named(name: str, value: str | None) -> None:
    environment = {key: known for key, known in NEEDED.items() if key != name}
    if value is not None:
        environment[name] = value
    with pytest.raises(SettingsError, match=name):
        BotSettings.from_environment(environment)


@pytest.mark.parametrize("name", ["BOT_PORT", "ACTIONS_PORT", "ACTION_TIMEOUT_SECONDS"])
def test_a_number_left_empty_has_its_default(name: str) -> None:
    """`BOT_PORT=` in .env means: not set (registry.settings reads it so, too)."""
    assert BotSettings.from_environment({**NEEDED, name: ""}) == (
        BotSettings.from_environment(NEEDED)
    )


@pytest.mark.parametrize("name", ["BOT_PORT", "ACTIONS_PORT", "ACTION_TIMEOUT_SECONDS"])
def test_what_is_no_number_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        BotSettings.from_environment({**NEEDED, name: "soon"})


def test_a_secret_is_not_shown() -> None:
    assert "b" * 32 not in repr(BotSettings.from_environment(NEEDED))
