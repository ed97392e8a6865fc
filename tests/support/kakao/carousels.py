"""Cards of one kind that scroll sideways."""

from typing import Any

from tests.support.kakao.cards import basic_card, commerce_card, item_card, list_card, text_card
from tests.support.kakao.finding import Place
from tests.support.kakao.pictures import Ratio, cover, item_ratio, ratio
from tests.support.kakao.shapes import Rule, anything, listed, one_of, shape, text

_header = {"header?": shape({"title": text(lines=2), "description": text(lines=3), "thumbnail": cover})}


def _cards(value: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    items = value.get("items")
    return [
        (number, card) for number, card in enumerate(items if isinstance(items, list) else ()) if isinstance(card, dict)
    ]


def _of_one_ratio(shown: Ratio) -> Rule:
    def rule(value: dict[str, Any], place: Place) -> None:
        ratios = [(number, shown(card)) for number, card in _cards(value) if shown(card)]
        for number, one in ratios:
            if one != ratios[0][1]:
                (place / "items" / number).error(f"has a picture of {one}, the first card one of {ratios[0][1]}")

    return rule


def _all_or_none(*keys: str) -> Rule:
    def rule(value: dict[str, Any], place: Place) -> None:
        for key in keys:
            without = [number for number, card in _cards(value) if key not in card]
            for number in without if len(without) < len(_cards(value)) else ():
                (place / "items" / number / key).error("is missing, other cards of the carousel have it")

    return rule


_KINDS = {
    "textCard": shape({"type": anything, "items": listed(text_card(in_carousel=True), 1, 10)}),
    "listCard": shape({"type": anything, "items": listed(list_card(in_carousel=True), 1, 5)}),
    "basicCard": shape(
        {"type": anything, "items": listed(basic_card(in_carousel=True), 1, 10), **_header},
        _of_one_ratio(ratio),
    ),
    "commerceCard": shape(
        {"type": anything, "items": listed(commerce_card(), 1, 10), **_header},
        _of_one_ratio(ratio),
    ),
    "itemCard": shape(
        {"type": anything, "items": listed(item_card(in_carousel=True), 1, 10), **_header},
        _of_one_ratio(item_ratio),
        _all_or_none("thumbnail", "head", "profile", "imageTitle"),
    ),
}
_unclear = shape({"type": one_of(*_KINDS), "items": anything, "header?": anything})


def carousel(value: object, place: Place) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    _KINDS.get(kind if isinstance(kind, str) else "", _unclear)(value, place)
