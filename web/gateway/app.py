"""The gateway's application, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI

from registry.session import Database
from registry.settings import Settings
from registry.texts import Texts
from web.gateway import (
    demo_mail,
    routes_data,
    routes_health,
    routes_messages,
    routes_session,
)
from web.gateway.bodies import BodyLimit
from web.gateway.bot_client import BotClient
from web.gateway.client_address import trusted_networks
from web.gateway.context import Gateway
from web.gateway.errors import UnexpectedErrors, install_error_handlers
from web.gateway.forgetting import forgetting
from web.gateway.headers import SecurityHeaders
from web.gateway.limits import Limits
from web.gateway.routes_page import page_router


@dataclass(frozen=True)
class GatewayTexts:
    """The gateway's own words and those of its page."""

    gateway: Texts
    page: Texts

    @classmethod
    def load(cls, folder: Path) -> "GatewayTexts":
        """Read gateway.yml and page.yml in `folder`."""
        return cls(Texts.load(folder / "gateway.yml"), Texts.load(folder / "page.yml"))


def create_app(settings: Settings, texts: GatewayTexts, bot: BotClient) -> FastAPI:
    """The whole gateway: contract, page, and in the demonstration the mails."""
    gateway = Gateway(
        settings=settings,
        texts=texts.gateway,
        database=Database(settings.database_url),
        bot=bot,
        limits=Limits(settings.session_rate, settings.address_rate),
        trusted_proxies=trusted_networks(settings.trusted_proxies),
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with forgetting(gateway):
            yield
        await gateway.close()

    app = FastAPI(
        title="TRACES NT sign-up assistant",
        lifespan=lifespan,
        # /api/docs serves the description itself, without a third party's scripts.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.gateway = gateway
    for router in (
        routes_session.router,
        routes_messages.router,
        routes_data.router,
        routes_health.router,
        demo_mail.router,
        page_router(texts.page),
    ):
        app.include_router(router)
    install_error_handlers(app, texts.gateway)
    # The last one added is the outermost: even a defect's answer carries the headers.
    app.add_middleware(BodyLimit)
    app.add_middleware(UnexpectedErrors, texts=texts.gateway)
    app.add_middleware(SecurityHeaders)
    return app
