"""`make run` from outside: what it prints, its exit code, and that nothing is left behind."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from deploy.layout import project_root
from deploy.run import read_settings
from registry.settings import SECRET_NAMES, Settings

Left = Callable[[list[psutil.Process]], list[psutil.Process]]
HOUSE = [sys.executable, "-m", "tests.deploy.dummy_house"]
RUN = [sys.executable, "-m", "deploy.run"]


def environment(settings: Settings, **changed: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(project_root()),
        "VAR_DIR": str(settings.var_dir),
        "WEB_PORT": str(settings.web_port),
        "BOT_PORT": str(settings.bot_port),
        "ACTIONS_PORT": str(settings.actions_port),
        "BOT_SECRET": settings.bot_secret,
        "ACTIONS_SECRET": settings.actions_secret,
        "HASH_KEY": settings.hash_key,
        **changed,
    }


@contextmanager
def dummy_house(settings: Settings) -> "Iterator[subprocess.Popen[str]]":
    """The dummy house, ready; killed at the end if a test left it running."""
    with subprocess.Popen(
        HOUSE, env=environment(settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as house:
        try:
            yield house
        finally:
            if house.poll() is None:
                house.terminate()


def refused(settings: Settings, **changed: str) -> str:
    """What `python -m deploy.run` says when it must not start."""
    answer = subprocess.run(
        RUN, env=environment(settings, **changed), capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    return answer.stderr


def test_it_prints_the_address_and_where_the_mails_are(settings: Settings) -> None:
    with dummy_house(settings) as house:
        assert house.stdout is not None
        assert house.stdout.readline().endswith(f" s: http://127.0.0.1:{settings.web_port}\n")
        assert "/mail" in house.stdout.readline()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_ends_everything(
    settings: Settings, number: signal.Signals, left: Left
) -> None:
    with dummy_house(settings) as house:
        assert house.stdout is not None
        house.stdout.readline()
        family = psutil.Process(house.pid).children(recursive=True)
        house.send_signal(number)
        assert house.wait(timeout=30) == 0
    assert len(family) == 3  # supervisord and the two dummies
    assert left(family) == []


def test_a_supervisor_that_ends_is_said_and_fails(settings: Settings) -> None:
    with dummy_house(settings) as house:
        assert house.stdout is not None
        assert house.stderr is not None
        house.stdout.readline()
        psutil.Process(house.pid).children()[0].terminate()
        assert house.wait(timeout=30) == 1
        assert "The supervisor ended by itself" in house.stderr.read()


def test_a_port_in_use_stops_the_start(settings: Settings) -> None:
    with dummy_house(settings) as house:
        assert house.stdout is not None
        house.stdout.readline()
        assert f"Port {settings.web_port} " in refused(settings)


def test_a_missing_secret_stops_the_start_in_production(settings: Settings) -> None:
    said = refused(settings, APP_ENV="production", BOT_SECRET="")
    assert said.startswith("BOT_SECRET is missing")
    assert not settings.var_dir.exists()


def test_a_folder_that_cannot_be_written_stops_the_start(settings: Settings) -> None:
    settings.var_dir.write_text("a file where the folder should be")
    assert str(settings.var_dir) in refused(settings, HASH_KEY="")


def test_a_bad_setting_stops_the_start(settings: Settings) -> None:
    assert refused(settings, WEB_PORT="eighty").startswith("WEB_PORT must be")


@pytest.mark.parametrize("name", ["registry.db", "conversations.db"])
def test_a_corrupt_database_stops_the_start_and_is_named(settings: Settings, name: str) -> None:
    settings.var_dir.mkdir()
    (settings.var_dir / name).write_bytes(b"this was a database once" * 400)
    assert str(settings.var_dir / name) in refused(settings)


def test_secrets_of_the_demonstration_are_made_once_for_their_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start_without_secrets() -> Settings:
        for name in SECRET_NAMES:
            monkeypatch.setenv(name, "")  # so that it is put back after the test
            monkeypatch.delenv(name)
        return read_settings(tmp_path)

    monkeypatch.setenv("VAR_DIR", "var")
    monkeypatch.setenv("APP_ENV", "demo")
    first = start_without_secrets()
    file = tmp_path / "var" / "secrets.env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len({first.bot_secret, first.actions_secret, first.hash_key}) == 3
    assert start_without_secrets() == first
