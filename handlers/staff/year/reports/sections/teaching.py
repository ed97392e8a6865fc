"""Part 3, 강의 시수와 강사: how much was taught and by how many; nobody's name."""

from collections.abc import Iterable

from handlers.staff.desk.told import Table
from handlers.staff.surveys.tally.figures import rounded
from handlers.staff.year.counted.words import NO_CATEGORY
from handlers.staff.year.reports.report import Section
from handlers.staff.year.reports.sections.given import Given
from storage.year import became
from storage.year.became import Classes
from storage.year.taught import Taught

TITLE = "강의 시수와 강사"
HOUR = 60


def section(given: Given) -> Section:
    held = became.classes(given.tx, given.ids)
    if not held:
        return Section(TITLE, missing="수업 날짜가 있는 과정이 없습니다.")
    by_category: dict[str, list[Taught]] = {}
    for each in given.courses:
        by_category.setdefault(each.category or NO_CATEGORY, []).append(each)
    rows = [(name, *_counts(of, held)) for name, of in by_category.items()]
    rows.append(("계", *_counts(given.courses, held)))
    without = len([each for each in given.courses if not each.instructor.strip()])
    notes = (f"강사를 적지 않은 과정 {without}개는 강사 수에 넣지 않았습니다.",) if without else ()
    of_all = [each for each in given.courses if each.id in held]
    line = (
        f"수업 {_classes(of_all, held):,}회, {_hours(of_all, held)}시간을 강사 {_instructors(of_all)}명이 가르쳤습니다."
    )
    table = Table(tuple(rows), ("분야", "과정", "수업", "시간", "강사"), title="분야별 시수")
    return Section(TITLE, (line, "같은 이름의 강사는 한 명으로 셉니다.", *notes), (table,))


def _counts(of: Iterable[Taught], held: dict[int, Classes]) -> tuple[str, ...]:
    known = list(of)
    return str(len(known)), f"{_classes(known, held):,}회", f"{_hours(known, held)}시간", f"{_instructors(known)}명"


def _classes(of: Iterable[Taught], held: dict[int, Classes]) -> int:
    return sum(held[each.id].count for each in of if each.id in held)


def _hours(of: Iterable[Taught], held: dict[int, Classes]) -> str:
    hours = sum(held[each.id].minutes for each in of if each.id in held) / HOUR
    return rounded(hours, 0 if hours == int(hours) else 1)


def _instructors(of: Iterable[Taught]) -> int:
    return len({each.instructor.strip() for each in of} - {""})
