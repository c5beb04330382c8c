"""Whose request it is."""

from ipaddress import ip_address

import pytest
from starlette.requests import Request

from web.gateway.client_address import (
    client_address,
    is_on_this_machine,
    limit_key,
    trusted_networks,
)

TRUSTED = trusted_networks(("10.0.0.0/8", "::1"))


def request(peer: str, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return Request({"type": "http", "client": (peer, 1), "headers": headers})


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", (), "192.0.2.1"),
        ("192.0.2.1", ("198.51.100.1",), "192.0.2.1"),
        ("10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("6.6.6.6, 198.51.100.1, 10.0.0.2",), "198.51.100.1"),
        ("10.0.0.1", ("6.6.6.6", "198.51.100.1"), "198.51.100.1"),
        ("10.0.0.1", ("10.0.0.3, 10.0.0.2",), "10.0.0.3"),
        ("::ffff:10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("::1", ("2001:db8::7",), "2001:db8::7"),
        ("10.0.0.1", (), "10.0.0.1"),
        ("10.0.0.1", ("6.6.6.6, nonsense",), "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_are_believed(
    peer: str, forwarded: tuple[str, ...], client: str
) -> None:
    assert client_address(request(peer, *forwarded), TRUSTED) == ip_address(client)


def test_a_client_counts_by_its_address_or_its_ipv6_network() -> None:
    assert limit_key(ip_address("192.0.2.1")) == "192.0.2.1"
    assert limit_key(ip_address("2001:db8::1")) == limit_key(ip_address("2001:db8::ffff"))
    assert limit_key(ip_address("2001:db8::1")) != limit_key(ip_address("2001:db8:0:1::1"))


def test_what_a_proxy_on_this_machine_passes_on_is_not_from_this_machine() -> None:
    assert is_on_this_machine(request("127.0.0.1"))
    assert is_on_this_machine(request("::1"))
    assert not is_on_this_machine(request("127.0.0.1", "192.0.2.1"))
    assert not is_on_this_machine(request("192.0.2.1"))
