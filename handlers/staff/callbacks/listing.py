"""Who wants to be called, in the order in which the calls are due."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from handlers.calendar import working
from handlers.dialogue.organization import Organization
from handlers.language.phones import print_number
from handlers.staff.callbacks import ticking
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.persons.who import who
from storage.counseling import callbacks
from storage.counseling.callbacks import Callback, Listed
from storage.database import Transaction

NOON, EVENING = time(12), time(18)
WHENS = {"morning": "오전", "afternoon": "오후", "any": "아무 때나"}
COLUMNS = ("번호", "언제까지", "이름", "태어난 해", "전화번호", "편한 때", "부탁한 때", "내용", "메모")


def show(tx: Transaction, desk: Desk) -> Told:
    found = waiting(tx, desk.organization)
    if not found:
        return Told("전화를 부탁한 분이 없습니다.")
    noted = ticking.notes(tx, desk, [each.callback.id for _, each in found])
    rows = tuple(_row(desk, due_at, each, noted.get(each.callback.id, "")) for due_at, each in found)
    return Told(f"전화를 부탁한 분: {len(found)}명", tables=(Table(rows, COLUMNS),), steps=tuple(_steps(found)))


def waiting(tx: Transaction, organization: Organization) -> Sequence[tuple[datetime, Listed]]:
    """Until when each should be called, the first to be called first."""
    found = ((due_at(each.callback, organization), each) for each in callbacks.waiting(tx))
    return sorted(found, key=lambda one: one[0])


def due_at(one: Callback, organization: Organization) -> datetime:
    """The end of the next time that suits on a working day."""
    clock = NOON if one.suits == "morning" else EVENING
    return working.next_time(clock, one.since, organization.timezone, organization.closed_days)


def suits(one: Callback) -> str:
    """In words."""
    return WHENS.get(one.suits, one.suits)


def _row(desk: Desk, due_at: datetime, one: Listed, note: str) -> tuple[str, ...]:
    asked = one.callback
    name, year, _ = who(desk, asked.resident_id, one)
    until = f"{desk.moment(due_at)}{' (지남)' if due_at < desk.now else ''}"
    told = (print_number(asked.number), suits(asked), desk.moment(asked.since), asked.about or "", note)
    return str(asked.id), until, name, year, *told


def _steps(found: Sequence[tuple[datetime, Listed]]) -> Iterator[Step]:
    number = found[0][1].callback.id
    yield Step("전화했으면", "calls", {"done": [number]})
    yield Step("전화했지만 닿지 않았으면", "calls", {"tried": [number], "note": "받지 않음"})
