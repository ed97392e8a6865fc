"""Part 11, 향후계획: what is planned, and what was wanted more than there was."""

from collections.abc import Iterator

from handlers.staff.desk.told import Table
from handlers.staff.surveys.tally.turnout import official
from handlers.staff.year.demands.wanted import Wanted, of_courses
from handlers.staff.year.entries.cells.words import PROGRESS
from handlers.staff.year.reports.report import Section
from handlers.staff.year.reports.sections.given import Given
from storage.year import entries
from storage.year.entries import PlanStep

TITLE = "향후계획"
SHOWN = 5  # courses of which more classes are proposed


def section(given: Given) -> Section:
    ahead = [
        each for each in entries.all_of(given.tx, PlanStep, [given.year, given.year + 1]) if _is_ahead(given, each)
    ]
    proposed = tuple(_proposed(given))
    if not (ahead or proposed):
        return Section(TITLE, missing="적어 둔 계획이 없습니다.")
    rows = tuple((official(each.starts_on, each.ends_on), each.what, PROGRESS[each.state]) for each in ahead)
    tables = (Table(rows, ("기간", "내용", "상태"), title="적어 둔 계획"),) if rows else ()
    return Section(TITLE, proposed, tables)


def _is_ahead(given: Given, step: PlanStep) -> bool:
    return step.state != "dropped" and step.ends_on >= given.days[0]


def _proposed(given: Given) -> Iterator[str]:
    found = of_courses(given.tx, given.year, given.courses, given.desk.now)
    for each in sorted((each for each in found if each.is_worth_more), key=lambda each: -each.beyond)[:SHOWN]:
        yield _said(each)


def _said(one: Wanted) -> str:
    asked = f"정원 {one.course.capacity}명에 {one.at_close}명이 신청해"
    return f"{one.course.title}: {asked} {one.classes}개 반이면 모두 들을 수 있었습니다."
