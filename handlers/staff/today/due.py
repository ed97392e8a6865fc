"""All that needs doing, in the order of its deadline."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Table, Told
from handlers.staff.today import approving, asking, attending, calling, courses, running, spending, talking, unsure
from handlers.staff.today.item import KINDS, Item, Kind, Trouble
from storage.database import Transaction

SOURCES = (
    attending.items,
    courses.items,
    calling.items,
    asking.items,
    talking.items,
    unsure.items,
    approving.items,
    spending.items,
)
COLUMNS = ("기한", "할 일", "내용")


def due(tx: Transaction, desk: Desk, troubles: Sequence[Trouble] = ()) -> list[Item]:
    """`troubles` are what only who runs the service knows."""
    found = chain(running.items(tx, troubles), *(items(tx, desk) for items in SOURCES))
    return sorted(found, key=lambda each: (each.deadline is not None, each.deadline or desk.now))


def counts(items: Sequence[Item]) -> Mapping[Kind, int]:
    """How many things there are of each kind, those too of which there are none."""
    found = Counter(each.kind for each in items)
    return {kind: found[kind] for kind in KINDS}


def show(tx: Transaction, desk: Desk, troubles: Sequence[Trouble] = ()) -> Told:
    found = due(tx, desk, troubles)
    if not found:
        return Told("오늘 할 일을 모두 했습니다.")
    rows = tuple((until(desk, each), KINDS[each.kind], each.title) for each in found)
    steps = tuple(each.step for each in found if each.step)
    listed = Table(rows, COLUMNS, steps=steps if len(steps) == len(rows) else ())
    return Told(f"할 일 {len(found)}가지", tables=(listed,))


def until(desk: Desk, item: Item) -> str:
    if item.deadline is None:
        return "지금"
    return f"{desk.moment(item.deadline)}{' (지남)' if item.deadline < desk.now else ''}"
