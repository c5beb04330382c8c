"""The bot's environment holds the one Rasa that is patched, and no TensorFlow."""

import importlib.metadata
import re
from pathlib import Path

import pytest

from bot.inert_modules import ABSENT_PACKAGES
from bot.patches import PATCHED_VERSION

ROOT = Path(__file__).parents[2]
LOCKED = [ROOT / "requirements-bot.txt", ROOT / "requirements-bot-dev.txt"]
PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)


def pins(path: Path) -> dict[str, str]:
    return {name.lower(): version for name, version in PIN.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.name)
def test_the_locked_rasa_is_the_patched_one(path: Path) -> None:
    assert pins(path)["rasa"] == PATCHED_VERSION


def test_the_installed_rasa_is_the_patched_one() -> None:
    assert importlib.metadata.version("rasa") == PATCHED_VERSION


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.name)
def test_what_has_a_stand_in_is_not_installed(path: Path) -> None:
    absent = {package.replace("_", "-") for package in ABSENT_PACKAGES}
    assert absent.isdisjoint(pins(path))


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.name)
def test_every_pin_carries_hashes_and_no_index(path: Path) -> None:
    text = path.read_text("utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    without = [
        block.split("\n")[0] for block in blocks if PIN.match(block) and "sha256" not in block
    ]
    assert without == []
    assert "://" not in re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
