"""The web: what stands at an address. The only module that asks the network anything, and only when a person asked.

An address must be https and lead to a computer that everybody can reach. A server that was named on the command line
may stand anywhere, and on this machine it may speak http.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import Future
from enum import Enum
from typing import IO, Any
from urllib.parse import urlsplit

LONGEST = 30
"""Seconds in which the whole answer must be there, with all that it was redirected to."""
MOST_BYTES = 2_000_000
_MOST_REDIRECTS = 5
_UNKNOWN = frozenset({http.client.NOT_FOUND, http.client.GONE})


class WebFault(Enum):
    """Why there is no answer."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    LARGE = "large"
    UNSAFE = "unsafe"


class WebError(Exception):
    """There is no answer, for the reason `fault`."""

    def __init__(self, fault: WebFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def is_server(address: str) -> bool:
    """Whether a person may name this address as a server to ask: https, or http on this machine."""
    try:
        parts = urlsplit(address)
        sound = bool(parts.hostname) and parts.port != 0 and not (parts.username or parts.query or parts.fragment)
    except ValueError:
        return False
    return sound and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or "")))


def fetch(address: str, *, headers: Mapping[str, str], named: str = "") -> bytes:
    """What stands at an address, at most MOST_BYTES; `named` is the server that a person named, if any.

    Raises WebError.
    """
    answer: Future[bytes] = Future()

    def ask() -> None:
        try:
            answer.set_result(_ask(address, headers, _origin(named) if named else None))
        except BaseException as error:  # noqa: BLE001 - whoever waits for the answer gets it
            answer.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()  # a server can send a byte a second, or a name never resolve
    try:
        return answer.result(timeout=LONGEST)
    except TimeoutError:
        raise WebError(WebFault.SLOW) from None


def _ask(address: str, headers: Mapping[str, str], trusted: tuple[str, str] | None) -> bytes:
    opener = urllib.request.build_opener(_Https(trusted), _Redirects(trusted), *_proxies(address, trusted))
    _require_safe(address, trusted)
    try:
        with opener.open(urllib.request.Request(address, headers=dict(headers)), timeout=LONGEST) as response:
            data: bytes = response.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise WebError(WebFault.UNKNOWN if error.code in _UNKNOWN else WebFault.REFUSED) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise WebError(WebFault.UNREACHABLE) from None
    if len(data) > MOST_BYTES:
        raise WebError(WebFault.LARGE)
    return data


def _proxies(address: str, trusted: tuple[str, str] | None) -> tuple[urllib.request.BaseHandler, ...]:
    """Nothing stands between this machine and a server that was named; else what the environment says does."""
    return (urllib.request.ProxyHandler({}),) if _origin(address) == trusted else ()


class _PublicHttp(http.client.HTTPConnection):
    """Asks nothing of a computer that not everybody can reach, whatever its name led to a moment ago."""

    _proxied = False

    def set_tunnel(self, host: str, port: int | None = None, headers: Mapping[str, str] | None = None) -> None:
        self._proxied = True
        super().set_tunnel(host, port, headers)

    def connect(self) -> None:
        super().connect()
        if not self._proxied and not _is_public(self.sock.getpeername()[0]):
            self.close()
            raise WebError(WebFault.UNSAFE)


class _PublicHttps(http.client.HTTPSConnection, _PublicHttp):
    """HTTPS that looks whom it reached before a word is said: `connect` of the one calls that of the other."""


class _Https(urllib.request.HTTPSHandler):
    """Asks a named server where it is, and others where everybody can reach them."""

    def __init__(self, trusted: tuple[str, str] | None) -> None:
        super().__init__()
        self._trusted = trusted

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        is_named = _origin(req.full_url) == self._trusted
        return self.do_open(http.client.HTTPSConnection if is_named else _PublicHttps, req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Redirects are followed a few times, and only to what may be asked at first as well."""

    max_redirections = _MOST_REDIRECTS

    def __init__(self, trusted: tuple[str, str] | None) -> None:
        self._trusted = trusted

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        _require_safe(newurl, self._trusted)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _require_safe(address: str, trusted: tuple[str, str] | None) -> None:
    """Raise WebError unless the address may be asked. Behind a proxy a name is not resolved here."""
    if _origin(address) == trusted:
        return
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or _is_loopback(parts.hostname):
        raise WebError(WebFault.UNSAFE)
    behind_proxy = "https" in urllib.request.getproxies() and not _is_number(parts.hostname)
    if not behind_proxy and not all(_is_public(number) for number in _numbers(parts.hostname)):
        raise WebError(WebFault.UNSAFE)


def _numbers(host: str) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise WebError(WebFault.UNREACHABLE) from None


def _is_public(number: str) -> bool:
    try:
        return ipaddress.ip_address(number.partition("%")[0]).is_global
    except ValueError:
        return False


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_number(host) and ipaddress.ip_address(host).is_loopback)


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        raise WebError(WebFault.UNSAFE) from None
    return parts.scheme, parts.netloc.lower()
