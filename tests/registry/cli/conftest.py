"""A register that the commands work on, with what they need from the environment."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from registry import cli
from registry.session import Database
from registry.settings import SECRET_NAMES

Run = Callable[..., str]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for all that varies."""
    folder = tmp_path / "var"
    monkeypatch.setenv("VAR_DIR", str(folder))
    monkeypatch.setenv("APP_ENV", "demo")
    monkeypatch.setenv("DATABASE_URL", "")
    for name in SECRET_NAMES:
        monkeypatch.setenv(name, "a long text, for the tests only")
    return folder


@pytest.fixture
def database(var: Path) -> Iterator[Database]:
    """The register of the commands; its tables are there."""
    assert cli.main(["migrate"]) == 0
    database = Database(f"sqlite:///{var}/registry.db")
    yield database
    database.close()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command that succeeds and returns what it wrote: `run("tickets", "--show", …)`."""

    def do(*arguments: str) -> str:
        capsys.readouterr()
        assert cli.main(arguments) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return do


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command that is refused and returns why: one line."""

    def do(*arguments: str) -> str:
        capsys.readouterr()
        assert cli.main(arguments) == 1
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
        return said.err

    return do
