"""How the parts of an answer go together, and the answer as a whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.kakao.examples import (
    BASIC_CARD,
    BLOCK,
    COMMERCE_CARD,
    COVER,
    EXAMPLES,
    HEADED_ITEM_CARD,
    ITEM_CARD,
    LIST_CARD,
    OPENS,
    PAGE,
    PICTURE,
    SAYS,
    TEXT_CARD,
    answer,
    carousel,
)
from tests.support.kakao.mutations import found, places, put, way, without
from tests.support.kakao.validator import Finding, findings

OUTPUT = "template.outputs[0]"
CARDS = f"{OUTPUT}.carousel.items"


def error(place: str) -> set[tuple[str, str]]:
    return {("ERROR", place)}


def test_an_output_is_of_exactly_one_kind():
    text = {"simpleText": {"text": "안녕하세요."}}
    assert found(answer(text | {"textCard": TEXT_CARD})) == error(OUTPUT)
    assert found(answer({})) == error(OUTPUT)
    assert found(answer({"quickReplies": []})) == error(f"{OUTPUT}.quickReplies")


def test_a_text_card_needs_a_title_or_a_description():
    assert found(answer({"textCard": {"title": "제목"}})) == set()
    assert found(answer({"textCard": {"description": "설명"}})) == set()
    assert found(answer({"textCard": {"buttons": [SAYS]}})) == error(f"{OUTPUT}.textCard")


def test_an_item_card_has_no_head_beside_a_profile():
    both = put("itemCard", way(f"{OUTPUT}.itemCard.head"), {"title": "내 강좌"})
    assert found(both) == error(f"{OUTPUT}.itemCard")


def test_the_header_of_a_list_shows_its_title_only():
    for key, value in {"description": "설명", "imageUrl": PAGE, "link": {"web": PAGE}}.items():
        place = f"{OUTPUT}.listCard.header.{key}"
        assert found(put("listCard", way(place), value)) == error(place)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"link": {}}, "link"),
        ({"link": {"web": PAGE}, "action": "message", "messageText": "제과"}, "link"),
        ({"action": "block", "blockId": BLOCK, "messageText": "제과"}, "messageText"),
        ({"action": "webLink", "webLinkUrl": PAGE}, "webLinkUrl"),
        ({"link": {"web": PAGE}, "extra": {"path": "mine"}}, "action"),
    ],
)
def test_a_row_leads_to_a_link_or_acts_and_says_its_own_title(row, key):
    place = f"{OUTPUT}.listCard.items[0]"
    assert ("ERROR", f"{place}.{key}") in found(put("listCard", way(place), {"title": "제과 기능사", **row}))


@pytest.mark.parametrize("number", ["", "전화 주세요", "02 000 0000", "tel:02-000-0000", "+"])
def test_a_telephone_number_can_be_dialled(number):
    place = f"{OUTPUT}.textCard.buttons[2].phoneNumber"
    assert found(put("textCard", way(place), number)) == error(place)
    assert found(put("textCard", way(place), "+8220000000")) == set()


@pytest.mark.parametrize(("key", "value"), [("price", -1), ("discountRate", 101), ("currency", "dollar")])
def test_a_price_is_an_amount_of_won(key, value):
    place = f"{OUTPUT}.commerceCard.{key}"
    assert found(put("commerceCard", way(place), value)) == error(place)


def test_the_sum_of_an_item_list_is_an_amount_of_money():
    place = f"{OUTPUT}.itemCard.itemListSummary.description"
    for amount in ("0원", "30,000원", "$4,032.54", "KRW 30000"):
        assert found(put("itemCard", way(place), amount)) == set()
    for words in ("무료", "30,000원 정도", "3.141", "원"):
        assert found(put("itemCard", way(place), words)) == error(place)


def test_labels_of_one_card_and_of_the_quick_replies_can_be_told_apart():
    twice = [SAYS, OPENS | {"label": f"{SAYS['label']} "}]
    assert found(put("textCard", way(f"{OUTPUT}.textCard.buttons"), twice)) == error(
        f"{OUTPUT}.textCard.buttons[1].label"
    )
    replies = [SAYS, SAYS | {"messageText": "처음으로"}]
    assert found(put("quickReplies", way("template.quickReplies"), replies)) == error("template.quickReplies[1].label")


@pytest.mark.parametrize(
    ("kind", "card", "stranger"),
    [
        ("textCard", TEXT_CARD, BASIC_CARD),
        ("basicCard", BASIC_CARD, TEXT_CARD),
        ("commerceCard", COMMERCE_CARD, BASIC_CARD),
        ("listCard", LIST_CARD, TEXT_CARD),
        ("itemCard", HEADED_ITEM_CARD, LIST_CARD),
        ("basicCard", BASIC_CARD, {"basicCard": BASIC_CARD}),
    ],
)
def test_a_carousel_holds_cards_of_its_kind_only(kind, card, stranger):
    told = found(carousel(kind, card, stranger))
    assert told
    assert all(severity == "ERROR" and place.startswith(f"{CARDS}[1].") for severity, place in told)


@pytest.mark.parametrize("kind", ["simpleText", "carousel", "basiccard", "", None])
def test_a_carousel_is_of_a_kind_that_can_scroll(kind):
    assert found(carousel(kind, BASIC_CARD, BASIC_CARD)) == error(f"{OUTPUT}.carousel.type")


@pytest.mark.parametrize(("kind", "card"), [("textCard", TEXT_CARD), ("listCard", LIST_CARD)])
def test_a_carousel_of_texts_or_lists_has_no_header(kind, card):
    assert found(carousel(kind, card, header=COVER)) == error(f"{OUTPUT}.carousel.header")


def test_a_carousel_has_pictures_of_one_ratio():
    square = PICTURE | {"fixedRatio": True}
    basic, commerce = BASIC_CARD | {"thumbnail": square}, COMMERCE_CARD | {"thumbnails": [square]}
    assert found(carousel("basicCard", basic, basic)) == set()
    assert found(carousel("basicCard", BASIC_CARD, basic)) == error(f"{CARDS}[1]")
    assert found(carousel("commerceCard", COMMERCE_CARD, commerce)) == error(f"{CARDS}[1]")


@pytest.mark.parametrize(
    ("size", "alone", "in_carousel"),
    [
        ({"width": 800, "height": 400}, True, True),
        ({"width": 800, "height": 800}, True, False),
        ({}, True, False),
        ({"width": 800, "height": 600}, False, False),
    ],
)
def test_a_picture_of_an_item_card_is_wide_or_square_alone_and_wide_in_a_carousel(size, alone, in_carousel):
    card = ITEM_CARD | {"thumbnail": PICTURE | size}
    assert found(answer({"itemCard": card})) == (set() if alone else error(f"{OUTPUT}.itemCard.thumbnail"))
    assert found(carousel("itemCard", card)) == (set() if in_carousel else error(f"{CARDS}[0].thumbnail"))


def test_an_answer_needs_a_template_unless_a_callback_follows():
    assert found(without("simpleText", ("template",))) == error("template")
    assert found(without("callback", ("useCallback",))) == error("template")
    assert found(put("simpleText", ("useCallback",), True)) == error("template")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("version", "1.0"),
        ("context.values[0].lifeSpan", -1),
        ("context.values[0].ttl", True),
        ("context.values[0].params.course_id", 12),
        ("data", ["12"]),
    ],
)
def test_what_surrounds_the_template_is_read_as_strictly(place, value):
    assert found(put("context and data", way(place), value)) == error(place)


def test_a_body_has_30720_bytes_at_most():
    def of(size: int) -> dict:
        frame = put("callback", way("data.text"), "")
        return put("callback", way("data.text"), "가" * 10_000 + "a" * (size - 30_000 - len(json.dumps(frame))))

    assert len(json.dumps(of(30_720), ensure_ascii=False).encode()) == 30_720
    assert found(of(30_720)) == set()
    assert found(of(30_721)) == error("body")


def test_a_body_is_measured_as_it_was_sent():
    said = put("simpleText", way(f"{OUTPUT}.simpleText.text"), "가" * 500)
    assert findings(said, json.dumps(said).encode()) == []
    assert {each.where for each in findings(said, json.dumps(said).encode() + b" " * 30_720)} == {"body"}


@pytest.mark.parametrize("body", [b"", b"{", b'{"version": "2.0"}', "안녕".encode("cp949"), b"\xff\xfe"])
def test_a_body_that_says_something_else_or_nothing_is_refused(body):
    assert {each.where for each in findings(EXAMPLES["simpleText"], body)} == {"body"}


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"bytes", "\ud800"], ids=repr)
def test_what_cannot_be_written_as_json_is_refused(value):
    assert found(put("context and data", ("data", "places"), value)) == error("body")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(), parts, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_no_json_is_taken_for_an_answer_by_chance(value):
    assert findings(value) != []


@given(st.data(), st.sampled_from(sorted(EXAMPLES)), json_values)
def test_whatever_stands_at_one_place_is_read_to_the_end(data, name, value):
    place, _ = data.draw(st.sampled_from(list(places(name))))
    assert all(isinstance(each, Finding) for each in findings(put(name, place, value)))
