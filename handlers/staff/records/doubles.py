"""Other records that may be the same person's: those of one number, with what agrees."""

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table
from handlers.staff.persons.alike import agreeing, held, proof
from handlers.staff.persons.who import name_of
from storage.database import Transaction
from storage.people.finding import persons

MOST = 10
COLUMNS = ("기록", "이름", "태어난 해", "같은 점", "번호 확인", "신청")


def doubles(tx: Transaction, desk: Desk, number: int) -> Table | None:
    """Each leads to both side by side."""
    me = persons.find(tx, number)
    group = persons.with_number(tx, me.mobile) if me and me.mobile else []
    others = [each for each in group if each.id != number]
    has = held(tx, others[:MOST])
    rows = tuple(
        (
            str(each.id),
            name_of(desk, each.id, each.name),
            str(each.birth_year or "-"),
            ", ".join(agreeing(each, [each, *(one for one in group if one.id == number)])),
            proof(each),
            has[each.id],
        )
        for each in others[:MOST]
    )
    steps = tuple(Step("나란히 보려면", "persons", {"merge": [number, each.id]}) for each in others[:MOST])
    return Table(rows, COLUMNS, steps=steps, left_out=max(len(others) - MOST, 0)) if rows else None
