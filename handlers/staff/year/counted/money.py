"""Money of each year, secured and spent: what is in the printed total, and what a course and a completer cost."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.staff.desk.desk import Desk
from handlers.staff.year.counted import period
from handlers.staff.year.counted.figures import BudgetFigures, BudgetYear, percent
from handlers.staff.year.counted.period import Period
from handlers.staff.year.entries.cells.words import BUDGET_KINDS, MONEY
from storage.database import Transaction
from storage.states import BudgetKind, Counted, Money
from storage.year import counted, entries
from storage.year.entries import BudgetEntry

MILLION = 1_000_000


@dataclass(frozen=True)
class Cost:
    """What courses of one kind cost: those that money was entered for. `completers` is of these."""

    operation: str  # 위탁, 직영
    courses: int
    completers: int
    spent: int

    @property
    def a_course(self) -> int | None:
        return _each(self.spent, self.courses)

    @property
    def a_completer(self) -> int | None:
        return _each(self.spent, self.completers)


@dataclass(frozen=True)
class CourseCost:
    code: str
    title: str
    operation: str
    completers: int
    spent: int


@dataclass(frozen=True)
class Costs:
    """Of a year: `of_none` is what was spent and belongs to no course of it."""

    by_operation: tuple[Cost, ...]
    courses: tuple[CourseCost, ...]
    of_none: int


def budget(tx: Transaction, desk: Desk, year: int) -> BudgetFigures:
    """Year by year of the term in which it lies."""
    return of_period(tx, desk, period.of(tx, desk, year))


def of_period(tx: Transaction, desk: Desk, when: Period) -> BudgetFigures:
    """Money for years to come is printed where it is secured; in the total it is only where the settings say so."""
    found = entries.all_of(tx, BudgetEntry, when.years)
    takes_all = desk.organization.policy_card.counts_current_year
    return BudgetFigures(tuple(_of_year(year, found, when, when.is_over(year) or takes_all) for year in when.years))


def _of_year(year: int, found: Sequence[BudgetEntry], when: Period, is_counted: bool) -> BudgetYear:
    these = tuple(each for each in found if each.year == year and _is_known(each, when))
    sums = _sums(these)
    return BudgetYear(year, sums["secured"], sums["spent"], is_counted, these)


def _is_known(each: BudgetEntry, when: Period) -> bool:
    """Of years to come what is secured for the next one."""
    if each.year > when.year:
        return each.kind == "secured" and each.year == when.year + 1
    return each.day is None or each.day <= when.until


def warnings(figures: BudgetFigures) -> Iterator[str]:
    """Where the printed total isn't the sum of all that is printed, and how to settle it."""
    left_out = [each for each in figures.years if not each.is_counted]
    for kind, name in BUDGET_KINDS.items():
        outside = [each for each in left_out if getattr(each, kind)]
        if outside:
            printed = getattr(figures, kind)
            everything = printed + sum(getattr(each, kind) for each in outside)
            years = ", ".join(f"{each.year}년 {millions(getattr(each, kind))}" for each in outside)
            yield (
                f"{name}: 인쇄하는 계는 {millions(printed)}백만원이지만, 인쇄하는 해를 모두 더하면 "
                f"{millions(everything)}백만원입니다. 계에 넣지 않은 해: {years}백만원. {HOW}"
            )
    for each in figures.years:
        if each.secured and each.spent > each.secured:
            sums = f"집행 {millions(each.spent)}백만원이 확보 {millions(each.secured)}백만원보다"
            yield f"{each.year}년: {sums} 많습니다."


HOW = (
    "끝나지 않은 해를 계에 넣으려면 설정 [policy_card]에 counts_current_year = true를 적고, "
    "넣지 않으려면 그대로 두어 주세요."
)


def millions(won: int) -> str:
    """As papers print it, in 백만원: up to three places where it isn't whole."""
    text = f"{won / MILLION:,.3f}"
    return text.rstrip("0").rstrip(".")


def by_source(year: BudgetYear) -> tuple[tuple[Money, int, int], ...]:
    """What was secured and what was spent of each source that there is."""
    sums = {source: _sums([each for each in year.entries if each.source == source]) for source in MONEY}
    return tuple((source, of["secured"], of["spent"]) for source, of in sums.items() if any(of.values()))


def _sums(found: Sequence[BudgetEntry]) -> dict[BudgetKind, int]:
    return {kind: sum(each.amount for each in found if each.kind == kind) for kind in BUDGET_KINDS}


def execution(figures: BudgetFigures) -> int | None:
    """집행률 of the printed totals, in whole percent."""
    return percent(figures.spent, figures.secured)


def costs(tx: Transaction, desk: Desk, year: int) -> Costs:
    """Of courses of a year by what was entered for each, of the years beside it too; 위탁 beside 직영."""
    when = period.alone(period.of(tx, desk, year))
    begun = counted.begun(tx, when.since, when.begun)
    ran = {each.id: each for each in begun if period.half_year(each)[0] == year}
    near = entries.all_of(tx, BudgetEntry, (year - 1, year, year + 1))
    spent = [each for each in near if each.kind == "spent" and (each.day is None or each.day <= desk.today)]
    kinds: tuple[Counted, ...] = ("completers",)
    completed = counted.of_completers(tx, when.since, when.begun, kinds)["completers"]
    by_course = Counter[int]()
    for each in spent:
        if each.course_id is not None and each.course_id in ran:
            by_course[each.course_id] += each.amount
    of_none = sum(each.amount for each in spent if each.year == year and each.course_id not in ran)
    found = tuple(
        CourseCost(ran[at].code, ran[at].title, ran[at].operation, completed.get(at, 0), amount)
        for at, amount in by_course.items()
    )
    return Costs(tuple(_by_operation(found)), found, of_none)


def _by_operation(found: Sequence[CourseCost]) -> Iterator[Cost]:
    for operation in dict.fromkeys(each.operation for each in found):
        of = [each for each in found if each.operation == operation]
        yield Cost(operation, len(of), sum(each.completers for each in of), sum(each.spent for each in of))


def _each(won: int, among: int) -> int | None:
    """Rounded to a won; None where there is nothing to divide by."""
    return (2 * won + among) // (2 * among) if among else None
