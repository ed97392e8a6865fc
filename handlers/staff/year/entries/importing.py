"""Taking in what a year's figures are made of from officers' files: all rows or none, told old and new."""

from collections.abc import Iterator, Sequence
from datetime import date

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import Changed, table
from handlers.staff.desk.imported import NOTHING_SAID, Imported, Importer, Meant
from handlers.staff.desk.told import Listing, Table
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import SUMMED, YEAR, Row
from handlers.staff.files.workbook import Page
from handlers.staff.year.entries import checking, planning, totals, writing
from handlers.staff.year.entries.entering import HELD
from handlers.staff.year.entries.planning import Plan
from handlers.staff.year.entries.reading import Names
from handlers.staff.year.entries.sorts import SORTS, Sort
from storage.audit import scopes
from storage.audit.scopes import Scope
from storage.database import Transaction, hold
from storage.year.entries import Entry


def import_entries(
    tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False, meant: Meant = NOTHING_SAID
) -> Imported:
    """Add and change entries of all sorts; what a file has no column for stays as it was."""
    if not only_check:
        hold(tx, HELD)
    names = planning.names_of(tx, rows, SORTS["indicators"])
    plans = [planning.plan(tx, desk, sort, its, names) for sort in SORTS.values() if (its := _of(sort, rows))]
    problems = tuple(problem for each in plans for problem in each.problems)
    questions = () if meant.as_written else tuple(_questions(plans, rows))
    if problems or questions:
        return Imported(problems=problems, questions=questions)
    told = tuple(part for each in plans for part in _told(tx, each, names))
    if not only_check:
        planning.save(tx, plans, names)
    new, changed = (
        sum(len(part) for part in parts) for parts in zip(*((p.new, p.changed) for p in plans), strict=True)
    )
    same = sum(len(each.lines) for each in plans) - new - changed
    return Imported(_title(plans), "건", new, changed, same, facts=tuple(_facts(plans)), tables=told)


def scope(tx: Transaction, rows: Sequence[Row]) -> Scope:
    """All of the sorts that a file speaks of: which of them it names is only found beside those that are known."""
    found: Scope = {}
    if any(row.kind in YEAR.values() for row in rows):
        hold(tx, HELD)
    for sort in (sort for sort in SORTS.values() if _of(sort, rows)):
        found = {**found, **scopes.of_entries(sort.entry, newest=0)}
    return found


def _of(sort: Sort, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.kind == sort.kind]


def _questions(plans: Sequence[Plan], rows: Sequence[Row]) -> Iterator[Problem]:
    for each in plans:
        yield from each.questions
        if each.sort.kind in SUMMED and not each.problems:
            yield from totals.questions(each, _of(each.sort, rows))


def _title(plans: Sequence[Plan]) -> str:
    return plans[0].sort.title if len(plans) == 1 else "한 해 기록"


def _facts(plans: Sequence[Plan]) -> Iterator[str]:
    for each in plans if len(plans) > 1 else ():
        same = len(each.lines) - len(each.new) - len(each.changed)
        yield f"{each.sort.title}: 새로 {len(each.new)}, 바뀜 {len(each.changed)}, 그대로 {same}"
    if any(each.examples for each in plans):
        yield "양식의 예시 줄은 적지 않습니다."


def _told(tx: Transaction, plan: Plan, names: Names) -> Iterator[Table | Listing]:
    if plan.new:
        lines = tuple(
            checking.described(plan.sort, texts) for texts in _texts(tx, plan, [line.entry for line in plan.new], names)
        )
        yield Listing(lines, f"새로 적는 것: {plan.sort.title}")
    yield from table(_changed(tx, plan, names), f"바뀌는 것: {plan.sort.title}")


def _changed(tx: Transaction, plan: Plan, names: Names) -> Iterator[Changed]:
    olds = _texts(tx, plan, [line.before for line in plan.changed if line.before], names)
    news = _texts(tx, plan, [line.entry for line in plan.changed], names)
    for old, new in zip(olds, news, strict=True):
        yield Changed(checking.described(plan.sort, old), checking.changes(plan.sort, old, new))


def _texts(tx: Transaction, plan: Plan, found: Sequence[Entry], names: Names) -> list[dict[str, str]]:
    return [writing.texts(plan.sort, line) for line in writing.cells(tx, plan.sort, found, names.brought)]


def template(_: date) -> list[Page]:
    """A sheet for each sort, with a line that nothing is entered of."""
    advice = "2행은 예시이니 지우거나 그대로 두세요. 그대로 둔 예시는 적지 않습니다. 쓰지 않는 시트는 비워 둡니다."
    return [
        Page(sort.title, sort.columns, [{column.field: column.example for column in sort.columns.all}], advice)
        for sort in SORTS.values()
    ]


IMPORTER = Importer(tuple(YEAR.values()), import_entries, template)
