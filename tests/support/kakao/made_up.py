"""A skill with made-up KakaoTalk answers: one of each kind, with everything it may hold, by what is said to get it."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

PICTURE = "/static/icon.svg"
MARKUP = "<b>굵게</b><img src=x onerror=alert(1)>"


def message(label: str, said: str, **more: Any) -> Json:
    return {"label": label, "action": "message", "messageText": said, **more}


def block(label: str, **more: Any) -> Json:
    return {"label": label, "action": "block", "blockId": "62654c249ac8ed78441532de", **more}


def web(label: str, url: str = "https://example.go.kr/c/1") -> Json:
    return {"label": label, "action": "webLink", "webLinkUrl": url}


def phone(label: str) -> Json:
    return {"label": label, "action": "phone", "phoneNumber": "02-000-0000"}


def answer(*outputs: Json, quick: tuple[Json, ...] = ()) -> Json:
    return {"version": "2.0", "template": {"outputs": list(outputs), "quickReplies": list(quick)}}


def text(words: str) -> Json:
    return {"simpleText": {"text": words}}


def carousel(kind: str, *items: Json, **more: Any) -> Json:
    return {"carousel": {"type": kind, "items": list(items), **more}}


TEXT_CARD = {
    "title": "바리스타 2급 자격과정",
    "description": "참여확정 · 대기 없음\n11월 16일(월)부터 12월 9일(수)까지\n○○평생학습관 3층",
    "buttons": [message("내 신청 보기", "내 신청"), block("신청 취소하기", extra={"path": "mine/7/cancel"})],
}
BASIC_CARD = {
    "title": "꽃차소믈리에",
    "description": "제철 꽃으로 차를 덖고 우리는 법을 배워요.",
    "thumbnail": {"imageUrl": PICTURE, "altText": "강좌 사진"},
    "buttons": [web("강좌 안내"), phone("전화하기")],
}
LIST_CARD = {
    "header": {"title": "지금 접수하는 강좌"},
    "items": [
        {
            "title": "바리스타 2급 자격과정",
            "description": "접수중 · 6자리 남음",
            "action": "block",
            "blockId": "62654c249ac8ed78441532de",
            "extra": {"path": "courses/1"},
        },
        {
            "title": "꽃차소믈리에",
            "description": "접수중 · 수요일 오후",
            "imageUrl": PICTURE,
            "action": "message",
            "messageText": "꽃차",
        },
        {"title": "강좌 누리집", "description": "새 창에서 열려요", "link": {"web": "https://example.go.kr/"}},
        {"title": "마감된 강좌", "description": "다음 학기에 만나요"},
    ],
    "buttons": [message("다음 쪽", "다음", extra={"path": "courses/open/2"})],
}
ITEM_CARD = {
    "head": {"title": "수강신청 내역"},
    "imageTitle": {"title": "참여확정", "description": "접수번호 1024", "imageUrl": PICTURE},
    "itemList": [
        {"title": "강좌", "description": "바리스타 2급 자격과정"},
        {"title": "기간", "description": "11월 16일(월)부터 12월 9일(수)까지"},
        {"title": "장소", "description": "○○평생학습관 3층 조리실"},
    ],
    "itemListSummary": {"title": "재료비", "description": "80,000원"},
    "title": "준비물",
    "description": "앞치마와 편한 신발을 가져오세요.",
    "buttons": [message("취소", "신청 취소"), web("길 찾기")],
    "buttonLayout": "horizontal",
}
PROFILE_CARD = {
    "profile": {"title": "평생학습팀", "imageUrl": PICTURE},
    "thumbnail": {"imageUrl": PICTURE, "altText": "강의실"},
    "itemList": [{"title": "강사", "description": "홍길동"}, {"title": "정원", "description": "16명"}],
    "itemListAlignment": "right",
    "buttons": [message("신청하기", "신청하기")],
}
QUICK = (message("처음으로", "처음으로"), block("내 신청", extra={"path": "mine"}), web("누리집"), phone("전화"))

ANSWERS: dict[str, Json] = {
    "글": answer(text("안녕하세요. 중구 배움톡이에요.\nhttps://example.go.kr/ 에서도 볼 수 있어요."), quick=QUICK),
    "긴 글": answer(text("가" * 499 + "나다" + "라" * 499)),
    "그림": answer({"simpleImage": {"imageUrl": PICTURE, "altText": "배움톡 그림"}}),
    "글 카드": answer({"textCard": TEXT_CARD}, quick=QUICK),
    "그림 카드": answer({"basicCard": BASIC_CARD}),
    "목록": answer({"listCard": LIST_CARD}, quick=QUICK),
    "항목": answer({"itemCard": ITEM_CARD}),
    "글 카드들": answer(carousel("textCard", TEXT_CARD, TEXT_CARD, TEXT_CARD)),
    "그림 카드들": answer(
        carousel("basicCard", BASIC_CARD, BASIC_CARD, header={"title": "이달의 강좌", "description": "골라 보세요"})
    ),
    "목록들": answer(text("모두 8개예요."), carousel("listCard", LIST_CARD, LIST_CARD), quick=QUICK),
    "항목들": answer(carousel("itemCard", PROFILE_CARD, PROFILE_CARD)),
    "긴 이름": answer(
        {"textCard": {**TEXT_CARD, "buttons": [message("가나다라마바사아자차카타파하거", "세로")]}},
        {
            "textCard": {
                **TEXT_CARD,
                "buttons": [message("가나다라마바사아자", "가로"), message("둘", "둘")],
                "buttonLayout": "horizontal",
            }
        },
    ),
    "표시": answer(
        text(MARKUP),
        {"listCard": {"header": {"title": MARKUP}, "items": [{"title": MARKUP, "description": MARKUP}]}},
        {
            "itemCard": {
                **ITEM_CARD,
                "title": MARKUP,
                "description": MARKUP,
                "itemList": [{"title": "<b>", "description": MARKUP}],
                "buttons": [message("<b>단추</b>", MARKUP)],
            }
        },
        quick=(message("<b>답</b>", MARKUP),),
    ),
    "이상한 주소": answer({"textCard": {"title": "주소", "buttons": [web("누르지 마세요", "javascript:alert(1)")]}}),
    "없는 말풍선": answer({"hologram": {}}),
    "빈 답": {"version": "2.0", "template": {"outputs": []}},
}


@dataclass
class Skill:
    """Answers by its script and remembers what it was asked."""

    asked: list[tuple[Json, str]] = field(default_factory=list)

    async def ask(self, request: Json, request_id: str) -> Json:
        self.asked.append((request, request_id))
        said = request["userRequest"]["utterance"]
        if said == "고장":
            raise RuntimeError(said)
        return ANSWERS.get(said, answer(text(f"들은 말: {said}")))

    @property
    def heard(self) -> tuple[str, Any, str]:
        """The newest words, their extra, and what was used to say them."""
        request, _ = self.asked[-1]
        trigger = request["flow"]["trigger"]["type"]
        return request["userRequest"]["utterance"], request["action"]["clientExtra"], trigger

    @property
    def users(self) -> list[str]:
        return [request["userRequest"]["user"]["id"] for request, _ in self.asked]
