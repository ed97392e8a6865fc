"""What a file can't say of seats that are kept for who comes by phone or in person."""

from collections.abc import Iterator
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from handlers.calendar.hours import local
from handlers.staff.desk.lookup import SELECTIONS
from storage.teaching.course import Course


def conflicts(course: Course, timezone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """(field, why)."""
    if not course.offline_seats:
        if course.offline_until:
            yield "offline_seats", "‘방문 정원 풀리는 때’만 있습니다. 방문 정원을 적거나 두 칸을 모두 비워 주세요."
        return
    if course.selection != "first_come":
        method = SELECTIONS[course.selection]
        yield "offline_seats", f"선착순 과정에서만 자리를 나눌 수 있습니다. ‘{method}’ 과정이면 칸을 비워 주세요."
    if course.offline_seats >= course.capacity:
        yield (
            "offline_seats",
            f"{course.offline_seats}명이면 온라인 자리가 없습니다. ‘정원’({course.capacity}명)보다 적게 적어 주세요.",
        )
    yield from _times(course, timezone)


def _times(course: Course, timezone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """Left-over seats still have to be offered in the order of the line."""
    if not course.offline_until:
        yield "offline_until", "남은 자리를 언제 모두에게 풀지 적어 주세요. 예: 2026-12-10 09:00"
        return
    last = local(course.start_date - timedelta(days=course.last_call_days), time(), timezone)
    if course.offline_until <= course.apply_start:
        yield "offline_until", "‘접수시작’보다 뒤여야 합니다."
    if course.offline_until > last:
        when = f"{last:%Y-%m-%d}"
        yield (
            "offline_until",
            f"개강 {course.last_call_days}일 전({when} 0시)보다 늦습니다. 그때부터는 먼저 누르는 분께 드립니다.",
        )
