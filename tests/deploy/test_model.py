"""When the model is stale, when it is damaged, and how it is trained."""

from pathlib import Path

import pytest

from deploy import model
from deploy.errors import CannotStart

SOURCES = (
    "config.yml",
    "domain.yml",
    "requirements-bot.txt",
    "data/nlu/fr/greet.yml",
    "data/rules/guide.yml",
    "data/stories/operator.yml",
    "data/responses/guide.yml",
    "bot/nlu/encoder.py",
    "bot/inert_modules.py",
    "bot/training.py",
)
# Stands for `bot.launcher train`: the last argument is where the archive goes.
TRAINING = """#!/bin/sh
for out; do :; done
echo trained | tee -a trainings.txt > "$out"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for source in SOURCES:
        (tmp_path / source).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / source).write_text("first\n")
    python = tmp_path / ".venvs/bot/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(TRAINING)
    python.chmod(0o755)
    return tmp_path


def ensure(root: Path, *, force: bool = False) -> Path:
    return model.ensure_model(root, root / "var/log/training.log", force=force)


def trainings(root: Path) -> int:
    return len((root / "trainings.txt").read_text().splitlines())


@pytest.mark.parametrize("source", SOURCES)
def test_any_changed_source_makes_the_model_stale(root: Path, source: str) -> None:
    before = model.model_path(root)
    (root / source).write_text("second\n")
    assert model.model_path(root) != before


def test_a_new_and_a_renamed_source_make_the_model_stale(root: Path) -> None:
    paths = {model.model_path(root)}
    added = root / "data/nlu/en/greet.yml"
    added.parent.mkdir()
    added.write_text("hello\n")
    paths.add(model.model_path(root))
    added.rename(added.with_name("hello.yml"))
    paths.add(model.model_path(root))
    assert len(paths) == 3


def test_other_files_leave_the_model_as_it_is(root: Path) -> None:
    before = model.model_path(root)
    for name in ("data/texts/mail.yml", "bot/__pycache__/a.pyc", "bot/router.py", "README.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("other\n")
    assert model.model_path(root) == before


def test_a_model_of_todays_sources_is_trained_once(root: Path) -> None:
    path = ensure(root)
    assert (root / path).read_text() == "trained\n"
    assert ensure(root) == path
    assert trainings(root) == 1


def test_a_model_is_trained_anew_when_forced(root: Path) -> None:
    ensure(root)
    ensure(root, force=True)
    assert trainings(root) == 2


def test_progress_goes_to_stderr_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ensure(root)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Training the model (about 30 s) ..." in printed.err


def test_the_two_newest_models_are_kept_with_their_checksums(root: Path) -> None:
    made = []
    for version in ("1", "2", "3"):
        (root / "domain.yml").write_text(version)
        made.append(ensure(root).name)
    kept = sorted(file.name for file in (root / "models").iterdir() if file.name != ".lock")
    assert kept == sorted([*made[1:], *(f"{name}.sha256" for name in made[1:])])


def test_failed_training_leaves_no_model_and_names_its_log(root: Path) -> None:
    (root / ".venvs/bot/bin/python").write_text("#!/bin/sh\necho why\nexit 3\n")
    with pytest.raises(CannotStart, match=r"Training the model failed: read .*training\.log"):
        ensure(root)
    assert (root / "var/log/training.log").read_text() == "why\n"
    assert list((root / "models").glob("*.tar.gz*")) == []


@pytest.mark.parametrize("damage", ["changed", "no checksum", "empty checksum"])
def test_a_damaged_model_is_refused_and_said(root: Path, damage: str) -> None:
    archive = root / ensure(root)
    checksum = archive.with_name(f"{archive.name}.sha256")
    if damage == "changed":
        archive.write_text("something else\n")
    elif damage == "no checksum":
        checksum.unlink()
    else:
        checksum.write_text("")
    with pytest.raises(CannotStart, match=r"is damaged .* `make train FORCE=1`"):
        ensure(root)
    assert trainings(root) == 1
