"""What fits is clean; one character, line or part more is found where it stands."""

import pytest

from tests.support.kakao.examples import CALLS, EXAMPLES, OPENS, PICTURE, SAYS
from tests.support.kakao.mutations import at, found, put, way

OUTPUT = "template.outputs[0]"
CARD = f"{OUTPUT}.carousel.items[1]"


@pytest.mark.parametrize(
    ("name", "place", "most"),
    [
        ("simpleText", f"{OUTPUT}.simpleText.text", 500),
        ("simpleImage", f"{OUTPUT}.simpleImage.altText", 50),
        ("textCard", f"{OUTPUT}.textCard.title", 50),
        ("textCard", f"{OUTPUT}.textCard.buttons[0].label", 14),
        ("basicCard", f"{OUTPUT}.basicCard.title", 50),
        ("basicCard", f"{OUTPUT}.basicCard.description", 230),
        ("basicCard", f"{OUTPUT}.basicCard.thumbnail.altText", 50),
        ("basicCard", f"{OUTPUT}.basicCard.buttons[1].label", 14),
        ("commerceCard", f"{OUTPUT}.commerceCard.title", 30),
        ("commerceCard", f"{OUTPUT}.commerceCard.description", 40),
        ("commerceCard", f"{OUTPUT}.commerceCard.thumbnails[0].altText", 50),
        ("commerceCard", f"{OUTPUT}.commerceCard.buttons[2].label", 14),
        ("listCard", f"{OUTPUT}.listCard.buttons[0].label", 14),
        ("itemCard", f"{OUTPUT}.itemCard.thumbnail.altText", 50),
        ("itemCard", f"{OUTPUT}.itemCard.profile.title", 15),
        ("itemCard", f"{OUTPUT}.itemCard.itemList[1].title", 6),
        ("itemCard", f"{OUTPUT}.itemCard.itemListSummary.title", 6),
        ("itemCard", f"{OUTPUT}.itemCard.itemListSummary.description", 14),
        ("itemCard", f"{OUTPUT}.itemCard.buttons[0].label", 14),
        ("carousel of textCards", f"{CARD}.title", 50),
        ("carousel of textCards", f"{CARD}.description", 128),
        ("carousel of basicCards", f"{CARD}.title", 50),
        ("carousel of basicCards", f"{CARD}.description", 230),
        ("carousel of commerceCards", f"{CARD}.title", 30),
        ("carousel of commerceCards", f"{CARD}.description", 40),
        ("carousel of listCards", f"{CARD}.buttons[0].label", 14),
        ("carousel of itemCards", f"{CARD}.itemList[0].title", 6),
        ("carousel of itemCards", f"{CARD}.profile.title", 15),
        ("quickReplies", "template.quickReplies[1].label", 14),
    ],
)
def test_one_character_too_many_is_cut_off(name, place, most):
    assert found(put(name, way(place), "9" * most)) == set()
    assert found(put(name, way(place), "9" * (most + 1))) == {("TRUNCATED", place)}


@pytest.mark.parametrize(
    ("name", "place", "most"),
    [
        ("itemCard", f"{OUTPUT}.itemCard.imageTitle.title", 2),
        ("itemCard", f"{OUTPUT}.itemCard.imageTitle.description", 1),
        ("itemCard", f"{OUTPUT}.itemCard.itemList[0].description", 2),
        ("headed itemCard", f"{OUTPUT}.itemCard.head.title", 1),
        ("carousel of basicCards", f"{CARD}.title", 2),
        ("carousel of basicCards", f"{CARD}.description", 2),
        ("carousel of basicCards", f"{OUTPUT}.carousel.header.title", 2),
        ("carousel of basicCards", f"{OUTPUT}.carousel.header.description", 3),
        ("carousel of itemCards", f"{CARD}.itemList[0].description", 2),
    ],
)
def test_one_line_too_many_is_cut_off(name, place, most):
    assert found(put(name, way(place), "\n".join("줄" * most))) == set()
    assert found(put(name, way(place), "\n".join("줄" * (most + 1)))) == {("TRUNCATED", place)}


ITEM_CARDS = [("itemCard", f"{OUTPUT}.itemCard", 200), ("carousel of itemCards", CARD, 100)]


@pytest.mark.parametrize(("name", "card", "most"), [("textCard", f"{OUTPUT}.textCard", 400), *ITEM_CARDS])
def test_title_and_description_share_their_characters(name, card, most):
    room = most - len(at(EXAMPLES[name], way(card))["title"])
    description = way(f"{card}.description")
    assert found(put(name, description, "가" * room)) == set()
    assert found(put(name, description, "가" * (room + 1))) == {("TRUNCATED", card)}


@pytest.mark.parametrize(("name", "card", "most"), ITEM_CARDS)
def test_title_and_description_of_an_item_card_share_twelve_lines(name, card, most):
    description = way(f"{card}.description")
    assert found(put(name, description, "\n".join("줄" * 11))) == set()
    assert found(put(name, description, "\n".join("줄" * 12))) == {("TRUNCATED", card)}


