"""The trained model: is it of today's sources, is it whole, and if not, train it.

Its name carries a fingerprint of everything it is made from: a model is stale when the
file of that name is absent. A model archive is code to whoever loads it, so its sha256
lies beside it and is compared before each start.

    python -m deploy.model train [--force] | path
"""

import argparse
import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.errors import CannotStart
from deploy.layout import BOT_PYTHON, MODELS, project_root

SINGLE_SOURCES = (
    "config.yml",
    "domain.yml",
    "requirements-bot.txt",
    "bot/inert_modules.py",
    "bot/training.py",
)
SOURCE_TREES = (
    ("data/nlu", "*.yml"),
    ("data/rules", "*.yml"),
    ("data/stories", "*.yml"),
    ("data/responses", "*.yml"),
    ("bot/nlu", "*.py"),
)
TRAIN = (str(BOT_PYTHON), "-m", "bot.launcher", "train", "--out")
KEPT = 2
PROGRESS_SECONDS = 10
POLL_SECONDS = 0.1


def fingerprint(root: Path) -> str:
    """Return the sha256 (hex) of names and contents of all that the model is made from."""
    digest = hashlib.sha256()
    for source in _sources(root):
        content = source.read_bytes()
        name = source.relative_to(root).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def model_path(root: Path) -> Path:
    """Return where the model of today's sources is or would be, relative to `root`."""
    return MODELS / f"assistant-{fingerprint(root)[:12]}.tar.gz"


def check_model(archive: Path) -> None:
    """Compare `archive` with the sha256 beside it. Raises CannotStart when they differ."""
    try:
        whole = _checksum_file(archive).read_text(encoding="ascii").split()[0] == _sha256(archive)
    except (OSError, IndexError, UnicodeDecodeError):
        whole = False
    if not whole:
        raise CannotStart(
            f"The model {archive} is damaged (it does not match its .sha256): "
            "train it again with `make train FORCE=1`."
        )


def ensure_model(root: Path, log: Path, *, force: bool = False) -> Path:
    """Return the path, relative to `root`, of a whole model of today's sources.

    Trains it when absent or when `force`; the training's own words go to `log`.
    Raises CannotStart when training fails or the model is damaged.
    """
    with _one_at_a_time(root / MODELS):
        path = model_path(root)
        if force or not (root / path).exists():
            _train(root, path, log)
            _remove_old(root / MODELS)
    check_model(root / path)
    return path


def _sources(root: Path) -> list[Path]:
    trees = (file for folder, name in SOURCE_TREES for file in (root / folder).rglob(name))
    return sorted([*(root / name for name in SINGLE_SOURCES), *trees])


@contextmanager
def _one_at_a_time(models: Path) -> Iterator[None]:
    """Hold the folder's lock: of two that train at once, the second finds the model made."""
    models.mkdir(exist_ok=True)
    with (models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _train(root: Path, path: Path, log: Path) -> None:
    archive = root / path
    unfinished = archive.with_name(f"training-{os.getpid()}.tar.gz")
    try:
        _run_training(root, unfinished, log)
        # The checksum comes first, so that a model in place always has one.
        checksum = f"{_sha256(unfinished)}  {archive.name}\n"
        _checksum_file(archive).write_text(checksum, encoding="ascii")
        unfinished.replace(archive)
    finally:
        unfinished.unlink(missing_ok=True)


def _run_training(root: Path, out: Path, log: Path) -> None:
    _say("Training the model (about 30 s) ...")
    started = told = time.monotonic()
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("wb") as written,
        subprocess.Popen(
            [*TRAIN, str(out.relative_to(root))],
            cwd=root,
            env=os.environ | {"RASA_TELEMETRY_ENABLED": "false"},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        ) as training,
    ):
        try:
            while training.poll() is None:
                time.sleep(POLL_SECONDS)
                if time.monotonic() - told >= PROGRESS_SECONDS:
                    told = time.monotonic()
                    _say(f"  ... {told - started:.0f} s")
        finally:
            training.terminate()
            training.wait()
    if training.returncode != 0 or not out.exists():
        raise CannotStart(f"Training the model failed: read {log}.")
    _say(f"Model trained in {time.monotonic() - started:.0f} s.")


def _remove_old(models: Path) -> None:
    newest_first = sorted(models.glob("assistant-*.tar.gz"), key=_modified, reverse=True)
    for archive in newest_first[KEPT:]:
        archive.unlink()
        _checksum_file(archive).unlink(missing_ok=True)


def _modified(file: Path) -> int:
    return file.stat().st_mtime_ns


def _checksum_file(archive: Path) -> Path:
    return archive.with_name(f"{archive.name}.sha256")


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _say(line: str) -> None:
    # On stderr: `make parse` keeps stdout for its JSON.
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Command line: `train [--force]`, or `path`, which prints the model's path."""
    parser = argparse.ArgumentParser(prog="python -m deploy.model")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("train").add_argument("--force", action="store_true")
    commands.add_parser("path")
    arguments = parser.parse_args()
    root = project_root()
    if arguments.command == "path":
        print(model_path(root))
        return 0
    try:
        ensure_model(root, _log(root), force=arguments.force)
    except CannotStart as error:
        _say(str(error))
        return 1
    return 0


def _log(root: Path) -> Path:
    return root / (os.environ.get("VAR_DIR") or "var") / "log" / "training.log"


if __name__ == "__main__":
    sys.exit(main())
