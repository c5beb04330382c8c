"""A database that cannot be used is said in one line: which one, and what to do."""

from pathlib import Path

import pytest

from registry.health import DatabaseDamaged, DatabaseUnreachable, check_database


def test_a_whole_database_passes(database_url: str) -> None:
    check_database(database_url)


def test_a_file_that_does_not_exist_yet_passes_and_is_not_made(tmp_path: Path) -> None:
    check_database(f"sqlite:///{tmp_path}/new.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "registry.db"
    path.write_text("This is a letter, not a database." * 100)
    with pytest.raises(DatabaseDamaged, match=f"{path} is damaged: restore a backup"):
        check_database(f"sqlite:///{path}")


def test_damage_inside_the_file_is_found(database_url: str) -> None:
    path = Path(database_url.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged, match=str(path)):
        check_database(database_url)


def test_a_folder_in_its_place_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable, match="cannot be opened"):
        check_database(f"sqlite:///{tmp_path}")


def test_a_password_is_never_shown() -> None:
    with pytest.raises(DatabaseUnreachable) as refusal:
        check_database("postgresql://someone:hidden@127.0.0.1:1/registry")
    assert "hidden" not in str(refusal.value)
    assert "\n" not in str(refusal.value)
