"""An answer of each kind, in the shape that KakaoTalk documents, with every key that it may have."""

from typing import Any

Json = dict[str, Any]

PHOTO = "https://lifelong.example.kr/photos/latte.jpg"
PAGE = "https://lifelong.example.kr/courses/12"
BLOCK = "62654c249ac8ed78441532de"
PICTURE = {"imageUrl": PHOTO, "altText": "라테 잔과 우유", "link": {"web": PAGE, "pc": PAGE, "mobile": PAGE}}

SAYS = {"label": "내 신청", "action": "message", "messageText": "내 신청 보기", "extra": {"path": "mine"}}
CALLS = {
    "label": "신청하기",
    "action": "block",
    "blockId": BLOCK,
    "messageText": "바리스타 신청",
    "extra": {"path": "courses/12/enroll"},
}
OPENS = {"label": "자세히 보기", "action": "webLink", "webLinkUrl": PAGE}
DIALS = {"label": "전화하기", "action": "phone", "phoneNumber": "02-000-0000"}
SHARES = {"label": "알려 주기", "action": "share"}
ASKS_STAFF = {"label": "상담원 연결", "action": "operator"}
PRESSED = {"buttons": [CALLS, OPENS, DIALS], "buttonLayout": "vertical", "forwardable": True}

TEXT_CARD = {"title": "바리스타 2급", "description": "3월 5일(화) 오전 10시\n배움터 3층", **PRESSED}
BASIC_CARD = {
    "title": "바리스타 2급",
    "description": "라테 그림까지 배워요.",
    "thumbnail": {**PICTURE, "fixedRatio": False},
    **PRESSED,
}
COMMERCE_CARD = {
    "title": "바리스타 재료비",
    "description": "원두와 우유를 함께 사요.",
    "price": 30000,
    "currency": "won",
    "discount": 3000,
    "discountRate": 10,
    "discountedPrice": 27000,
    "thumbnails": [{**PICTURE, "fixedRatio": False}],
    "profile": {"nickname": "배움터 매점", "imageUrl": PHOTO},
    "buttons": [OPENS, SHARES, ASKS_STAFF],
    "buttonLayout": "vertical",
    "forwardable": False,
}
ROWS = [
    {"title": "바리스타 2급", "description": "3월 5일 시작", "imageUrl": PHOTO, "link": {"web": PAGE, "pc": PAGE}},
    {
        "title": "제과 기능사",
        "description": "3월 7일 시작",
        "action": "block",
        "blockId": BLOCK,
        "extra": {"path": "a"},
    },
    {"title": "요양보호사", "action": "message", "messageText": "요양보호사", "extra": {"path": "courses/14"}},
    {"title": "모두 무료예요"},
]
LIST_CARD = {"header": {"title": "지금 신청할 수 있어요"}, "items": ROWS, **PRESSED}
ITEM_CARD = {
    "thumbnail": {**PICTURE, "width": 800, "height": 400},
    "profile": {"title": "평생학습팀", "imageUrl": PHOTO, "width": 180, "height": 180},
    "imageTitle": {"title": "신청했어요", "description": "확인 번호 12", "imageUrl": PHOTO},
    "itemList": [{"title": "강좌", "description": "바리스타 2급"}, {"title": "시작", "description": "3월 5일(화)"}],
    "itemListAlignment": "right",
    "itemListSummary": {"title": "재료비", "description": "30,000원"},
    "title": "알려 드려요",
    "description": "앞치마를 가져오세요.",
    **PRESSED,
}
HEADED_ITEM_CARD = {"head": {"title": "내 강좌"}, "itemList": ITEM_CARD["itemList"], "buttons": [SAYS]}
COVER = {"title": "봄 강좌", "description": "모두 무료예요", "thumbnail": {"imageUrl": PHOTO}}
QUICK_REPLIES = [
    {**SAYS, "label": "처음으로"},
    {"label": "더 보기", "action": "block", "blockId": BLOCK, "messageText": "더 보기", "extra": {"page": 2}},
]


def answer(*outputs: Json, **template: Any) -> Json:
    return {"version": "2.0", "template": {"outputs": list(outputs), **template}}


def carousel(kind: str, *cards: Json, **header: Json) -> Json:
    return answer({"carousel": {"type": kind, "items": list(cards), **header}})


EXAMPLES: dict[str, Json] = {
    "simpleText": answer({"simpleText": {"text": "신청했어요."}}),
    "simpleImage": answer({"simpleImage": {"imageUrl": PHOTO, "altText": "배움터 가는 길"}}),
    "textCard": answer({"textCard": TEXT_CARD}),
    "basicCard": answer({"basicCard": BASIC_CARD}),
    "commerceCard": answer({"commerceCard": COMMERCE_CARD}),
    "listCard": answer({"listCard": LIST_CARD}),
    "itemCard": answer({"itemCard": ITEM_CARD}),
    "headed itemCard": answer({"itemCard": HEADED_ITEM_CARD}),
    "carousel of textCards": carousel("textCard", TEXT_CARD, TEXT_CARD),
    "carousel of basicCards": carousel("basicCard", BASIC_CARD, BASIC_CARD, header=COVER),
    "carousel of commerceCards": carousel("commerceCard", COMMERCE_CARD, COMMERCE_CARD, header=COVER),
    "carousel of listCards": carousel("listCard", LIST_CARD, LIST_CARD),
    "carousel of itemCards": carousel("itemCard", ITEM_CARD, ITEM_CARD, header=COVER),
    "carousel of headed itemCards": carousel("itemCard", HEADED_ITEM_CARD, HEADED_ITEM_CARD),
    "quickReplies": answer({"simpleText": {"text": "무엇을 도와드릴까요?"}}, quickReplies=QUICK_REPLIES),
    "context and data": answer({"simpleText": {"text": "적어 두었어요."}})
    | {
        "context": {"values": [{"name": "course", "lifeSpan": 5, "ttl": 600, "params": {"course_id": "12"}}]},
        "data": {"places": [3, None]},
        "useCallback": False,
    },
    "callback": {"version": "2.0", "useCallback": True, "data": {"text": "확인하고 있어요."}},
}
