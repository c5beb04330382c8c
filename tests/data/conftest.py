"""The fixtures of the tests of data/: each response and each variation by its name."""

import pytest

from tests.data.texts import responses, variations


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "variation" in metafunc.fixturenames:
        found = variations()
        metafunc.parametrize("variation", found, ids=[f"{v.response}-{v.lang}" for v in found])
    if "pair" in metafunc.fixturenames:
        pairs = responses()
        metafunc.parametrize("pair", pairs.values(), ids=pairs)
