"""The house that all these conversations are held in."""

from collections.abc import Iterator

import pytest

from tests.conversations.house import House, open_test_house


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The whole house, opened once for all tests of this folder."""
    with open_test_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened
