"""The tables of a policy card that reckon: what was aimed at and reached, and money."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.papers.paper import Block, Cell, Grid, Lines, head, said
from bot.documents.policy_card.numbers import NONE, count, money, rate
from handlers.staff.year.counted.figures import BudgetFigures, BudgetYear, IndicatorFigures
from handlers.staff.year.entries.cells.words import BUDGET_KINDS, MONEY
from storage.states import BudgetKind, Money


def indicators(figures: Sequence[IndicatorFigures]) -> Iterator[Block]:
    """Grids of one width each: a task whose indicators have the same years has one."""
    for years in dict.fromkeys(tuple(each.year for each in one.years) for one in figures):
        of_them = [each for each in figures if tuple(of.year for of in each.years) == years]
        top = (head("확인지표"), head("구분"), *(head(f"{each}년") for each in years), head("계"), head("이행률"))
        rows = [row for number, one in enumerate(of_them) for row in _indicator(one, 1 + 3 * number)]
        yield Grid((top, *rows), (5, 3, *(2 for _ in years), 2, 3), head=1)


def _indicator(one: IndicatorFigures, top: int) -> list[tuple[Cell, ...]]:
    """What was aimed at, what was reached, and the part of it, of each year and in all."""
    columns = range(2, 2 + len(one.years))
    total = 2 + len(one.years)
    aimed, reached = (tuple((top + row, column) for column in columns) for row in (0, 1))
    name = f"{one.indicator.name}\n(단위: {one.indicator.unit})" if one.indicator.unit else one.indicator.name
    of_years = [
        rate(each.rate, (top + 1, column), (top, column)) for column, each in zip(columns, one.years, strict=True)
    ]
    return [
        (
            head(name, down=3),
            head("목표"),
            *(count(each.target) for each in one.years),
            count(one.target, aimed),
            rate(one.rate, (top + 1, total), (top, total), down=3),
        ),
        (head("실적"), *(count(each.actual) for each in one.years), count(one.actual, reached)),
        (head("달성률"), *of_years, said("")),
    ]


def budget(figures: BudgetFigures) -> Iterator[Block]:
    """Without years that nobody has money for yet."""
    years = [each for each in figures.years if each.is_counted or each.secured or each.spent]
    top = (head("구분"), head("재원"), *(head(f"{each.year}년") for each in years), head("계"))
    rows: list[tuple[Cell, ...]] = []
    for kind in BUDGET_KINDS:
        rows += _kind(kind, years, 1 + len(rows))
    yield Grid((top, *rows), (3, 3, *(3 for _ in years), 3), head=1)
    if left := [f"{each.year}년" for each in years if not each.is_counted]:
        yield Lines((f"{', '.join(left)} 금액은 계에 넣지 않음",), mark="※", is_small=True)


def _kind(kind: BudgetKind, years: Sequence[BudgetYear], top: int) -> list[tuple[Cell, ...]]:
    """A row for each source of money, and their sum where there are several."""
    sources = _sources(kind, years)
    if len(sources) < 2:
        name = MONEY[sources[0]] if sources else NONE
        return [(head(BUDGET_KINDS[kind]), head(name), *_amounts([_of(kind, each) for each in years], years, top))]
    rows = [
        (head(MONEY[source]), *_amounts([_of(kind, each, source) for each in years], years, top + row))
        for row, source in enumerate(sources)
    ]
    rows[0] = (head(BUDGET_KINDS[kind], down=len(sources) + 1), *rows[0])
    above = range(top, top + len(sources))
    sums = _amounts([_of(kind, each) for each in years], years, top + len(sources))
    summed = [replace(each, sum_of=tuple((row, column) for row in above)) for column, each in enumerate(sums[:-1], 2)]
    return [*rows, (head("소계"), *summed, sums[-1])]


def _sources(kind: BudgetKind, years: Sequence[BudgetYear]) -> list[Money]:
    """None where the entries aren't all that the figures are of."""
    if any(_of(kind, each) != sum(one.amount for one in each.entries if one.kind == kind) for each in years):
        return []
    found = {one.source for each in years for one in each.entries if one.kind == kind}
    return [source for source in MONEY if source in found]


def _of(kind: BudgetKind, year: BudgetYear, source: Money | None = None) -> int:
    if source is None:
        return year.secured if kind == "secured" else year.spent
    return sum(each.amount for each in year.entries if each.kind == kind and each.source == source)


def _amounts(amounts: Sequence[int], years: Sequence[BudgetYear], row: int) -> list[Cell]:
    """Of each year, and the total of those that count."""
    counted = [
        (column, amount) for column, (amount, year) in enumerate(zip(amounts, years, strict=True), 2) if year.is_counted
    ]
    total = money(sum(amount for _, amount in counted), tuple((row, column) for column, _ in counted))
    return [*(money(each) for each in amounts), total]
