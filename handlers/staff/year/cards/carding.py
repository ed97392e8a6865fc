"""The policy card of a quarter: everything that it prints, and what an officer should look at before."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.dialogue.organization import PolicyCard
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table
from handlers.staff.year.cards import changed, freezing
from handlers.staff.year.cards.card import Boxes, Card, Term
from handlers.staff.year.cards.warning import warnings
from handlers.staff.year.counted import counting, money, participation, period
from handlers.staff.year.counted.counting import Ran
from handlers.staff.year.counted.figures import Source
from handlers.staff.year.counted.period import Period
from storage.database import Transaction
from storage.year import entries, quarters
from storage.year.entries import PlanStep, PolicyTask, Problem
from storage.year.quarters import Quarter

STAGE = "이행단계"


def card(tx: Transaction, desk: Desk, year: int, quarter: int) -> Card:
    """As it was frozen, or as its rows are now. Declined where no task has this year."""
    found = quarters.find(tx, year, quarter)
    if found is None or found.figures is None:
        return as_of_now(tx, desk, year, quarter, found)
    return replace(freezing.read(found.figures), warnings=tuple(_of_frozen(tx, desk, found)))


def as_of_now(tx: Transaction, desk: Desk, year: int, quarter: int, drafted: Quarter | None = None) -> Card:
    """By the rows as they are, until the last day of the quarter."""
    when = period.of(tx, desk, year, quarter)
    ours, task = desk.organization.policy_card, task_of(tx, year)
    ran = counting.ran(tx, when)
    found = Card(
        task=task,
        year=year,
        quarter=quarter,
        boxes=_boxes(ours, task),
        stage=Boxes(STAGE, ours.stages, drafted.stage if drafted else ""),
        indicators=counting.of_period(tx, when, ran),
        budget=money.of_period(tx, desk, when),
        terms=_terms(ran),
        participation=participation.of_period(tx, when),
        problems=_problems(tx, when),
        plan=tuple(_plan(tx, when)),
    )
    return replace(found, warnings=tuple(warnings(found, ran, period.tasks_of(tx, year)[1:])))


def changed_since(tx: Transaction, desk: Desk, one: Quarter) -> tuple[Table, ...]:
    """What is otherwise now than when it was frozen, with the rows that came, went or changed; () where nothing is."""
    if one.figures is None:
        return ()
    now = as_of_now(tx, desk, one.year, one.quarter, one)
    return changed.between(freezing.read(one.figures), now)


def _of_frozen(tx: Transaction, desk: Desk, one: Quarter) -> Iterator[str]:
    if one.figures is not None and freezing.digest(one.figures) != one.digest:
        yield "확정한 값이 그때의 지문(SHA-256)과 맞지 않습니다. 데이터베이스에서 누가 고쳤는지 살펴보세요."
    for table in changed_since(tx, desk, one):
        yield f"확정 뒤 {len(table.rows)}가지가 바뀌었습니다. 카드는 확정한 때의 것입니다."


def task_of(tx: Transaction, year: int) -> PolicyTask:
    found = period.task_of(tx, year)
    if found is None:
        enter = Step("공약사업을 적으려면", "year-rows", {"of": "policy"})
        raise Declined(f"{year}년: 이 해가 임기에 드는 공약사업이 없습니다.", enter)
    return found


def _boxes(ours: PolicyCard, task: PolicyTask) -> tuple[Boxes, ...]:
    return tuple(Boxes(name, options, task.chosen.get(name, "")) for name, options in ours.boxes.items())


# --- what was done, and what is planned ---


def _terms(ran: Ran) -> tuple[Term, ...]:
    """The courses that count, by half-years; of before the service by years where no halves are known."""
    found: dict[tuple[int, int], list[Source]] = {}
    for each in ran.listed:
        found.setdefault((each.year, each.half or 0), []).append(each.source)
    return tuple(Term(_called(*half), tuple(found[half])) for half in sorted(found))


def _called(year: int, half: int) -> str:
    return f"{year}년" + ("", " 상반기", " 하반기")[half]


def _problems(tx: Transaction, when: Period) -> tuple[Problem, ...]:
    return tuple(each for each in entries.all_of(tx, Problem, (when.year,)) if each.state != "dropped")


def _plan(tx: Transaction, when: Period) -> Iterator[PlanStep]:
    """What ends after the last day that counts, this year and next."""
    found = entries.all_of(tx, PlanStep, (when.year, when.year + 1))
    for each in sorted(found, key=lambda each: (each.starts_on, each.id)):
        if each.state != "dropped" and each.ends_on > when.until:
            yield each
