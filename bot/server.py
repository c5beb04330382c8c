"""Serves the channel: Rasa's agent without Rasa's HTTP API, on loopback only."""

import os
import sys
from functools import partial
from typing import Any

from rasa.core.agent import load_agent
from rasa.core.channels import channel
from rasa.core.run import create_http_input_channels
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from bot import patches
from bot.action_endpoint import ActionEndpoint
from bot.settings import BotSettings, SettingsError

LOOPBACK = "127.0.0.1"
LARGEST_BODY_BYTES = 16_384


def run() -> int:
    """Serve until stopped. Returns the exit code."""
    try:
        settings = BotSettings.from_environment()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    # endpoints.yml reads these two from the environment, where a default has no value.
    os.environ["ACTIONS_PORT"] = str(settings.actions_port)
    os.environ["TRACKER_DATABASE_URL"] = settings.tracker_database_url
    patches.apply()
    app = make_app(settings)
    app.run(host=LOOPBACK, port=settings.port, workers=1, access_log=False)
    return 0


def make_app(settings: BotSettings) -> Sanic:
    """Return the server's application; it loads the agent before it opens its port."""
    app = Sanic("bot", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY_BYTES
    channel.register(create_http_input_channels(None, "credentials.yml"), app, route="/")
    app.register_listener(partial(_load_agent, settings), "before_server_start")
    app.register_listener(_close, "after_server_stop")
    return app


async def _load_agent(settings: BotSettings, app: Sanic, _: Any) -> None:
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    endpoints.action = ActionEndpoint(
        f"http://{LOOPBACK}:{settings.actions_port}/webhook",
        settings.actions_secret,
        settings.action_timeout_seconds,
    )
    agent = await load_agent(model_path=settings.model_path, endpoints=endpoints)
    if not agent.is_ready():
        # Rasa would serve on and answer every message with nothing.
        sys.stderr.write(f"The model {settings.model_path} cannot be loaded: run `make train`.\n")
        raise SystemExit(1)
    # The first message would otherwise wait until everything has been touched once.
    await agent.parse_message("bonjour")
    app.ctx.agent = agent


async def _close(app: Sanic, _: Any) -> None:
    await app.ctx.agent.action_endpoint.close()
