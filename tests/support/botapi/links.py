"""Which links Telegram takes in buttons and texts, after TDLib's parse_url and LinkManager::check_link.

A host needs a dot, so http://localhost/ is refused and http://127.0.0.1:8080/ passes.
"""

import re
from functools import lru_cache

_URL = re.compile(r"(?:(?P<scheme>[^:/?#@\[\]]*)://)?(?P<authority>[^/?#]*)(?P<rest>.*)", re.DOTALL)
_PORT = re.compile(r":(\d*)$")
_TELEGRAM = re.compile(r"tg:(?://)?(?P<host>[^/?#]*)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_WRONG_IN_HOST = re.compile(r"[^a-z0-9.\-_!$,~*'();&+=%\u0080-\U0010ffff]")
_WRONG_IN_TELEGRAM_HOST = re.compile(r"[^A-Za-z0-9_-]")
_SPACES = re.compile(r"[\x00-\x20]")


@lru_cache(maxsize=10_000)
def checked_link(url: str, https_only: bool = False) -> str:
    """The link as Telegram stores it; ValueError carries Telegram's reason for refusing it."""
    telegram = _TELEGRAM.fullmatch(url)
    if telegram and not https_only:
        return _checked_telegram_link(telegram["host"], telegram["rest"])
    match = _URL.fullmatch(url)
    assert match is not None
    scheme = (match["scheme"] or "http").lower()
    if scheme not in ("http", "https"):
        raise ValueError("Unsupported URL protocol")
    if https_only and scheme != "https":
        raise ValueError("Only HTTPS links are allowed")
    return f"{scheme}://{_checked_authority(match['authority'])}{_path(match['rest'])}"


def _checked_telegram_link(host: str, rest: str) -> str:
    if ":" in host or "@" in host or not host:
        raise ValueError("Wrong tg URL")
    if _WRONG_IN_TELEGRAM_HOST.search(host):
        raise ValueError("Unallowed characters in URL host")
    return f"tg://{host}{rest}"


def _checked_authority(authority: str) -> str:
    userinfo, at, place = authority.rpartition("@")
    port = _PORT.search(place)
    if port and not 0 < int(port[1] or 0) <= 65535:
        raise ValueError("Wrong port number specified in the URL")
    host = place[: port.start()].lower() if port else place.lower()
    _check_host(host)
    return f"{userinfo}{at}{host}{f':{int(port[1])}' if port else ''}"


def _check_host(host: str) -> None:
    if not host:
        raise ValueError("URL host is empty")
    if host.startswith("[") and host.endswith("]"):
        return
    if _WRONG_IN_HOST.search(host):
        raise ValueError("Wrong URL host")
    if "." not in host:
        raise ValueError("Wrong HTTP URL")
    if host == ".":
        raise ValueError("Host is invalid")


def _path(rest: str) -> str:
    rest = rest.rstrip()
    if not rest.startswith("/"):
        rest = f"/{rest}"
    return _SPACES.sub(lambda found: f"%{ord(found[0]):02X}", rest)
