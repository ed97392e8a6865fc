"""A strict reading of KakaoTalk's SkillResponse 2.0, independent of the code that writes it."""

import json

from tests.support.kakao.actions import quick_replies
from tests.support.kakao.cards import basic_card, commerce_card, item_card, list_card, text_card
from tests.support.kakao.carousels import carousel
from tests.support.kakao.finding import Finding, Place
from tests.support.kakao.pictures import simple_image
from tests.support.kakao.rules import exactly_one
from tests.support.kakao.shapes import flag, length, listed, mapping, one_of, shape, text, whole

__all__ = ["Finding", "findings"]

BODY_BYTES = 30_720


def findings(response: object, body: bytes | None = None) -> list[Finding]:
    """What KakaoTalk would refuse, cut or fold; empty when it shows the whole answer.

    `body` is the answer as it was sent; without it the response is measured as UTF-8 JSON.
    """
    found: list[Finding] = []
    waits = isinstance(response, dict) and response.get("useCallback") is True
    (_callback if waits else _answer)(response, Place("", found))
    _measure(response, body, Place("body", found))
    return found


def _says(value: object, place: Place) -> None:
    """KakaoTalk shows 1,000 characters and folds away what comes after 500."""
    text(1000)(value, place)
    if isinstance(value, str) and length(value) > 500:
        place.truncated("is folded after 500 characters")


def _measure(response: object, body: bytes | None, place: Place) -> None:
    try:
        written = json.dumps(response, ensure_ascii=False, allow_nan=False).encode()
        if body is not None and json.loads(body.decode()) != response:
            place.error("says something else than the response")
    except (TypeError, ValueError, RecursionError) as error:
        return place.error(f"isn't JSON in UTF-8: {error}")
    size = len(written if body is None else body)
    if size > BODY_BYTES:
        place.error(f"is {size} bytes large, {BODY_BYTES} are taken")
    return None


def _texts_only(value: object, place: Place) -> None:
    mapping(value, place)
    for key, each in value.items() if isinstance(value, dict) else ():
        if not isinstance(each, str):
            (place / str(key)).error("must be text")


_output = shape(
    {
        "simpleText?": shape({"text": _says}),
        "simpleImage?": simple_image,
        "textCard?": text_card(in_carousel=False),
        "basicCard?": basic_card(in_carousel=False),
        "commerceCard?": commerce_card(),
        "listCard?": list_card(in_carousel=False),
        "itemCard?": item_card(in_carousel=False),
        "carousel?": carousel,
    },
    exactly_one,
)
_context = shape({"name": text(), "lifeSpan": whole(), "ttl?": whole(), "params?": _texts_only})
_around = {
    "version": one_of("2.0"),
    "context?": shape({"values": listed(_context, 0)}),
    "data?": mapping,
    "useCallback?": flag,
}
# While a callback is awaited KakaoTalk ignores a template, so there must be none.
_callback = shape(_around)
_answer = shape({**_around, "template": shape({"outputs": listed(_output, 1, 3), "quickReplies?": quick_replies})})
