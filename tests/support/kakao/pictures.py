"""Pictures, and the ratio in which they are shown."""

from collections.abc import Callable
from typing import Any

from tests.support.kakao.actions import link
from tests.support.kakao.finding import Place
from tests.support.kakao.rules import needs
from tests.support.kakao.shapes import Check, flag, shape, text, url, whole

Ratio = Callable[[dict[str, Any]], str | None]

_PICTURE = {"imageUrl": url, "altText?": text(50)}

simple_image = shape(_PICTURE)
thumbnail = shape({**_PICTURE, "link?": link, "fixedRatio?": flag})
cover = shape({"imageUrl": url})


def item_thumbnail(*, in_carousel: bool) -> Check:
    """An itemCard's picture: 2:1, or 1:1 on a card that stands alone."""
    allowed = ("2:1",) if in_carousel else ("2:1", "1:1")

    def of_a_known_ratio(value: dict[str, Any], place: Place) -> None:
        if _measured_ratio(value) not in (*allowed, None):
            place.error(f"must be shown in a ratio of {' or '.join(allowed)}")

    fields = {**_PICTURE, "link?": link, "width?": whole(1), "height?": whole(1)}
    return shape(fields, needs("width", "height"), needs("height", "width"), of_a_known_ratio)


def no_ratio(card: dict[str, Any]) -> str | None:
    return None


def ratio(card: dict[str, Any]) -> str | None:
    """The ratio of a card's picture; None for a card without one."""
    pictures = card.get("thumbnails") or [card.get("thumbnail")]
    first = pictures[0] if isinstance(pictures, list) else None
    if not isinstance(first, dict):
        return None
    return "1:1" if first.get("fixedRatio") is True else "2:1"


def item_ratio(card: dict[str, Any]) -> str | None:
    picture = card.get("thumbnail")
    return _measured_ratio(picture) if isinstance(picture, dict) else None


def _measured_ratio(picture: dict[str, Any]) -> str | None:
    """As it is shown; None where width or height is wrong by itself. Without both KakaoTalk shows 1:1."""
    width, height = picture.get("width"), picture.get("height")
    if "width" not in picture and "height" not in picture:
        return "1:1"
    if type(width) is not int or type(height) is not int or height < 1:
        return None
    return {height: "1:1", 2 * height: "2:1"}.get(width, f"{width}:{height}")
