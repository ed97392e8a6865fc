"""What is said of the course that somebody wishes for."""

from datetime import date

import pytest

from handlers.understanding.wish import Wish, read

TODAY = date(2026, 3, 10)
PLACES = {"을지로동": "을지로동", "myeongdong": "명동", "을지로": "을지로", "신당동": "신당동", "명동": "명동"}
APRIL = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("화요일 저녁 무료 강좌", Wish(days=(1,), time="evening", most=0)),
        ("주말에 하는 꽃 수업", Wish(days=(5, 6))),
        ("평일 오전", Wish(days=(0, 1, 2, 3, 4), time="morning")),
        ("화,목 수업", Wish(days=(1, 3))),
        ("월수금반", Wish(days=(0, 2, 4))),
        ("저녁 7시 이후", Wish(hours=(19, 24))),
        ("7시 넘어서 하는 거", Wish(hours=(19, 24))),
        ("오후 3시 전에 끝나는", Wish(hours=(0, 15))),
        ("애들 학교 간 사이에", Wish(time="morning")),
        ("퇴근하고 들을 만한 거", Wish(time="evening")),
        ("5만원 이하", Wish(most=50_000)),
        ("50,000원 이하로", Wish(most=50_000)),
        ("재료비 0원인 거", Wish(most=0)),
        ("십만 원 안으로", Wish(most=100_000)),
        ("다음 달에 시작하는 거", Wish(month=APRIL)),
        ("2월에 하는 거", Wish(month=date(2027, 2, 1))),
        ("명동 근처", Wish(place="명동")),
        ("을지로쪽", Wish(place="을지로")),
        ("오전반 자격증", Wish(time="morning", has_certificate=True)),
        ("지금 신청할 수 있는 거", Wish(is_open=True)),
        ("곧 접수하는 강좌", Wish(is_soon=True)),
        ("하루짜리 특강", Wish(is_one_day=True)),
        ("free classes on Saturday evening", Wish(days=(5,), time="evening", most=0)),
        ("courses next month", Wish(month=APRIL)),
        ("something after 6pm", Wish(hours=(18, 24))),
        ("before noon on weekdays", Wish(days=(0, 1, 2, 3, 4), hours=(0, 12))),
        ("around 2 p.m. in Myeong-dong", Wish(hours=(13, 16), place="명동")),
        ("classes after my shift", Wish(time="evening")),
        ("under 50 thousand won", Wish(most=50_000)),
        ("less than 70,000 and not too expensive", Wish(most=70_000, is_cheap=True)),
        ("under 50 years old", Wish()),
        ("which ones can I still sign up for now", Wish(is_open=True)),
        ("only one day, with a diploma", Wish(has_certificate=True, is_one_day=True)),
        ("바리스타 배우고 싶어요", Wish()),
        ("3월 10일에 뭐 해요", Wish()),
        ("010-0000-0000", Wish()),
        ("I may come", Wish()),
    ],
)
def test_each_part_of_a_wish_is_read(said, wish):
    assert read(said, TODAY, PLACES) == wish


def test_the_parts_that_were_spoken_of_are_named():
    assert read("화요일 저녁 무료", TODAY, PLACES).parts == ("days", "time", "most")


def test_whatever_is_said_the_wish_has_no_month_of_the_past():
    assert all(read(f"{month}월 강좌", TODAY, ()).month >= date(2026, 3, 1) for month in range(1, 13))
