"""`python -m web.gateway`: serve the gateway with uvicorn."""

import logging
import sys
from contextlib import suppress
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from registry.settings import Settings, SettingsError, load_environment_files
from web.gateway.app import GatewayTexts, create_app
from web.gateway.bot_client import BotClient, http_client

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Serve until told to stop; returns the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would name every conversation
    load_environment_files(ROOT)
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    bot = BotClient(
        http_client(settings.bot_port, settings.bot_secret, settings.bot_timeout_seconds)
    )
    app = create_app(settings, GatewayTexts.load(ROOT / "data" / "texts"), bot)
    with suppress(KeyboardInterrupt):  # uvicorn passes Ctrl-C on once everything is closed
        server_of(app, settings).run()
    return 0


def server_of(app: FastAPI, settings: Settings) -> uvicorn.Server:
    """The server for the gateway: nothing said on it is logged, and stopping lets turns end."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.web_host,
            port=settings.web_port,
            access_log=False,
            log_config=None,
            server_header=False,
            # The gateway itself reads X-Forwarded-For, from TRUSTED_PROXIES only.
            proxy_headers=False,
            timeout_graceful_shutdown=int(settings.bot_timeout_seconds) + 1,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
