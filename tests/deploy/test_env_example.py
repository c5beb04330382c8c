""".env.example names every setting and shows its default."""

from dataclasses import fields

from dotenv import dotenv_values

from deploy.layout import project_root
from registry.settings import SECRET_NAMES, Retention, Settings, SmtpSettings

EXAMPLE = project_root() / ".env.example"


def test_every_setting_is_in_it() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    server = [f"SMTP_{field.name.upper()}" for field in fields(SmtpSettings)]
    days = [f"{field.name.upper()}_DAYS" for field in fields(Retention)]
    groups = ("smtp", "retention")
    alone = [field.name.upper() for field in fields(Settings) if field.name not in groups]
    settings = [*alone, *server, *days]
    assert [name for name in settings if f"{name}=" not in text] == []


def test_what_it_sets_is_the_default() -> None:
    secrets = dict.fromkeys(SECRET_NAMES, "s" * 32)
    shown = {name: value or "" for name, value in dotenv_values(EXAMPLE).items()}
    assert Settings.from_environment(secrets | shown) == Settings.from_environment(secrets)


def test_its_commented_lines_are_the_defaults_too() -> None:
    secrets = dict.fromkeys(SECRET_NAMES, "s" * 32)
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    commented = [line[1:].split("=", 1) for line in lines if line.startswith("#") and "=" in line]
    shown = {name: value for name, value in commented if name.isupper() and value}
    assert set(shown) >= {"DATABASE_URL", "MAIL_DIR"}
    assert Settings.from_environment(secrets | shown) == Settings.from_environment(secrets)
