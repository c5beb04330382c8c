"""The check that no locked package needs a compiler, and that it can fail."""

import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from deploy.check_wheels import UV, compiled, without_wheel
from deploy.layout import project_root

LOCKS = ("app", "app-dev", "bot", "bot-dev")


@pytest.fixture
def source_only(tmp_path: Path) -> Path:
    """A lock file of one package that is published as source only."""
    archive = tmp_path / "needs_compiler-1.0.tar.gz"
    metadata = b"Metadata-Version: 2.2\nName: needs-compiler\nVersion: 1.0\n"
    with tarfile.open(archive, "w:gz") as sdist:
        entry = tarfile.TarInfo("needs_compiler-1.0/PKG-INFO")
        entry.size = len(metadata)
        sdist.addfile(entry, io.BytesIO(metadata))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        f"--no-index\n--find-links {tmp_path}\nneeds-compiler==1.0 --hash=sha256:{digest}\n"
    )
    return lock


def test_a_package_without_a_wheel_is_named(source_only: Path) -> None:
    assert "needs-compiler" in without_wheel(project_root() / UV, source_only, allowed=())


@pytest.mark.parametrize(
    ("wheel", "found"),
    [("Root-Is-Purelib: true", []), ("Root-Is-Purelib: false", ["thing"])],
)
def test_what_was_compiled_after_all_is_named(tmp_path: Path, wheel: str, found: list[str]) -> None:
    installed = tmp_path / "thing-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n")
    (installed / "WHEEL").write_text(f"Wheel-Version: 1.0\n{wheel}\nTag: any\n")
    assert compiled(tmp_path, ["thing"]) == found


def test_an_allowed_source_that_is_not_installed_is_not_taken_for_pure(tmp_path: Path) -> None:
    assert compiled(tmp_path, ["thing"]) == ["thing"]


@pytest.mark.parametrize("lock", LOCKS)
def test_locked_files_pin_by_hash_and_name_no_index(lock: str) -> None:
    lines = (project_root() / f"requirements-{lock}.txt").read_text().splitlines()
    pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert pinned
    assert [line for line in pinned if "==" not in line or not line.endswith("\\")] == []
    assert [line for line in lines if "://" in line or "--index" in line] == []
