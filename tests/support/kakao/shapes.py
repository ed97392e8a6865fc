"""Words to write a format down with: a check looks at one value and says what is wrong with it at its place.

Stricter than KakaoTalk on purpose: no text may be empty, not even one that could be left out.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.support.kakao.finding import Place

Check = Callable[[object, Place], None]
Rule = Callable[[dict[str, Any], Place], None]


def length(text: str) -> int:
    """How KakaoTalk counts isn't documented, so the larger of characters and UTF-16 units."""
    return max(len(text), len(text.encode("utf-16-le", "surrogatepass")) // 2)


def anything(value: object, place: Place) -> None:
    """Nothing to check."""


def unknown(value: object, place: Place) -> None:
    place.error("is a key that isn't known here")


def flag(value: object, place: Place) -> None:
    if not isinstance(value, bool):
        place.error("must be true or false")


def mapping(value: object, place: Place) -> None:
    if not isinstance(value, dict):
        place.error("must be an object")


def url(value: object, place: Place) -> None:
    if not isinstance(value, str) or not _is_absolute(value):
        place.error("must be an absolute http or https address")


def _is_absolute(address: str) -> bool:
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return known and re.search(r"[\s\x00-\x1f\x7f]", address) is None


def text(most: int | None = None, lines: int | None = None) -> Check:
    """Text that says something; more characters, or more lines of its own, than these are cut off."""

    def check(value: object, place: Place) -> None:
        if not isinstance(value, str):
            return place.error("must be text")
        if not value.strip():
            return place.error("is empty")
        if most is not None:
            fits(value, most, place)
        if lines is not None and value.count("\n") >= lines:
            place.truncated(f"has more than {lines} lines")
        return None

    return check


def fits(value: object, most: int, place: Place) -> None:
    if isinstance(value, str) and length(value) > most:
        place.truncated(f"is {length(value)} characters long, {most} are shown")


def matching(pattern: str, what: str) -> Check:
    def check(value: object, place: Place) -> None:
        if not isinstance(value, str) or re.fullmatch(pattern, value) is None:
            place.error(f"must be {what}")

    return check


def whole(least: int = 0, most: int | None = None) -> Check:
    def check(value: object, place: Place) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            return place.error("must be a whole number")
        if value < least or (most is not None and value > most):
            place.error("is too small or too large a number")
        return None

    return check


def one_of(*allowed: str) -> Check:
    def check(value: object, place: Place) -> None:
        if not isinstance(value, str) or value not in allowed:
            place.error(f"must be one of {', '.join(allowed)}")

    return check


def listed(part: Check, least: int, most: int | None = None) -> Check:
    """A list of so many parts."""

    def check(value: object, place: Place) -> None:
        if not isinstance(value, list):
            return place.error("must be a list")
        if len(value) < least or (most is not None and len(value) > most):
            place.error(f"has {len(value)} parts, not {least} to {most}")
        for number, each in enumerate(value):
            part(each, place / number)
        return None

    return check


def shape(fields: Mapping[str, Check], *rules: Rule) -> Check:
    """An object with these keys and no others; one that ends in ? may be left out. Rules look at the whole."""
    known = {key.removesuffix("?"): check for key, check in fields.items()}
    required = [key for key in fields if not key.endswith("?")]

    def check(value: object, place: Place) -> None:
        if not isinstance(value, dict):
            return place.error("must be an object")
        for key in required:
            if key not in value:
                (place / key).error("is missing")
        for key, part in value.items():
            known.get(key, unknown)(part, place / str(key))
        for rule in rules:
            rule(value, place)
        return None

    return check


def all_of(*checks: Check) -> Check:
    def check(value: object, place: Place) -> None:
        for each in checks:
            each(value, place)

    return check
