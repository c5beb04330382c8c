"""The gateway as it runs, on a migrated registry, with a bot that keeps the contract."""

import shutil
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from registry import migrate
from registry.session import Database
from registry.settings import Settings
from tests.web.fake_bot import SECRET, FakeBot
from web.gateway.__main__ import server_of
from web.gateway.app import GatewayTexts, create_app
from web.gateway.bot_client import BotClient

TEXTS = Path(__file__).parents[2] / "data" / "texts"


@dataclass
class House:
    """The gateway under test, with its neighbours."""

    settings: Settings
    app: FastAPI
    bot: FakeBot
    database: Database

    def client(self, address: str = "203.0.113.7", **headers: str) -> httpx.AsyncClient:
        """An anonymous client at `address`."""
        transport = httpx.ASGITransport(self.app, client=(address, 4321))
        return httpx.AsyncClient(transport=transport, base_url="http://gateway", headers=headers)

    @asynccontextmanager
    async def newcomer(self, lang: str = "fr", **client: str) -> AsyncIterator[httpx.AsyncClient]:
        """A client that has opened a session."""
        async with self.client(**client) as http:
            opened = await http.post("/api/session", json={"lang": lang})
            assert opened.status_code == 201, opened.text
            http.headers["Authorization"] = f"Bearer {opened.json()['token']}"
            yield http

    def conversation_id(self) -> str:
        """The one conversation there is."""
        (sender,) = self.bot.conversations
        return sender


def said(text: str, message_id: str | None = None) -> dict[str, Any]:
    """The body of a typed message."""
    return {"message_id": message_id or str(uuid4()), "text": text}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("registry") / "registry.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def settings(tmp_path: Path, migrated_file: Path) -> Settings:
    shutil.copy(migrated_file, tmp_path / "registry.db")
    return Settings.from_environment(
        {
            "VAR_DIR": str(tmp_path),
            "BOT_SECRET": SECRET,
            "ACTIONS_SECRET": "never used by the gateway",
            "HASH_KEY": "a key for hashes in tests",
        }
    )


@pytest.fixture
def build(settings: Settings) -> Iterator[Any]:
    """Makes the house with some settings changed: `build(app_env="production")`."""
    built: list[House] = []

    def made(**changes: Any) -> House:
        changed = replace(settings, **changes)
        bot = FakeBot()
        app = create_app(changed, GatewayTexts.load(TEXTS), BotClient(bot.http()))
        database = Database(changed.database_url)
        built.append(House(changed, app, bot, database))
        return built[-1]

    yield made
    for house in built:
        house.database.close()
        house.app.state.gateway.database.close()


@pytest.fixture
def house(build: Any) -> House:
    made: House = build()
    return made


@pytest.fixture
def served(house: House) -> Iterator[str]:
    """The house behind its real server; gives its address."""
    # Said to be TCP: asyncio only then sends without delay.
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = server_of(house.app, house.settings)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        # What connects before the server is ready waits in the socket's queue.
        yield "http://{}:{}".format(*listening.getsockname())
        server.should_exit = True
        thread.join()
