"""What `make` says when the machine lacks Python 3.11 or its venv."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.layout import project_root

DEBIAN = "apt-get install python3.11 python3.11-venv"
OTHER_PYTHON = "#!/bin/sh\nexit 1\n"
# Says yes to the question of its version, no to that of its modules.
PYTHON_WITHOUT_VENV = "#!/bin/sh\ncase $2 in *ensurepip*) exit 1;; esac\n"


@pytest.mark.parametrize(
    ("python", "said"),
    [
        (None, "Python 3.11 is missing"),
        (OTHER_PYTHON, "Python 3.11 is missing"),
        (PYTHON_WITHOUT_VENV, "its venv is missing"),
    ],
    ids=["no python", "another python", "no venv"],
)
def test_what_is_missing_is_said_with_the_command_for_it(
    tmp_path: Path, python: str | None, said: str
) -> None:
    shutil.copy(project_root() / "Makefile", tmp_path)
    interpreter = tmp_path / "python3.11"
    if python is not None:
        interpreter.write_text(python)
        interpreter.chmod(0o755)
    answer = subprocess.run(
        ["make", "-s", "run", f"PYTHON={interpreter}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode != 0
    assert said in answer.stderr.splitlines()[0]
    assert DEBIAN in answer.stderr.splitlines()[0]
    assert not (tmp_path / ".venvs" / "app").exists()


def test_make_alone_lists_what_it_does() -> None:
    listed = subprocess.run(
        ["make"], cwd=project_root(), capture_output=True, text=True, check=True
    ).stdout
    for target in ("run", "test", "chat", "train", "parse", "facts", "lint", "lock", "bench"):
        assert f"make {target} " in listed
    for target in ("tickets", "requests"):
        assert f"make {target} " in listed


@pytest.mark.parametrize(
    ("given", "passed_on"),
    [
        (["tickets"], ["tickets"]),
        (
            ["tickets", "ANSWER=TK-1", 'TEXT=C\'est "là", `date` & co', "ACTOR=desk-1"],
            [
                "tickets",
                "--answer",
                "TK-1",
                "--text",
                'C\'est "là", `date` & co',
                "--actor",
                "desk-1",
            ],
        ),
        (
            ["requests", "REJECT_OPERATOR=TR-1", "REASON=", "ACTOR=commission:eu-1"],
            [
                "requests",
                "--reject-operator",
                "TR-1",
                "--reason",
                "",
                "--actor",
                "commission:eu-1",
            ],
        ),
    ],
    ids=["nothing", "quotes", "a decision"],
)
def test_what_is_given_reaches_the_command_as_it_is(
    tmp_path: Path, given: list[str], passed_on: list[str]
) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    python.chmod(0o755)
    answer = subprocess.run(
        ["make", "-s", "-o", "install", f"APP={python}", *given],
        cwd=project_root(),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "SHOW": "of the environment"},
    )
    assert answer.stdout.splitlines() == ["-m", "registry.cli", *passed_on]
