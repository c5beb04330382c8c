"""The whole house with a fault proxy between its bot and its action server."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from deploy import processes
from deploy.supervisor import Process
from registry.settings import Settings
from tests.conversations.house import House, open_test_house
from tests.faults.fault_proxy import FaultProxy, fault_proxy

LANGUAGES = ("fr", "en")
# How long the bot waits for an action in this house.
ACTION_TIMEOUT_SECONDS = 1


@pytest.fixture(scope="session")
def proxy() -> Iterator[FaultProxy]:
    """The proxy, before it knows where the action server listens."""
    with fault_proxy() as running:
        yield running


@pytest.fixture(scope="session")
def shared_house(tmp_path_factory: pytest.TempPathFactory, proxy: FaultProxy) -> Iterator[House]:
    """The house as `make run` starts it, but that its bot calls the actions through the proxy."""

    def through_the_proxy(settings: Settings, model: Path) -> tuple[Process, ...]:
        proxy.upstream_port = settings.actions_port
        changed = {"ACTIONS_PORT": str(proxy.port)}
        return tuple(
            replace(one, environment={**one.environment, **changed}) if one.name == "bot" else one
            for one in processes.house(settings, model)
        )

    folder = tmp_path_factory.mktemp("house")
    with (
        mock.patch("deploy.run.house", through_the_proxy),
        open_test_house(folder, ACTION_TIMEOUT_SECONDS=str(ACTION_TIMEOUT_SECONDS)) as opened,
    ):
        yield opened


@pytest.fixture
def house(shared_house: House, proxy: FaultProxy) -> Iterator[House]:
    """The house in good health before each test; every fault is lifted after it."""
    shared_house.wait_until_ready()
    proxy.calls.clear()
    proxy.statuses.clear()
    yield shared_house
    proxy.lift()
