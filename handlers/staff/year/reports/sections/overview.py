"""Part 1, 추진개요: what for, when, whom, where, how many, and with what money."""

from collections import Counter
from collections.abc import Iterator

from handlers.staff.surveys.tally.turnout import official
from handlers.staff.year.counted.words import DAYPARTS, won
from handlers.staff.year.reports.report import Section
from handlers.staff.year.reports.sections.given import Given, total
from storage.year import entries
from storage.year.entries import BudgetEntry, PolicyTask

TITLE = "추진개요"
SHOWN = 5  # places, and whom it is for


def section(given: Given) -> Section:
    return Section(TITLE, tuple(_lines(given)))


def _lines(given: Given) -> Iterator[str]:
    task = next((each for each in entries.all_of(given.tx, PolicyTask) if _is_of(each, given.year)), None)
    if task:
        yield f"사업: {task.title}({task.number})"
        yield from (f"목적: {line}" for line in task.overview.splitlines()[:1])
    if given.courses:
        days = [each.start_date for each in given.courses], [each.end_date for each in given.courses]
        yield f"기간: {official(min(days[0]), max(days[1]))}"
    yield f"규모: {_scale(given)}"
    yield from _named("대상", Counter(each.audience for each in given.courses))
    yield from _named("장소", Counter(each.venue for each in given.courses))
    yield from _ways(given)
    yield _money(given)
    if given.closed:
        yield f"폐강: {len(given.closed)}개 ({', '.join(each.title for each in given.closed[:SHOWN])})"


def _is_of(task: PolicyTask, year: int) -> bool:
    return task.first_year <= year <= task.last_year


def _scale(given: Given) -> str:
    lines = given.lines
    left_out = sum(not each.counts_toward_kpi for each in lines)
    aside = f" (실적에서 뺀 과정 {left_out}개 포함)" if left_out else ""
    seats, came, completed = (
        total(getattr(each, name) for each in lines) for name in ("capacity", "opened", "completed")
    )
    people = [
        f"{name} {number:,}명" for name, number in (("정원", seats), ("수강", came), ("수료", completed)) if number
    ]
    return ", ".join([f"과정 {len(lines):,}개{aside}", *people])


def _named(name: str, found: Counter[str]) -> Iterator[str]:
    """The most common ones; what nobody filled in is left out."""
    known = [each for each, _ in found.most_common() if each]
    if known:
        more = f" 외 {len(known) - SHOWN}" if len(known) > SHOWN else ""
        yield f"{name}: {', '.join(known[:SHOWN])}{more}"


def _ways(given: Given) -> Iterator[str]:
    """Day and evening, our own and entrusted."""
    of = Counter(DAYPARTS[each.daypart] for each in given.lines)
    of_operation = Counter(each.operation for each in given.lines if each.operation)
    for name, found in (("주야", of), ("운영", of_operation)):
        if found:
            yield f"{name}: {', '.join(f'{each} {number}개' for each, number in found.most_common())}"


def _money(given: Given) -> str:
    found = entries.all_of(given.tx, BudgetEntry, [given.year])
    sums = {kind: sum(each.amount for each in found if each.kind == kind) for kind in ("secured", "spent")}
    return f"예산: {given.year}년 확보 {won(sums['secured'])}, 집행 {won(sums['spent'])}"
