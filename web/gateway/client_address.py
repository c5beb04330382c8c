"""Whose request it is: the client's address, believing only trusted proxies."""

from collections.abc import Iterable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from starlette.requests import Request

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def trusted_networks(settings: Iterable[str]) -> tuple[Network, ...]:
    """TRUSTED_PROXIES as networks; raises ValueError for what is neither address nor network."""
    return tuple(ip_network(entry, strict=False) for entry in settings)


def client_address(request: Request, trusted: Sequence[Network]) -> Address | None:
    """The nearest address that is not a trusted proxy; None without one (a local socket).

    X-Forwarded-For is read from the right, the end our own proxies write: whatever stands left
    of the first stranger is that stranger's claim, and an unreadable hop ends the reading.
    """
    address = _parsed(request.client.host if request.client else "")
    hops = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for hop in reversed([_parsed(hop) for hop in hops]):
        if hop is None or not _is_in(address, trusted):
            break
        address = hop
    return address


def limit_key(address: Address | None) -> str:
    """What one client counts as: an IPv4 address, or the /64 an IPv6 client chooses freely in."""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)


def is_on_this_machine(request: Request) -> bool:
    """Whether the request comes from this machine itself, not through a proxy on it."""
    address = _parsed(request.client.host if request.client else "")
    return address is not None and address.is_loopback and "x-forwarded-for" not in request.headers


def _is_in(address: Address | None, networks: Sequence[Network]) -> bool:
    return address is not None and any(address in network for network in networks)


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
