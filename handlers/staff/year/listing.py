"""A year as officers look at it: indicators, money, what was done with residents, quarters, and rows of a figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.year.cards import carding
from handlers.staff.year.cards.quarters import STATES
from handlers.staff.year.counted import counting, money, participation, period
from handlers.staff.year.counted.figures import (
    BudgetFigures,
    BudgetYear,
    IndicatorFigures,
    OfYear,
    ParticipationFigures,
)
from handlers.staff.year.counted.money import Costs, millions
from handlers.staff.year.counted.words import NOTHING
from handlers.staff.year.entries.cells.words import BUDGET_KINDS, MONEY
from storage.database import Transaction
from storage.year import entries, quarters
from storage.year.entries import Indicator, PolicyTask
from storage.year.quarters import Quarter

KINDS = {"course": "과정", "past": "지난 과정"}


@dataclass(frozen=True)
class Year:
    """A term until the end of a year of it, with what to look at before a card is printed."""

    task: PolicyTask | None
    indicators: tuple[IndicatorFigures, ...]
    budget: BudgetFigures
    participation: tuple[ParticipationFigures, ...]
    warnings: tuple[str, ...]


def of(tx: Transaction, desk: Desk, year: int) -> Year:
    """By the rows as they are now. Without a task of which it is a year, of the year alone."""
    if period.task_of(tx, year):
        quarter = period.newest_quarter(year, desk.today)
        card = carding.as_of_now(tx, desk, year, quarter, quarters.find(tx, year, quarter))
        return Year(card.task, card.indicators, card.budget, card.participation, card.warnings)
    found = counting.indicators(tx, desk, year)
    budget = money.budget(tx, desk, year)
    done = participation.participation(tx, desk, year)
    return Year(None, found, budget, done, tuple(money.warnings(budget)))


def show(tx: Transaction, desk: Desk, year: int) -> Told:
    """With what has changed since its quarters were frozen."""
    found, known = of(tx, desk, year), quarters.of_year(tx, year)
    tables = (
        *(_indicator(each) for each in found.indicators),
        _budget(found.budget),
        *_costs(money.costs(tx, desk, year), year),
        _participation(found.participation),
        *_quarters(desk, known),
        *(table for one in known for table in _since(tx, desk, one)),
    )
    return Told(
        f"{year}년", (_called(found.task),), tables, found.warnings, steps=tuple(_steps(year, found.indicators))
    )


def _called(task: PolicyTask | None) -> str:
    if task is None:
        return "이 해가 임기에 드는 공약사업이 없어 이 해만 보여 드립니다."
    return f"{task.number} {task.title} (임기 {task.first_year}~{task.last_year}년)"


def _steps(year: int, figures: Sequence[IndicatorFigures]) -> Iterator[Step]:
    for each in figures[:1]:
        yield Step("실적을 이루는 과정을 보려면", "year", {"year": year, "of": each.indicator.name})


# --- tables ---


def _indicator(figures: IndicatorFigures) -> Table:
    rows = tuple((f"{each.year}", _count(each.target), _count(each.actual), _rate(each.rate)) for each in figures.years)
    total = ("합계", f"{figures.target}", f"{figures.actual}", f"이행률 {_rate(figures.rate)}")
    title = f"확인지표: {figures.indicator.name}"
    return Table((*rows, total), ("연도", "목표", "실적", "달성률"), title=title)


def _count(value: int | None) -> str:
    return NOTHING if value is None else f"{value}"


def _rate(value: int | None) -> str:
    return NOTHING if value is None else f"{value}%"


def _budget(figures: BudgetFigures) -> Table:
    """Below each year what is of which source."""
    rows = tuple((f"{each.year}", *_amounts(each), _outside(each)) for each in figures.years)
    total = ("계", millions(figures.secured), millions(figures.spent), f"집행률 {_rate(money.execution(figures))}")
    columns = ("연도", *BUDGET_KINDS.values(), "")
    return Table((*rows, total), columns, "예산(백만원)", details=tuple(_of_sources(each) for each in figures.years))


def _amounts(year: BudgetYear) -> tuple[str, str]:
    """Nothing is a figure where it is in the total."""
    secured, spent = (millions(won) if won or year.is_counted else NOTHING for won in (year.secured, year.spent))
    return secured, spent


def _outside(year: BudgetYear) -> str:
    return "계에 넣지 않음" if not year.is_counted and (year.secured or year.spent) else ""


def _of_sources(year: BudgetYear) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (MONEY[source], f"확보 {millions(secured)}, 집행 {millions(spent)}")
        for source, secured, spent in money.by_source(year)
    )


def _costs(costs: Costs, year: int) -> Iterator[Table]:
    """위탁 beside 직영; nothing where no money was entered for a course."""
    if not costs.by_operation:
        return
    rows = tuple(
        (each.operation, f"{each.courses}", _won(each.spent), _won(each.a_course), _won(each.a_completer))
        for each in costs.by_operation
    )
    of_none = (("과정에 나누지 않음", "", _won(costs.of_none), "", ""),) if costs.of_none else ()
    columns = ("운영", "과정", "집행", "과정마다", "수료 한 분마다")
    yield Table((*rows, *of_none), columns, title=f"{year}년 과정에 든 돈(원)")


def _won(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"


def _participation(found: Sequence[ParticipationFigures]) -> Table:
    rows = tuple((each.title, f"{each.count}" if each.count else NOTHING, each.when) for each in found)
    return Table(rows, ("구분", "건수", "날짜"), title="주민 참여(소통) 실적")


def _quarters(desk: Desk, known: Sequence[Quarter]) -> Iterator[Table]:
    if known:
        rows = tuple(
            (f"{each.quarter}분기", STATES[each.state], each.stage or NOTHING, _by(desk, each)) for each in known
        )
        yield Table(rows, ("분기", "상태", "이행단계", "누가, 언제"), title="분기 마감")


def _by(desk: Desk, each: Quarter) -> str:
    """Each with a name and a time."""
    steps = [f"작성 {each.drafted_by} {desk.moment(each.drafted_at)}"]
    if each.checked_at:
        steps.append(f"확인 {each.checked_by} {desk.moment(each.checked_at)}")
    if each.frozen_at:
        steps.append(f"확정 {each.frozen_by} {desk.moment(each.frozen_at)}")
    return ", ".join(steps)


def _since(tx: Transaction, desk: Desk, one: Quarter) -> Iterator[Table]:
    for table in carding.changed_since(tx, desk, one):
        yield Table(table.rows, table.columns, f"{one.quarter}분기: {table.title}", details=table.details)


# --- the rows of a figure ---


def sources(tx: Transaction, desk: Desk, indicator: int | str, year: int) -> Told:
    """Of what the figure of an indicator is the sum in a year; `indicator` is its number or its name."""
    figures = _figures(tx, desk, indicator, year)
    of_year = next(each for each in figures.years if each.year == year)
    unit = figures.indicator.unit
    title = f"{figures.indicator.name}, {year}년: {_reached(of_year, unit)}"
    rows = tuple((KINDS[each.kind], each.key, each.title, f"{each.count}") for each in of_year.sources)
    table = Table(rows, ("구분", "번호", "과정", "수"))
    return Told(title, tables=(table,) if rows else ())


def _reached(of_year: OfYear, unit: str) -> str:
    if of_year.actual is None:
        return "아직 오지 않은 해입니다."
    aimed = f"목표 {of_year.target}{unit}, " if of_year.target is not None else ""
    return f"{aimed}실적 {of_year.actual}{unit}"


def _figures(tx: Transaction, desk: Desk, indicator: int | str, year: int) -> IndicatorFigures:
    found = counting.indicators(tx, desk, year)
    for each in found:
        if indicator in (each.indicator.id, each.indicator.name):
            return each
    known = [each.name for each in entries.all_of(tx, Indicator)]
    raise Declined(f"‘{indicator}’: 이런 확인지표가 없습니다.", items=known)
