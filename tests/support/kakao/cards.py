"""The cards, each alone and as it may stand in a carousel."""

from collections.abc import Mapping
from typing import Any

from tests.support.kakao.actions import buttons, row
from tests.support.kakao.finding import Place
from tests.support.kakao.pictures import Ratio, item_ratio, item_thumbnail, no_ratio, ratio, thumbnail
from tests.support.kakao.rules import any_of, needs, never_both, together
from tests.support.kakao.shapes import Check, Rule, fits, flag, listed, matching, one_of, shape, text, url, whole

_CURRENCY = "[₩$€£¥]|[A-Z]{3}|원|won|달러|유로|엔"
_AMOUNT = rf"({_CURRENCY})? ?\d[\d,]*(\.\d{{1,2}})? ?({_CURRENCY})?"


def _card(fields: Mapping[str, Check], *rules: Rule, shown: Ratio) -> Check:
    layout = one_of("vertical", "horizontal")
    pressable = {"buttons?": buttons, "buttonLayout?": layout, "forwardable?": flag}
    return shape({**fields, **pressable}, _side_by_side(shown), *rules)


def _side_by_side(shown: Ratio) -> Rule:
    """Two buttons at most, with shorter labels. A square picture puts them so, unless the layout says otherwise."""

    def rule(card: dict[str, Any], place: Place) -> None:
        pressable, layout = card.get("buttons"), card.get("buttonLayout")
        beside = layout == "horizontal" or (layout is None and shown(card) == "1:1")
        if not beside or not isinstance(pressable, list) or len(pressable) < 2:
            return
        if len(pressable) > 2:
            (place / "buttons").error(f"has {len(pressable)} parts, 2 go side by side")
        for number, button in enumerate(pressable):
            if isinstance(button, dict):
                fits(button.get("label"), 8, place / "buttons" / number / "label")

    return rule


def text_card(*, in_carousel: bool) -> Check:
    return _card(
        {"title?": text(50), "description?": text(128 if in_carousel else None)},
        any_of("title", "description"),
        together("title", "description", most=400),
        shown=no_ratio,
    )


def basic_card(*, in_carousel: bool) -> Check:
    lines = 2 if in_carousel else None
    return _card(
        {"title?": text(50, lines), "description?": text(230, lines), "thumbnail": thumbnail},
        shown=ratio,
    )


def commerce_card() -> Check:
    return _card(
        {
            "title?": text(30),
            "description?": text(40),
            "price": whole(),
            "currency?": one_of("won"),
            "discount?": whole(),
            "discountRate?": whole(0, 100),
            "discountedPrice?": whole(),
            "thumbnails": listed(thumbnail, 1, 1),
            "profile?": shape({"nickname": text(), "imageUrl?": url}),
        },
        needs("discountRate", "discountedPrice"),
        shown=ratio,
    )


def list_card(*, in_carousel: bool) -> Check:
    return _card(
        {"header": shape({"title": text()}), "items": listed(row, 1, 4 if in_carousel else 5)},
        shown=no_ratio,
    )


def item_card(*, in_carousel: bool) -> Check:
    return _card(
        {
            "thumbnail?": item_thumbnail(in_carousel=in_carousel),
            "head?": shape({"title": text(lines=1)}),
            "profile?": shape({"title": text(15), "imageUrl?": url, "width?": whole(1), "height?": whole(1)}),
            "imageTitle?": shape({"title": text(lines=2), "description?": text(lines=1), "imageUrl?": url}),
            "itemList": listed(_item, 1, 5 if in_carousel else 10),
            "itemListAlignment?": one_of("left", "right"),
            "itemListSummary?": shape({"title": text(6), "description": _amount}),
            "title?": text(),
            "description?": text(),
        },
        never_both("head", "profile"),
        needs("description", "title"),
        together("title", "description", most=100 if in_carousel else 200, lines=12),
        shown=item_ratio,
    )


_item = shape({"title": text(6), "description": text(lines=2)})


def _amount(value: object, place: Place) -> None:
    """The sum under an item list: digits, commas, two decimals and a currency, nothing else."""
    matching(_AMOUNT, "an amount of money")(value, place)
    fits(value, 14, place)
