"""Finding a person: what officers are shown of those whose name, number or record was asked for."""

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.persons.alike import held, proof
from handlers.staff.persons.who import WHO, who
from storage.database import Transaction
from storage.people.finding.persons import Person
from storage.people.finding.searching import Index

SHOWN = 50
HOW = "이름의 일부나 초성, 번호의 뒤 네 자리나 전체, 기록의 번호로 찾을 수 있습니다."
COLUMNS = ("기록", *WHO, "번호 확인", "신청")


def find(tx: Transaction, desk: Desk, said: str, index: Index, everything: bool = False) -> Told:
    found = index.find(tx, said, None if everything else SHOWN + 1)
    if not found:
        all_of = Step("여러 대화에서 적은 번호를 보려면", "persons")
        return Told(f"‘{said}’: 찾은 분이 없습니다.", notes=(HOW,), steps=(all_of,))
    shown = found if everything else found[:SHOWN]
    left = ("더 있습니다. 더 길게 적거나 파일로 받아 주세요.",) if len(found) > len(shown) else ()
    has = held(tx, shown)
    rows = tuple(_row(desk, each, has[each.id]) for each in shown)
    return Told(f"‘{said}’: {len(shown)}명을 찾았습니다.", tables=(Table(rows, COLUMNS),), notes=left)


def _row(desk: Desk, one: Person, has: str) -> tuple[str, ...]:
    return str(one.id), *who(desk, one.id, one), proof(one) if one.mobile else "-", has
