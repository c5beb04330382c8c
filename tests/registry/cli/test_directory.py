"""The commands for the directory: each ends with one line, and a failure with exit code 1."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from registry import cli
from registry.models import Organisation
from registry.session import Database


def count(var: Path) -> int:
    database = Database(f"sqlite:///{var}/registry.db")
    with database.transaction() as session:
        number = session.scalars(select(func.count()).select_from(Organisation)).one()
    database.close()
    return number


def in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_ENV", "production")
    monkeypatch.setenv("SERVICE_OPERATOR", "Example Services")
    monkeypatch.setenv("SMTP_HOST", "mail.example.org")


def test_migrate_makes_the_tables(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["migrate"]) == 0
    assert capsys.readouterr().out.count("\n") == 1
    assert count(var) == 0


def test_seed_loads_the_examples_once(var: Path) -> None:
    assert cli.main(["seed"]) == 0
    loaded = count(var)
    assert cli.main(["seed"]) == 0
    assert count(var) == loaded > 500


def test_production_gets_no_examples(
    var: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_production(monkeypatch)
    assert cli.main(["migrate"]) == 0
    assert cli.main(["seed"]) == 1
    assert "for the demonstration only" in capsys.readouterr().err
    for name in ("examples.csv", "made_up.csv"):
        assert cli.main(["import", str(cli.SEED / name)]) == 1
        assert "line 2: examples are for the demonstration only" in capsys.readouterr().err
    assert count(var) == 0


def test_production_may_get_the_control_bodies(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_production(monkeypatch)
    assert cli.main(["import", str(cli.SEED / "control_bodies.csv")]) == 0
    assert count(var) == 8


def test_a_damaged_database_is_said_in_one_line(
    var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    var.mkdir()
    path = var / "registry.db"
    path.write_text("This is a letter, not a database." * 100)
    for command in ("migrate", "seed"):
        assert cli.main([command]) == 1
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert f"{path} is damaged: restore a backup of it, or move it away" in said


def test_a_wrong_import_leaves_nothing(
    var: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (cli.SEED / "examples.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "wrong.csv"
    path.write_text("\n".join([*lines, "production,operator"]), encoding="utf-8")
    assert cli.main(["import", str(path)]) == 1
    assert capsys.readouterr().err.startswith(f"{path}, line 18: ")
    assert count(var) == 0


def test_a_missing_file_is_said(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "nowhere.csv"]) == 1
    assert capsys.readouterr().err == "nowhere.csv cannot be read: No such file or directory.\n"


def test_a_bad_setting_is_said(
    var: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_PORT", "http")
    assert cli.main(["migrate"]) == 1
    assert capsys.readouterr().err.startswith("WEB_PORT must be")
