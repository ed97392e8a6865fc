"""The same person? Who is known already by the number, or by the name and year of birth, that somebody tells."""

from collections.abc import Iterable, Mapping
from typing import Any

from handlers.language.names import mask_name
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.masked import mask_numbers
from handlers.staff.desk.told import Table
from handlers.staff.persons.alike import held
from handlers.staff.persons.who import who
from storage.database import Transaction
from storage.people.finding import persons
from storage.people.finding.persons import Person, plain
from storage.people.finding.searching import Index

MOST = 5
COLUMNS = ("기록", "이름", "태어난 해", "휴대전화", "같은 점", "신청")


class SamePerson(Declined):
    """Somebody is known who may be the same: an officer says which record it is, or that it is a new person."""

    def __init__(self, people: tuple[Person, ...], table: Table) -> None:
        super().__init__("같은 분인가요? 이미 있는 기록을 고르거나, 처음 오신 분이면 새로 등록해 주세요.")
        self.people = people
        self.table = table


def find(tx: Transaction, told: Mapping[str, Any], index: Index | None = None) -> list[Person]:
    """The likeliest first. Names are sealed: only an index finds somebody by theirs."""
    by_number = persons.with_number(tx, told["mobile"]) if told.get("mobile") else []
    by_name = index.find(tx, told["name"]) if index and told.get("name") else []
    namesakes = [each for each in by_name if _is_alike(each, told)]
    found = {each.id: each for each in (*by_number, *namesakes) if persons.counts(tx, each.id)}
    return sorted(found.values(), key=lambda each: -len(_agreeing(each, told)))[:MOST]


def _is_alike(one: Person, told: Mapping[str, Any]) -> bool:
    same_name = one.plain_name == plain(told["name"])
    return same_name and told.get("birth_year") in (one.birth_year, None)


def check(tx: Transaction, desk: Desk, told: Mapping[str, Any], index: Index | None = None) -> None:
    """Before a new person is made. Raises SamePerson."""
    if found := find(tx, told, index):
        raise SamePerson(tuple(found), table(tx, desk, told, found))


def check_is_new(tx: Transaction, desk: Desk, told: Mapping[str, Any]) -> None:
    """Whoever agrees in everything is no new person, whatever an officer says: a form that is sent twice is one."""
    if same := [each for each in find(tx, told) if _is_same(each, told)]:
        raise SamePerson(tuple(same), table(tx, desk, told, same))


def same(tx: Transaction, told: Mapping[str, Any]) -> int:
    """The record that agrees in name, year of birth and number; 0 where none does."""
    return next((each.id for each in find(tx, told) if _is_same(each, told)), 0)


def _is_same(one: Person, told: Mapping[str, Any]) -> bool:
    return _agreeing(one, told) == ["번호", "이름", "태어난 해"]


def table(tx: Transaction, desk: Desk, told: Mapping[str, Any], found: Iterable[Person]) -> Table:
    """Masked: enough to ask whoever is on the phone."""
    rows, shown = [], list(found)
    has = held(tx, shown)
    for each in shown:
        name, year, mobile = who(desk, each.id, each)
        same = ", ".join(_agreeing(each, told)) or "-"
        rows.append((str(each.id), mask_name(name), year, mask_numbers(mobile), same, has[each.id]))
    return Table(tuple(rows), COLUMNS)


def _agreeing(one: Person, told: Mapping[str, Any]) -> list[str]:
    signals = {
        "번호": bool(one.mobile) and one.mobile == told.get("mobile"),
        "이름": bool(told.get("name")) and one.plain_name == plain(told["name"]),
        "태어난 해": bool(one.birth_year) and one.birth_year == told.get("birth_year"),
    }
    return [name for name, agrees in signals.items() if agrees]
