"""The processes of the house, and what each is told through its environment."""

from collections.abc import Mapping
from pathlib import Path

from deploy.layout import APP_PYTHON, BOT_PYTHON
from deploy.supervisor import Process
from registry.settings import Settings

COMMON_ENVIRONMENT = {
    "PYTHONUNBUFFERED": "1",
    # One process, one core: numeric libraries' own threads only cost memory here.
    "OMP_NUM_THREADS": "1",
    "RASA_TELEMETRY_ENABLED": "false",
}


def house(settings: Settings, model: Path) -> tuple[Process, ...]:
    """Return the four processes in starting order; `model` is relative to the root.

    They are told to stop in reverse order: the door first, so that nothing new comes in.
    """
    app, bot = str(APP_PYTHON), str(BOT_PYTHON)
    return (
        Process("worker", (app, "-m", "registry.worker")),
        Process("actions", (app, "-m", "actions.server"), port=settings.actions_port),
        Process(
            "bot",
            (bot, "-m", "bot.launcher", "run"),
            environment={"MODEL_PATH": str(model)},
            port=settings.bot_port,
        ),
        Process("gateway", (app, "-m", "web.gateway"), port=settings.web_port),
    )


def house_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return `environ` with what every process of the house is told besides."""
    return {**environ, **COMMON_ENVIRONMENT}
