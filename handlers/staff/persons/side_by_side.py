"""Two records of one person side by side: what each tells, field by field, and what stays of it."""

from collections.abc import Iterator

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Table
from handlers.staff.persons.who import WHO, who
from storage.people.residents import Resident

NOTHING = "-"
LIVES, TIE, TARGET = "사는 동", "다니는 곳", "대상 구분"
ELSEWHERE = {"elsewhere": "다른 곳"}
TIES = {"lives": "이 구에 삶", "works": "이 구에서 일함", "studies": "이 구에서 배움", "none": "다니지 않음"}
TARGETS = {"returning": "경력단절여성", "none": "해당 없음"}


def table(desk: Desk, kept: Resident, gone: Resident, after: Resident) -> Table:
    """`after` is the record that stays, once both are one."""
    fields = [dict(_fields(desk, each)) for each in (kept, gone, after)]
    rows = tuple((name, *(each[name] for each in fields)) for name in fields[0])
    return Table(rows, ("칸", f"기록 {kept.id} (남음)", f"기록 {gone.id} (합쳐짐)", "합친 뒤"))


def _fields(desk: Desk, one: Resident) -> Iterator[tuple[str, str]]:
    yield from zip(WHO, who(desk, one.id, one), strict=True)
    yield LIVES, ELSEWHERE.get(one.dong or "", one.dong or NOTHING)
    yield TIE, TIES.get(one.tie or "", NOTHING)
    yield TARGET, TARGETS.get(one.target or "", NOTHING)
