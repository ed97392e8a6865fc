"""Courses that sentences name."""

import pytest

from handlers.search.index import Entry
from handlers.search.mentions import Mentions

COURSES = {
    "바리스타 2급 자격증 과정": ("식음료", "커피", "카페"),
    "정리수납컨설턴트 2급": ("생활서비스", "정리", "수납"),
    "에어컨 세척 전문가": ("생활서비스", "에어컨", "청소"),
    "꽃차 소믈리에": ("식음료", "꽃차", "차"),
    "아트플라워 디자이너": ("화훼·공예", "꽃", "조화"),
    "분노조절 지도사": ("심리·상담", "분노", "감정"),
    "심리상담사 2급": ("심리·상담", "심리", "상담"),
    "보드게임 지도사": ("교육·지도", "보드게임", "놀이"),
}
TITLES = list(COURSES)
MENTIONS = Mentions(Entry(at, title, words) for at, (title, words) in enumerate(COURSES.items()))


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("저기요 그 뭐냐 커피 만드는 거 배우는 데 있다던데", TITLES[:1]),
        ("집이 너무 어질러져서 치우는 법", TITLES[1:2]),
        ("냉방기 청소하는 일", TITLES[2:3]),
        ("꽃차말고 꽃꽂이", TITLES[4:5]),
        ("자꾸 욱해서 힘들어요", TITLES[5:6]),
        ("심리상담사되려면", TITLES[6:7]),
        ("2급 과정 있나요", []),
        ("지도사 자격증", []),
        ("차를 가져가도 되나요", []),
        ("안녕하세요", []),
        ("", []),
    ],
)
def test_courses_are_named_by_title_officers_words_or_everyday_ones(said, titles):
    assert [TITLES[at] for at in MENTIONS.named_in(said).ids] == titles


def test_words_are_heard_without_spaces_too():
    assert MENTIONS.named_in("커피만드는거배우고싶은데요").ids == (0,)


def test_a_sentence_of_any_length_is_looked_through_once():
    assert MENTIONS.named_in("가" * 100_000 + "커피").ids == ()
