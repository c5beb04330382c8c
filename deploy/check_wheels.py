"""No locked package needs a compiler: `python -m deploy.check_wheels`.

Every package of a lock file must have a wheel for this machine, but for a few that are
published as source only. Those are pure Python: what was built from them and installed
says so itself, in the WHEEL file that each installed package carries.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from deploy.layout import project_root

UV = Path(".venvs/uv/bin/uv")
# All three come with Rasa.
PURE_SOURCES = ("docopt", "mattermostwrapper", "randomname")


def without_wheel(uv: Path, lock: Path, allowed: Iterable[str]) -> str:
    """Return uv's words on a package of `lock` without a wheel; empty when all have one."""
    with tempfile.TemporaryDirectory() as empty:  # so that nothing counts as already there
        answer = subprocess.run(
            [
                *(str(uv), "pip", "install", "--quiet", "--dry-run", "--no-deps"),
                *("--python", sys.executable, "--target", empty),
                *("--only-binary", ":all:"),
                *(option for name in allowed for option in ("--no-binary", name)),
                *("--require-hashes", "-r", str(lock)),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    return answer.stderr.strip() if answer.returncode != 0 else ""


def compiled(site_packages: Path, names: Iterable[str]) -> list[str]:
    """Return those of `names` whose installed package is not marked as pure Python."""
    return [name for name in names if not _is_pure(site_packages, name)]


def _is_pure(site_packages: Path, name: str) -> bool:
    found = next(iter(distributions(name=name, path=[str(site_packages)])), None)
    return found is not None and "Root-Is-Purelib: true" in (found.read_text("WHEEL") or "")


def main() -> int:
    """Check both development lock files, which hold the others. 1 when one needs a compiler."""
    root = project_root()
    problems = [
        f"{lock}: {words}"
        for lock, allowed in (
            ("requirements-app-dev.txt", ()),
            ("requirements-bot-dev.txt", PURE_SOURCES),
        )
        if (words := without_wheel(root / UV, root / lock, allowed))
    ]
    site_packages = root / ".venvs/bot/lib/python3.11/site-packages"
    problems += [f"{name} was compiled" for name in compiled(site_packages, PURE_SOURCES)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("No locked package needs a compiler.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
