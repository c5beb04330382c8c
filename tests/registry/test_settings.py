"""Settings come from the environment, checked; secrets are made in the demonstration only."""

import os
import stat
from pathlib import Path

import pytest

from registry.settings import (
    SECRET_NAMES,
    Retention,
    Settings,
    SettingsError,
    ensure_secrets,
    load_environment_files,
)

OPERATOR = {"SERVICE_OPERATOR": "Example Services"}
SECRETS = dict.fromkeys(SECRET_NAMES, "a long text, for the tests only")


def test_the_defaults_are_a_demonstration_on_this_machine() -> None:
    settings = Settings.from_environment(SECRETS)
    assert settings.is_demo
    assert settings.database_url == "sqlite:///var/registry.db"
    assert settings.tracker_database_url == "sqlite:///var/conversations.db"
    assert (settings.web_host, settings.web_port, settings.bot_port, settings.actions_port) == (
        "127.0.0.1",
        8000,
        5005,
        5055,
    )
    assert (settings.session_hours, settings.session_rate, settings.address_rate) == (
        24,
        "40/minute",
        "1200/minute",
    )
    assert (settings.action_timeout_seconds, settings.bot_timeout_seconds) == (10, 20)
    assert (settings.mail_dir, settings.trusted_proxies) == (Path("var/mail"), ())
    assert settings.mail_from == "no-reply@example.org"


def test_the_folder_for_what_varies_moves_all_that_is_in_it() -> None:
    settings = Settings.from_environment({**SECRETS, "VAR_DIR": "/srv/assistant"})
    assert settings.database_url == "sqlite:////srv/assistant/registry.db"
    assert settings.mail_dir == Path("/srv/assistant/mail")


def test_how_long_things_are_kept_is_set_in_days() -> None:
    assert Settings.from_environment(SECRETS).retention == Retention()
    kept = Settings.from_environment({**SECRETS, "CONVERSATION_DAYS": "1"}).retention
    assert kept == Retention(conversation=1)
    with pytest.raises(SettingsError, match="TURN_DAYS"):
        Settings.from_environment({**SECRETS, "TURN_DAYS": "0"})


def test_an_empty_value_means_the_default() -> None:
    assert Settings.from_environment({**SECRETS, "WEB_PORT": ""}).web_port == 8000


def test_proxies_are_listed_with_commas() -> None:
    settings = Settings.from_environment({**SECRETS, "TRUSTED_PROXIES": "10.0.0.1, fd00::/8"})
    assert settings.trusted_proxies == ("10.0.0.1", "fd00::/8")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("APP_ENV", "staging"),
        ("WEB_PORT", "http"),
        ("WEB_PORT", "70000"),
        ("BOT_PORT", "0"),
        ("ACTIONS_PORT", "-1"),
        ("SESSION_HOURS", "1.5"),
        ("SESSION_HOURS", "²"),
        ("SESSION_RATE", "many"),
        ("ADDRESS_RATE", "0/minute"),
        ("TRUSTED_PROXIES", "10.0.0.1, proxy"),
        ("ACTION_TIMEOUT_SECONDS", "soon"),
        ("BOT_TIMEOUT_SECONDS", "nan"),
        ("HASH_KEY", "short"),
    ],
)
def test_a_value_that_cannot_be_used_is_said_in_one_line(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} ") as refusal:
        Settings.from_environment({**SECRETS, name: value})
    assert "\n" not in str(refusal.value)


def test_secrets_are_not_shown() -> None:
    settings = Settings.from_environment({**SECRETS, "DATABASE_URL": "postgresql://a:hidden@b/c"})
    assert "for the tests only" not in repr(settings)
    assert "hidden" not in repr(settings)


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_a_missing_secret_stops_the_start(name: str) -> None:
    environ = {**SECRETS, **OPERATOR, "APP_ENV": "production", name: ""}
    with pytest.raises(SettingsError, match=f"^{name} is missing"):
        Settings.from_environment(environ)


def test_the_demonstration_makes_its_secrets_once(tmp_path: Path) -> None:
    environ = {"VAR_DIR": "var", "HASH_KEY": "kept: it was there before"}
    ensure_secrets(tmp_path, environ)
    made = dict(environ)
    path = tmp_path / "var" / "secrets.env"
    assert made["HASH_KEY"] == "kept: it was there before"
    assert made["BOT_SECRET"] != made["ACTIONS_SECRET"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = path.read_text()
    ensure_secrets(tmp_path, environ)
    assert (environ, path.read_text()) == (made, written)
    assert Settings.from_environment(environ).bot_secret in written


def test_production_makes_no_secret(tmp_path: Path) -> None:
    environ = {"APP_ENV": "production"}
    ensure_secrets(tmp_path, environ)
    assert environ == {"APP_ENV": "production"}
    assert list(tmp_path.iterdir()) == []


def test_files_fill_what_the_environment_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (*SECRET_NAMES, "VAR_DIR", "WEB_PORT", "MAIL_FROM"):
        # Set first, so that monkeypatch also takes away what the files bring.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("WEB_PORT", "8100")
    (tmp_path / ".env").write_text("VAR_DIR=here\nWEB_PORT=8200\nMAIL_FROM=a@example.org\n")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "secrets.env").write_text("BOT_SECRET=from the file, long\n")
    load_environment_files(tmp_path)
    assert os.environ["WEB_PORT"] == "8100"
    assert os.environ["MAIL_FROM"] == "a@example.org"
    assert os.environ["BOT_SECRET"] == "from the file, long"


def test_production_needs_a_mail_server() -> None:
    with pytest.raises(SettingsError, match="SMTP_HOST is not set"):
        Settings.from_environment({**SECRETS, **OPERATOR, "APP_ENV": "production"})


def test_production_needs_to_say_who_runs_the_service() -> None:
    """A05: people are told."""
    with_mail = {**SECRETS, "APP_ENV": "production", "SMTP_HOST": "mail.example.org"}
    with pytest.raises(SettingsError, match="SERVICE_OPERATOR is missing"):
        Settings.from_environment(with_mail)
    assert Settings.from_environment(SECRETS).service_operator is None


def test_a_mail_server_is_spoken_to_by_starttls_unless_told_otherwise() -> None:
    smtp = Settings.from_environment({**SECRETS, "SMTP_HOST": "mail.example.org"}).smtp
    assert smtp is not None
    assert (smtp.port, smtp.starttls, smtp.user) == (587, True, None)
    plain = {**SECRETS, "SMTP_HOST": "mail.example.org", "SMTP_STARTTLS": "no"}
    assert Settings.from_environment(plain).smtp.starttls is False


def test_the_demonstration_needs_no_mail_server() -> None:
    assert Settings.from_environment(SECRETS).smtp is None
