"""What is said when a port is taken or an environment is missing."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.checks import check_environments, check_ports
from deploy.errors import CannotStart
from registry.settings import Settings


def test_free_ports_are_accepted(settings: Settings) -> None:
    check_ports(settings)


@pytest.mark.parametrize(
    ("field", "variable"),
    [("web_port", "WEB_PORT"), ("bot_port", "BOT_PORT"), ("actions_port", "ACTIONS_PORT")],
)
def test_a_port_in_use_is_named_with_the_variable_that_changes_it(
    settings: Settings, field: str, variable: str
) -> None:
    port = getattr(settings, field)
    with socket.create_server(("127.0.0.1", port)), pytest.raises(CannotStart) as failure:
        check_ports(settings)
    assert str(port) in str(failure.value)
    assert f"set {variable} " in str(failure.value)
    assert "\n" not in str(failure.value)


def test_two_of_ours_on_one_port_are_noticed(settings: Settings) -> None:
    with pytest.raises(CannotStart, match="set ACTIONS_PORT "):
        check_ports(replace(settings, actions_port=settings.bot_port))


def test_an_address_that_is_not_of_this_machine_is_said(settings: Settings) -> None:
    with pytest.raises(CannotStart, match="set WEB_PORT "):
        check_ports(replace(settings, web_host="192.0.2.1"))


def test_a_missing_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"\.venvs/app/bin/python is missing: run `make install`"):
        check_environments(tmp_path)
