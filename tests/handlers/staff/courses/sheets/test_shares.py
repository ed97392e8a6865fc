"""Seats by channel in a course file: read, checked, told and changed like any other column."""

from datetime import datetime

import pytest

from handlers.staff.courses.sheets import overview
from handlers.staff.courses.sheets.reading import check
from handlers.staff.desk.desk import Desk
from tests.support.domain import SEOUL, SETTINGS

SHARED = {"방문 정원": "5명", "방문 정원 풀리는 때": "2026-11-20", "상태": "공개"}
NOW = datetime(2026, 11, 1, tzinfo=SEOUL)


def problems(rows, **changed):
    found = check(rows({**SHARED, **changed}), SEOUL, {})
    return [str(each) for each in found.problems]


def test_what_is_kept_for_the_desk_and_until_when_is_read_and_said(rows):
    [one] = check(rows(SHARED), SEOUL, {}).planned
    assert (one.course.offline_seats, one.course.offline_until) == (5, datetime(2026, 11, 20, 9, tzinfo=SEOUL))
    said = overview.line(one, Desk(SETTINGS.to_organization(), NOW))
    assert "정원 15명(대기 10명, 온라인 10명·방문 5명, 남으면 11월 20일(금) 오전 9시에 함께)" in said


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"방문 정원 풀리는 때": ""}, "남은 자리를 언제 모두에게 풀지"),
        ({"방문 정원": ""}, "‘방문 정원 풀리는 때’만 있습니다"),
        ({"방문 정원": 15}, "15명이면 온라인 자리가 없습니다. ‘정원’(15명)보다 적게"),
        ({"선정방법": "추첨"}, "선착순 과정에서만 자리를 나눌 수 있습니다. ‘추첨’ 과정이면"),
        ({"선정방법": "심사"}, "‘심사’ 과정이면 칸을 비워 주세요"),
        ({"방문 정원 풀리는 때": "2026-11-01"}, "‘접수시작’보다 뒤여야"),
        ({"방문 정원 풀리는 때": "2026-11-29 01:00"}, "개강 2일 전(2026-11-29 0시)보다 늦습니다"),
    ],
)
def test_what_does_not_fit_is_refused_and_says_why(rows, changed, why):
    assert any(why in each for each in problems(rows, **changed)), problems(rows, **changed)


def test_a_course_without_shares_says_nothing_of_them(rows):
    [one] = check(rows({"상태": "공개"}), SEOUL, {}).planned
    assert (one.course.offline_seats, one.course.offline_until) == (0, None)
    assert "방문" not in overview.line(one, Desk(SETTINGS.to_organization(), NOW))
