"""The sorts of entries of a year: what each is called, the columns of its sheet, and what names one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.staff.desk.declined import Declined
from handlers.staff.files.columns import Column, Columns
from handlers.staff.files.rows import MARKS, YEAR
from handlers.staff.year.entries.cells import columns
from storage.year.entries import (
    BudgetEntry,
    Entry,
    Indicator,
    Participation,
    PastCourse,
    PlanStep,
    PolicyTask,
    Problem,
    Promotion,
    Target,
)


@dataclass(frozen=True)
class Sort:
    """`natural` are the columns that name one of it; without them its number does, which then is a column.

    `refers` are the fields that keep a number of what officers name in a column.
    """

    key: str
    title: str
    unit: str
    entry: type[Entry]
    columns: Columns
    natural: tuple[str, ...] = ()
    refers: Mapping[str, str] = field(default_factory=dict, hash=False)  # by column

    @property
    def kind(self) -> str:
        """Of its rows in files."""
        return YEAR[self.key]

    @property
    def marks(self) -> tuple[str, ...]:
        """Headers by which its sheet is known."""
        return tuple(mark for mark, kind in MARKS.items() if kind == self.kind)

    @property
    def has_year(self) -> bool:
        return "year" in self.entry.__dataclass_fields__

    def column(self, name: str) -> Column:
        """By its field, or by its header as officers see it."""
        found = next((each for each in self.columns.all if name.strip() in (each.field, each.header)), None)
        if found is None:
            headers = ", ".join(each.header for each in self.columns.all if each.field != "id")
            raise Declined(f"‘{name}’: {self.title}에 없는 칸입니다. 적을 수 있는 칸: {headers}")
        return found


_LISTED = (
    Sort("policy", "공약과제", "개", PolicyTask, columns.POLICY, ("number",)),
    Sort("indicators", "확인지표", "개", Indicator, columns.INDICATORS, ("name",)),
    Sort("targets", "목표", "개", Target, columns.TARGETS, ("indicator", "year"), {"indicator": "indicator_id"}),
    Sort("past", "지난 과정", "개", PastCourse, columns.PAST, ("year", "title", "daypart")),
    Sort("budget", "예산", "건", BudgetEntry, columns.BUDGET, refers={"course": "course_id"}),
    Sort("log", "주민참여 실적", "건", Participation, columns.LOG),
    Sort("plan", "추진계획", "건", PlanStep, columns.PLAN),
    Sort("problems", "문제점과 대책", "건", Problem, columns.PROBLEMS),
    Sort("promotion", "홍보", "건", Promotion, columns.PROMOTION),
)
SORTS: Mapping[str, Sort] = {each.key: each for each in _LISTED}
"""What is referred to comes before what refers to it."""


def find(key: str) -> Sort:
    if key not in SORTS:
        raise Declined(f"‘{key}’: 한 해 기록에 이런 종류가 없습니다. {', '.join(SORTS)} 가운데 하나를 골라 주세요.")
    return SORTS[key]