@pytest.mark.parametrize(
    ("name", "place", "least", "most"),
    [
        ("simpleText", "template.outputs", 1, 3),
        ("quickReplies", "template.quickReplies", 0, 10),
        ("textCard", f"{OUTPUT}.textCard.buttons", 0, 3),
        ("basicCard", f"{OUTPUT}.basicCard.buttons", 0, 3),
        ("commerceCard", f"{OUTPUT}.commerceCard.buttons", 0, 3),
        ("commerceCard", f"{OUTPUT}.commerceCard.thumbnails", 1, 1),
        ("listCard", f"{OUTPUT}.listCard.items", 1, 5),
        ("listCard", f"{OUTPUT}.listCard.buttons", 0, 3),
        ("itemCard", f"{OUTPUT}.itemCard.itemList", 1, 10),
        ("itemCard", f"{OUTPUT}.itemCard.buttons", 0, 3),
        ("carousel of textCards", f"{OUTPUT}.carousel.items", 1, 10),
        ("carousel of basicCards", f"{OUTPUT}.carousel.items", 1, 10),
        ("carousel of commerceCards", f"{OUTPUT}.carousel.items", 1, 10),
        ("carousel of listCards", f"{OUTPUT}.carousel.items", 1, 5),
        ("carousel of listCards", f"{CARD}.items", 1, 4),
        ("carousel of listCards", f"{CARD}.buttons", 0, 3),
        ("carousel of itemCards", f"{OUTPUT}.carousel.items", 1, 10),
        ("carousel of itemCards", f"{CARD}.itemList", 1, 5),
    ],
)
def test_one_part_too_many_or_too_few_is_refused(name, place, least, most):
    def of(count: int) -> set[tuple[str, str]]:
        return found(put(name, way(place), parts(name, place, count)))

    assert of(least) == of(most) == set()
    assert of(most + 1) == {("ERROR", place)}
    assert least == 0 or of(least - 1) == {("ERROR", place)}


def parts(name: str, place: str, count: int) -> list[dict]:
    """So many of what the example has there, with labels that differ."""
    given = at(EXAMPLES[name], way(place))
    chosen = [given[number % len(given)] for number in range(count)]
    return [part | {"label": f"{number}번"} if "label" in part else part for number, part in enumerate(chosen)]


def test_a_simple_text_is_folded_before_it_is_cut():
    told = put("simpleText", way(f"{OUTPUT}.simpleText.text"), "가" * 1001)
    assert found(told) == {("TRUNCATED", f"{OUTPUT}.simpleText.text")}


def test_a_character_outside_the_basic_plane_counts_twice():
    label = way("template.quickReplies[0].label")
    assert found(put("quickReplies", label, "🎓" * 7)) == set()
    assert found(put("quickReplies", label, "🎓" * 7 + "!")) == {("TRUNCATED", "template.quickReplies[0].label")}


def test_rows_of_a_list_have_no_stated_limit():
    rows = [{"title": "바리스타 " * 40, "description": "라테 " * 200}]
    assert found(put("listCard", way(f"{OUTPUT}.listCard.items"), rows)) == set()


BESIDE = [
    ("textCard", "textCard", {"title": "바리스타", "buttonLayout": "horizontal"}),
    ("basicCard", "basicCard", {"thumbnail": {**PICTURE, "fixedRatio": True}}),
    ("basicCard", "basicCard", {"thumbnail": PICTURE, "buttonLayout": "horizontal"}),
    ("commerceCard", "commerceCard", {"price": 0, "thumbnails": [{**PICTURE, "fixedRatio": True}]}),
    ("itemCard", "itemCard", {"itemList": [{"title": "강좌", "description": "제과"}], "thumbnail": PICTURE}),
]


@pytest.mark.parametrize(("name", "kind", "card"), BESIDE)
def test_two_buttons_side_by_side_have_labels_of_eight_characters(name, kind, card):
    def of(*buttons: dict) -> set[tuple[str, str]]:
        return found(put(name, way(f"{OUTPUT}.{kind}"), {**card, "buttons": list(buttons)}))

    nine, fourteen = OPENS | {"label": "9" * 9}, OPENS | {"label": "9" * 14}
    assert of(SAYS, CALLS) == of(fourteen) == set()
    assert of(SAYS, nine) == {("TRUNCATED", f"{OUTPUT}.{kind}.buttons[1].label")}
    assert of(SAYS, CALLS, OPENS) == {("ERROR", f"{OUTPUT}.{kind}.buttons")}


def test_the_layout_overrides_what_a_square_picture_does_to_buttons():
    square = put("basicCard", way(f"{OUTPUT}.basicCard.thumbnail.fixedRatio"), True)
    assert found(square) == set()
