"""What the house is told from outside: environment variables, .env, and the secrets' file."""

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from dotenv import load_dotenv

from registry.validation import BadAnswer, read_email

SECRET_NAMES = ("BOT_SECRET", "ACTIONS_SECRET", "HASH_KEY")
SECRETS_FILE = "secrets.env"
RATE = re.compile(r"[1-9]\d*/(second|minute|hour|day)")
# Shorter keys could be guessed; those made at first run have 43 characters.
SHORTEST_SECRET = 16


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message is one plain line for the operator."""


@dataclass(frozen=True)
class SmtpSettings:
    """The mail server: where it is, and how it is spoken to."""

    host: str
    port: int
    starttls: bool
    user: str | None
    password: str | None = field(repr=False)


@dataclass(frozen=True)
class Retention:
    """How many days what is kept: all that people are told of it (A05) comes from here."""

    # After the end of its session.
    conversation: int = 7
    # After the last answer entered, and after it was filed or cancelled.
    open_draft: int = 30
    closed_draft: int = 7
    # After its decision or cancellation, with its requester.
    ended_request: int = 365
    # After it was asked or last answered.
    ticket: int = 365
    mail: int = 30
    comment: int = 90
    turn: int = 365


@dataclass(frozen=True)
class Settings:
    """Every setting, checked. Hours and seconds are numbers; rates read like `40/minute`.

    What must not reach a log (secrets, and addresses that may hold a password) is not shown.
    """

    app_env: str
    var_dir: Path
    database_url: str = field(repr=False)
    tracker_database_url: str = field(repr=False)
    web_host: str
    web_port: int
    bot_port: int
    actions_port: int
    bot_secret: str = field(repr=False)
    actions_secret: str = field(repr=False)
    hash_key: str = field(repr=False)
    session_hours: int
    session_rate: str
    address_rate: str
    trusted_proxies: tuple[str, ...]
    action_timeout_seconds: float
    bot_timeout_seconds: float
    mail_dir: Path
    mail_from: str
    smtp: SmtpSettings | None
    service_operator: str | None
    retention: Retention
    helpdesk_email: str | None

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration (APP_ENV=demo), with its examples and /mail."""
        return self.app_env == "demo"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read and check all settings. Raises SettingsError for a missing or bad value."""
        var_dir = Path(environ.get("VAR_DIR") or "var")
        app_env = _one_of(environ, "APP_ENV", ("demo", "production"))
        return cls(
            app_env=app_env,
            var_dir=var_dir,
            database_url=environ.get("DATABASE_URL") or f"sqlite:///{var_dir}/registry.db",
            tracker_database_url=environ.get("TRACKER_DATABASE_URL")
            or f"sqlite:///{var_dir}/conversations.db",
            web_host=environ.get("WEB_HOST") or "127.0.0.1",
            web_port=_port(environ, "WEB_PORT", 8000),
            bot_port=_port(environ, "BOT_PORT", 5005),
            actions_port=_port(environ, "ACTIONS_PORT", 5055),
            bot_secret=_secret(environ, "BOT_SECRET"),
            actions_secret=_secret(environ, "ACTIONS_SECRET"),
            hash_key=_secret(environ, "HASH_KEY"),
            session_hours=_whole_number(environ, "SESSION_HOURS", 24),
            session_rate=_rate(environ, "SESSION_RATE", "40/minute"),
            address_rate=_rate(environ, "ADDRESS_RATE", "1200/minute"),
            trusted_proxies=_networks(environ, "TRUSTED_PROXIES"),
            action_timeout_seconds=_seconds(environ, "ACTION_TIMEOUT_SECONDS", 10),
            bot_timeout_seconds=_seconds(environ, "BOT_TIMEOUT_SECONDS", 20),
            mail_dir=Path(environ.get("MAIL_DIR") or var_dir / "mail"),
            mail_from=environ.get("MAIL_FROM") or "no-reply@example.org",
            smtp=_smtp(environ, app_env),
            service_operator=_service_operator(environ, app_env),
            retention=_retention(environ),
            helpdesk_email=_address(environ, "HELPDESK_EMAIL"),
        )


def load_environment_files(root: Path) -> None:
    """Bring `root`/.env, then {VAR_DIR}/secrets.env, into os.environ; what is set already wins."""
    load_dotenv(root / ".env")
    load_dotenv(root / (os.environ.get("VAR_DIR") or "var") / SECRETS_FILE)


def ensure_secrets(root: Path, environ: MutableMapping[str, str] = os.environ) -> None:
    """In the demonstration, make the missing secrets, keep them in {VAR_DIR}/secrets.env.

    In production nothing is made: Settings.from_environment then says which one is missing.
    """
    missing = [name for name in SECRET_NAMES if not environ.get(name)]
    if not missing or (environ.get("APP_ENV") or "demo") != "demo":
        return
    made = {name: secrets.token_urlsafe(32) for name in missing}
    path = root / (environ.get("VAR_DIR") or "var") / SECRETS_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    # Readable by the owner alone from its first byte on.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in made.items())
    environ.update(made)


def _one_of(environ: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = environ.get(name) or allowed[0]
    if value not in allowed:
        raise SettingsError(f"{name} must be one of {', '.join(allowed)}; it is {value!r}.")
    return value


def _secret(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise SettingsError(f"{name} is missing: set it to a long random text (see .env.example).")
    if len(value) < SHORTEST_SECRET:
        raise SettingsError(f"{name} is too short: use at least {SHORTEST_SECRET} characters.")
    return value


def _service_operator(environ: Mapping[str, str], app_env: str) -> str | None:
    name = environ.get("SERVICE_OPERATOR") or None
    if name is None and app_env == "production":
        raise SettingsError(
            "SERVICE_OPERATOR is missing: people must be told who runs the service (A05)."
        )
    return name


def _address(environ: Mapping[str, str], name: str) -> str | None:
    value = environ.get(name) or None
    if value is None:
        return None
    try:
        return read_email(value)
    except BadAnswer:
        raise SettingsError(f"{name} must be one e-mail address.") from None


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise SettingsError(f"{name} must be a whole number above 0; it is {value!r}.")
    return int(value)


def _retention(environ: Mapping[str, str]) -> Retention:
    """CONVERSATION_DAYS, OPEN_DRAFT_DAYS and so on: a variable for each field."""
    defaults = asdict(Retention())
    return Retention(
        **{
            kept: _whole_number(environ, f"{kept.upper()}_DAYS", days)
            for kept, days in defaults.items()
        }
    )


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    port = _whole_number(environ, name, default)
    if port > 65535:
        raise SettingsError(f"{name} must be a port between 1 and 65535; it is {port}.")
    return port


def _seconds(environ: Mapping[str, str], name: str, default: float) -> float:
    value = environ.get(name) or str(default)
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 3600:
        raise SettingsError(f"{name} must be a number of seconds above 0; it is {value!r}.")
    return seconds


def _smtp(environ: Mapping[str, str], app_env: str) -> SmtpSettings | None:
    host = environ.get("SMTP_HOST")
    if not host:
        if app_env == "production":
            raise SettingsError("SMTP_HOST is not set: in production, codes travel by e-mail.")
        return None
    return SmtpSettings(
        host=host,
        port=_port(environ, "SMTP_PORT", 587),
        starttls=_one_of(environ, "SMTP_STARTTLS", ("yes", "no")) == "yes",
        user=environ.get("SMTP_USER") or None,
        password=environ.get("SMTP_PASSWORD") or None,
    )


def _rate(environ: Mapping[str, str], name: str, default: str) -> str:
    value = environ.get(name) or default
    if not RATE.fullmatch(value):
        raise SettingsError(f"{name} must read like 40/minute; it is {value!r}.")
    return value


def _networks(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    values = tuple(part.strip() for part in environ.get(name, "").split(",") if part.strip())
    for value in values:
        try:
            ipaddress.ip_network(value, strict=False)
        except ValueError:
            raise SettingsError(
                f"{name} must list addresses or networks with commas; {value!r} is neither."
            ) from None
    return values
