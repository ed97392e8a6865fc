"""Part 4, 예산 집행: what was spent for what, and in what share of what there was."""

from collections.abc import Iterable, Sequence

from handlers.staff.desk.costs import won as in_won
from handlers.staff.desk.told import Table
from handlers.staff.ways import money as messages
from handlers.staff.year.counted import money
from handlers.staff.year.counted.words import rate, won
from handlers.staff.year.entries.cells.words import MONEY
from handlers.staff.year.reports import charts
from handlers.staff.year.reports.report import Section
from handlers.staff.year.reports.sections.given import Given
from storage.ways import spending
from storage.year import entries
from storage.year.entries import BudgetEntry

TITLE = "예산 집행"
NO_ITEM = "과목 없음"
TEN_THOUSAND = 10_000


def section(given: Given) -> Section:
    found = entries.all_of(given.tx, BudgetEntry, [given.year])
    sent = list(_sent(given))
    if not found and sent:
        return Section(TITLE, tuple(sent))
    if not found:
        return Section(TITLE, missing=f"{given.year}년 예산을 적지 않았습니다.")
    spent = [each for each in found if each.kind == "spent"]
    mine = [each for each in spent if _is_of(given, each)]
    secured = sum(each.amount for each in found if each.kind == "secured")
    share = f"({rate(_sum(mine), secured)})" if mine and secured else ""
    lines = [f"{given.year}년 확보 {won(secured)}, {given.name} 집행 {won(_sum(mine))}{share}"]
    undated = [each for each in spent if each.day is None]
    if given.half and undated:
        lines.append(f"날짜를 적지 않은 집행 {len(undated)}건 {won(_sum(undated))}은 연간 보고에만 넣었습니다.")
    lines += sent
    bars = [(name, _sum(of) / TEN_THOUSAND) for name, of in _by_item(mine).items()]
    drawn = (charts.bars("과목별 집행", bars, "만원"),) if bars else ()
    return Section(TITLE, tuple(lines), (*_tables(mine), *_costs(given)), drawn)


def _sent(given: Given) -> Iterable[str]:
    """What messages cost, by way."""
    spent = spending.by_day(given.tx, *given.moments, given.zone)
    sums: dict[str, int] = {}
    for one in spent:
        name = messages.way_of(given.desk.organization, one)
        sums[name] = sums.get(name, 0) + one.cost
    if spent:
        each = ", ".join(f"{name} {in_won(cost)}" for name, cost in sorted(sums.items(), key=lambda sum_: -sum_[1]))
        yield f"{given.name} 알림 비용 {in_won(sum(sums.values()))} ({each})"


def _costs(given: Given) -> Iterable[Table]:
    """What a course and a completer cost, as far as money was entered for courses: 위탁 beside 직영."""
    found = money.costs(given.tx, given.desk, given.year).by_operation
    rows = tuple(
        (each.operation or "-", f"{each.courses}", won(each.spent), won(each.a_course or 0), won(each.a_completer or 0))
        for each in found
    )
    if rows:
        yield Table(rows, ("운영", "과정", "집행", "과정 하나에", "수료 한 분에"), title=f"{given.year}년 운영별 비용")


def _is_of(given: Given, entry: BudgetEntry) -> bool:
    """Of a half-year what has a day in it; of a year all."""
    first, last = given.days
    return given.half is None or (entry.day is not None and first <= entry.day <= last)


def _tables(spent: Sequence[BudgetEntry]) -> Iterable[Table]:
    if not spent:
        return
    by_item, total = _by_item(spent), _sum(spent)
    names = list(dict.fromkeys(MONEY[each.source] for each in spent))
    rows = [(item, *_row(of, names), won(_sum(of)), rate(_sum(of), total)) for item, of in by_item.items()]
    rows.append(("계", *_row(spent, names), won(total), rate(total, total)))
    yield Table(tuple(rows), ("과목", *names, "계", "비중"), title="과목별 집행")


def _row(of: Sequence[BudgetEntry], names: Sequence[str]) -> list[str]:
    return [won(_sum([each for each in of if MONEY[each.source] == name])) for name in names]


def _by_item(spent: Iterable[BudgetEntry]) -> dict[str, list[BudgetEntry]]:
    """What most was spent for comes first."""
    found: dict[str, list[BudgetEntry]] = {}
    for each in spent:
        found.setdefault(each.item or NO_ITEM, []).append(each)
    return dict(sorted(found.items(), key=lambda each: -_sum(each[1])))


def _sum(of: Iterable[BudgetEntry]) -> int:
    return sum(each.amount for each in of)
