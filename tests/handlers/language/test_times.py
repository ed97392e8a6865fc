"""Days and times of day as people say them."""

from datetime import date, time

import pytest

from handlers.language.days import times

SLOTS = [time(10), time(10, 30), time(14), time(14, 30), time(12)]
DAYS = [date(2026, 11, 24), date(2026, 11, 26), date(2026, 12, 1)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("10시", [time(10)]),
        ("열 시요", [time(10)]),
        ("열시 반이요", [time(10, 30)]),
        ("오전 10시 30분", [time(10, 30)]),
        ("10:30", [time(10, 30)]),
        ("두 시", [time(14)]),
        ("14시 30분", [time(14, 30)]),
        ("오후 두시에요", [time(14)]),
        ("오전 2시", []),
        ("열두시", [time(12)]),
        ("낮 12시", [time(12)]),
        ("10", []),
        ("잘 모르겠어요", []),
    ],
)
def test_a_time_is_read_as_it_is_said(said, meant):
    assert list(filter(times.clock(said), SLOTS)) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("24일", [DAYS[0]]),
        ("12월 1일이요", [DAYS[2]]),
        ("12월 24일", []),
        ("화요일", [DAYS[0], DAYS[2]]),
        ("목요일이요", [DAYS[1]]),
        ("내일", [DAYS[0]]),
        ("모레", []),
        ("아무 때나", []),
    ],
)
def test_a_day_is_read_as_it_is_said(said, meant):
    assert list(filter(times.day(said, date(2026, 11, 23)), DAYS)) == meant
