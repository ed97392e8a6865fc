"""Courses that fit a whole sentence, and the nearest ones where none does."""

import pytest

from handlers.residents.sentences import understood
from handlers.understanding.wish import Wish

pytestmark = pytest.mark.on_sqlite


async def opens(school, title, **differing):
    given = {"keywords": (), "certificate": "", "material_fee": 0, "exam_fee": 0, "venue": "명동 교실"}
    return await school.opens(title=title, **{**given, **differing})


async def offers(school):
    evening = {"start_time": school.time(19), "end_time": school.time(21)}
    await opens(school, "홈베이킹", weekdays=(3,), keywords=("빵",), material_fee=60_000, **evening)
    await opens(school, "엑셀 기초", weekdays=(1,), **evening)
    await opens(school, "아트플라워", weekdays=(5,), venue="신당동 교실", certificate="아트플라워 3급")


async def test_a_course_has_to_fit_all_that_is_said(school, visitor):
    await offers(school)
    told = await visitor().says("화요일 저녁 무료 강좌 있나요?")
    assert "엑셀 기초" in told
    assert "홈베이킹" not in told


@pytest.mark.parametrize(
    ("said", "instead", "title"),
    [
        ("금요일 저녁 수업 있어요?", "금요일에는 없고, 화·목요일에는 있어요.", "홈베이킹"),
        ("토요일 저녁에 하는 거", "토요일에는 없고, 화·목요일에는 있어요.", "홈베이킹"),
        ("목요일 저녁 무료 강좌", "목요일에는 없고, 화요일에는 있어요.", "엑셀 기초"),
        ("공짜로 빵 만드는 거 배울래요", "무료인 강좌는 없고, 60,000원부터 있어요.", "홈베이킹"),
        ("신당동에서 저녁에 하는 수업", "저녁에는 없고, 오전에는 있어요.", "아트플라워"),
        ("11월에 시작하는 저녁 강좌", "11월에 시작하는 강좌는 없고, 12월에는 있어요.", "엑셀 기초"),
    ],
)
async def test_where_none_fits_the_nearest_is_told_with_what_differs(school, visitor, said, instead, title):
    await offers(school)
    told = await visitor().says(said)
    assert instead in told
    assert title in told


async def test_what_fits_can_be_opened_by_its_number(school, visitor):
    await offers(school)
    resident = visitor()
    await resident.says("토요일 수업")
    assert "신당동 교실" in await resident.says("1")


async def test_courses_that_can_still_be_registered_for_come_first(school, visitor):
    await opens(school, "끝난 빵", keywords=("빵",), **school.dated({"apply_start": (-9,), "apply_end": (-1,)}))
    await opens(school, "열린 빵", keywords=("빵",))
    resident = visitor()
    await resident.says("오전에 하는 빵 수업")
    assert [card.title for card in resident.screen.cards] == ["열린 빵", "끝난 빵"]


async def test_it_is_understood_in_english(school, visitor):
    await offers(school)
    resident = visitor()
    await resident.says("english")
    told = await resident.says("any free class on Friday evening?")
    assert "There is none on Fri, but on Tue." in told


async def test_of_a_text_without_end_only_so_much_is_read_as_somebody_says(school, visitor, monkeypatch):
    await offers(school)
    read = []
    monkeypatch.setattr(understood.wishes, "read", lambda text, *_: read.append(text) or Wish())
    await visitor().says("월요일 " * 1000)
    assert {len(text) <= understood.LONGEST for text in read} == {True}
