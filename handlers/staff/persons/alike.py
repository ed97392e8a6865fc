"""The same person? What officers are shown of records with one number, and who they know to be its owner."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from handlers.language import phones
from handlers.language.answers import Unparsed
from handlers.language.letters.particles import with_particle
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.persons.who import who
from storage.audit.journal import PERSON, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.people.finding import persons
from storage.people.finding.persons import Person
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses

SHOWN = 30  # numbers, unless one is asked for
COLUMNS = ("기록", "이름", "태어난 해", "같은 점", "번호 확인", "신청")


def show(tx: Transaction, desk: Desk, mobile: str = "", everything: bool = False) -> Told:
    """Records whose number several chats told, or all of one number, with what agrees and what each has."""
    found = persons.with_number(tx, _read(mobile)) if mobile else persons.told_in_several_chats(tx)
    if not found:
        return Told(f"{mobile}: 이 번호를 적은 기록이 없습니다." if mobile else "여러 대화에서 적은 번호가 없습니다.")
    groups = [list(group) for _, group in groupby(found, lambda each: each.mobile)]
    shown = groups if everything else groups[:SHOWN]
    tables = tuple(_table(tx, desk, group) for group in shown)
    more = len(groups) - len(shown)
    left = (f"번호 {more}개가 더 있습니다. 번호를 적거나 파일로 받으면 볼 수 있습니다.",) if more else ()
    title = f"{mobile}: 기록 {len(found)}건." if mobile else f"여러 대화에서 적은 번호 {len(groups)}개."
    return Told(title, tables=tables, notes=left, steps=_to_merge(shown))


def _to_merge(groups: Sequence[Sequence[Person]]) -> tuple[Step, ...]:
    """Which records are one person's only an officer who has seen them can say."""
    alike = [[each.id for each in group] for group in groups if len({each.plain_name for each in group}) < len(group)]
    return (Step("같은 분인 것을 직접 확인했으면", "persons", {"merge": alike[0][:2]}),) if len(alike) == 1 else ()


def _read(mobile: str) -> str:
    try:
        return phones.mobile(mobile)
    except Unparsed as error:
        raise Declined(f"‘{mobile}’: 휴대전화 번호를 적어 주세요. 예: 010-0000-0001") from error


def _table(tx: Transaction, desk: Desk, group: Sequence[Person]) -> Table:
    has = held(tx, group)
    rows = tuple(_row(desk, each, group, has[each.id]) for each in group)
    owner = tuple(Step("번호의 주인이면", "persons", {"prove": each.id}) for each in group)
    return Table(rows, COLUMNS, title=phones.print_mobile(group[0].mobile or ""), steps=owner)


def _row(desk: Desk, one: Person, group: Sequence[Person], has: str) -> tuple[str, ...]:
    called, year, _ = who(desk, one.id, one)
    return str(one.id), called, year, ", ".join(agreeing(one, group)) or "-", proof(one), has


def proof(one: Person) -> str:
    return "확인함" if one.is_proven else "적기만 함"


def agreeing(one: Person, group: Sequence[Person]) -> list[str]:
    """What another one with this number told as well."""
    others = [each for each in group if each.id != one.id and each.mobile == one.mobile]
    names = [each.name for each in others if one.plain_name and each.plain_name == one.plain_name]
    signals = {
        "번호": bool(others),
        "이름": one.name in names,
        "이름(다르게 적음)": bool(names) and one.name not in names,
        "태어난 해": any(each.birth_year and each.birth_year == one.birth_year for each in others),
    }
    return [name for name, agrees in signals.items() if agrees]


def held(tx: Transaction, people: Collection[Person]) -> dict[int, str]:
    """By record what each has applied for and not lost."""
    live = enrollments.live_of(tx, [each.id for each in people])
    of = courses.codes_of(tx, {each.course_id for each in live})
    theirs: dict[int, list[str]] = {each.id: [] for each in people}
    for each in reversed(live):
        theirs[each.resident_id].append(f"{of[each.course_id]} 신청 {each.id} {STATES[each.state]}")
    return {number: ", ".join(said) or "없음" for number, said in theirs.items()}


class Entry(NamedTuple):
    """An application and whose it is."""

    enrollment: Enrollment
    person: Person


def sharing(tx: Transaction, listed: Sequence[Enrollment]) -> list[list[Entry]]:
    """Applications of one course by several who told one number, in the order of arrival."""
    people = persons.with_ids(tx, [each.resident_id for each in listed])
    entries = [Entry(each, people[each.resident_id]) for each in listed if people[each.resident_id].mobile]
    entries.sort(key=lambda each: (each.person.mobile, each.enrollment.id))
    groups = [list(group) for _, group in groupby(entries, lambda each: each.person.mobile)]
    return [group for group in groups if len({each.person.id for each in group}) > 1]


def notes(tx: Transaction, listed: Sequence[Enrollment]) -> tuple[str, ...]:
    """Applications of one course that may be one person's, with what agrees."""
    groups = sharing(tx, listed)
    return tuple(_note([each.enrollment.id for each in group], [each.person for each in group]) for group in groups)


def _note(numbers: Sequence[int], group: Sequence[Person]) -> str:
    same = with_particle("·".join(agreeing(group[0], group)), "이/가")
    return f"신청 {', '.join(map(str, numbers))}: {same} 같습니다. 같은 분인지 확인해 주세요."


def prove(tx: Transaction, _: Desk, number: int, is_theirs: bool) -> Told:
    """An officer knows that the number of a record is theirs, or takes that back."""
    found = persons.find(tx, number)
    if found is None or found.mobile is None:
        raise Declined(f"기록 {number}: 이런 기록이 없거나 적은 번호가 없습니다.", Step("기록을 보려면", "persons"))
    persons.prove(tx, number, found.mobile if is_theirs else None)
    said = "번호의 주인으로 확인했습니다" if is_theirs else "번호 확인을 거두었습니다"
    return Told(f"기록 {number}: {said}.")


def _whose(_tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return {}, [(PERSON, number)]


PROVE = acts.add(Act("prove-number", "번호 확인", prove, _whose, repeats=True))
