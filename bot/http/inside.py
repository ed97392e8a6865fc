"""Whether a request comes from inside: what is meant for operators isn't answered to the whole internet."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.requests import Request

PASSED_ON = ("forwarded", "x-real-ip", "x-forwarded-host", "x-forwarded-proto", "via")

Address = IPv4Address | IPv6Address


def is_inside(request: Request, networks: Sequence[str], proxies: Sequence[str]) -> bool:
    """From one of the networks or from this machine, and not passed on by a proxy that nobody vouches for."""
    client = _address(request.client.host) if request.client else None
    if client is None or not _is_known(request, client, proxies):
        return False
    return _is_in(client, networks) or client == _address((request.scope.get("server") or ("",))[0])


def _is_known(request: Request, client: Address, proxies: Sequence[str]) -> bool:
    """Whether it is the sender: whoever a trusted proxy names last, and nobody who hides behind another one."""
    senders = [each for line in request.headers.getlist("x-forwarded-for") for each in line.split(",")]
    if senders:
        outside = [each for each in map(_address, senders) if not (each and _is_in(each, proxies))]
        return bool(proxies) and client == (outside[-1] if outside else _address(senders[0]))
    return not any(name in request.headers for name in PASSED_ON)


def _is_in(address: Address, networks: Sequence[str]) -> bool:
    return any(address in ip_network(network) for network in networks)


def _address(written: str) -> Address | None:
    """With or without a port, and IPv4 where it is written as IPv6."""
    host = written.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
