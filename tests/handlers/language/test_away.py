"""The days on which somebody says that they are away."""

from datetime import date

import pytest

from handlers.language.days.away import Away, read

MONDAY = date(2026, 12, 7)
SAID = [
    ("내일 못 가요", (8, 8)),
    ("오늘 아파서 못 가요", (7, 7)),
    ("화요일 수업 빠질게요", (8, 8)),
    ("다음 주 화요일은 빠질게요", (15, 15)),
    ("다음 주까지 못 가요", (7, 20)),
    ("이번 주는 못 나갈 것 같아요", (7, 13)),
    ("금요일까지 못 가요", (7, 11)),
    ("12월 15일 못 가요", (15, 15)),
    ("15일부터 22일까지 못 가요", (15, 22)),
    ("12월 3일부터 10일까지 못 가요", (7, 10)),
    ("I can't come tomorrow", (8, 8)),
    ("cant come on Thursday", (10, 10)),
    ("I am away until next week", (7, 20)),
    ("i can't attend on the 15th of December", (15, 15)),
]


@pytest.mark.parametrize(("text", "days"), SAID)
def test_the_days_are_read_as_they_are_said(text, days):
    first, last = days
    assert read(text, MONDAY) == Away(date(2026, 12, first), date(2026, 12, last))


@pytest.mark.parametrize("text", ["아파서 못 가요", "한 번 빠지면 어떻게 돼요", "3일 동안 못 가요", "32일 못 가요"])
def test_where_no_day_is_named_none_is_guessed(text):
    assert read(text, MONDAY) is None
