"""What flyers, centres and links brought: how often they were followed, applications, seats, completions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.files.cells import Wrong, line
from handlers.staff.promotion.links import code_of, short
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.seating import origins
from storage.seating.origins import Brought
from storage.tables import origins as named_origins
from storage.teaching import courses

COLUMNS = ("온 곳", "코드", "열어 봄", "신청", "자리", "수료")
OURS = {"friend": "친구에게 알리기", "assistant": "AI 도우미", "group": "텔레그램 단체방"}
NOTES = (
    "‘열어 봄’은 주소를 연 횟수입니다. 누가 열었는지는 남기지 않아, 한 분이 여러 번 열면 여러 번 셉니다.",
    "신청은 처음에 온 곳으로 셉니다. 전화나 방문으로 신청한 분은 온 곳을 몰라 세지 않습니다.",
)


def names(tx: Transaction) -> Mapping[str, str]:
    """What is called how: the codes of this program's own, and those that officers named."""
    return {**OURS, **origins.names(tx)}


def show(tx: Transaction, desk: Desk, code: str = "") -> Told:
    """Of one course, or of all, each source with its courses."""
    course = lookup.course(tx, code) if code else None
    found = origins.brought(tx, course.id if course else None)
    where = f"{called(course)}: " if course else ""
    address = short(desk.organization, course.id if course else None, "centre")
    if not found:
        return Told(f"{where}아직 주소를 열거나 신청한 분이 없습니다.", notes=(f"전단지에 적을 주소의 예: {address}",))
    totals = _by_source(found)
    table = _table(tx, totals, () if course else [_courses(tx, found, each.origin) for each in totals])
    step = Step("코드에 이름을 붙이려면", "sources", {"code": "centre", "called": "일자리센터"})
    everybody = sum(each.applied for each in totals)
    return Told(f"{where}온 곳 {len(totals)}곳, 신청 {everybody}건입니다.", tables=(table,), notes=NOTES, steps=(step,))


def _by_source(found: Iterable[Brought]) -> list[Brought]:
    totals: dict[str, Brought] = {}
    for each in found:
        totals[each.origin] = totals[each.origin] + each if each.origin in totals else each
    return sorted(totals.values(), key=lambda each: (-each.applied, -each.looks, each.origin))


def _table(tx: Transaction, totals: Sequence[Brought], details: Sequence[tuple[tuple[str, ...], ...]]) -> Table:
    known = names(tx)
    rows = tuple((known.get(each.origin, "-"), each.origin, *_counts(each)) for each in totals)
    return Table(rows, COLUMNS, details=tuple(details))


def _counts(each: Brought) -> tuple[str, ...]:
    return tuple(str(count) for count in (each.looks, each.applied, each.seats, each.completed))


def _courses(tx: Transaction, found: Iterable[Brought], origin: str) -> tuple[tuple[str, ...], ...]:
    its = sorted((each for each in found if each.origin == origin and each.course_id), key=lambda each: each.course_id)
    about = {each.id: each for each in courses.with_ids(tx, [each.course_id for each in its])}
    return tuple(
        (about[each.course_id].title, "열어 봄 {}, 신청 {}, 자리 {}, 수료 {}".format(*_counts(each)))
        for each in its
        if each.course_id in about
    )


def name(tx: Transaction, desk: Desk, code: str, name: str) -> Told:
    """What a code is called in tables and on posters."""
    known, wanted = code_of(code), _name(name)
    if not known:
        raise Declined("코드를 적어 주세요. 예: jobplus-center")
    origins.name(tx, known, wanted)
    done = desk.done("붙였습니다", "붙입니다")
    return Told(f"‘{known}’에 ‘{wanted}’라는 이름을 {done}.", (f"주소: {short(desk.organization, code=known)}",))


def _name(text: str) -> str:
    try:
        found = line(text, 40)
    except Wrong as error:
        raise Declined(f"이름: {error}") from error
    if not found:
        raise Declined("이름을 적어 주세요. 예: 일자리플러스센터")
    return found


def _of_code(_tx: Transaction, _desk: Desk, code: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return {named_origins: named_origins.c.code == code_of(code)}, ()


NAME = acts.add(Act("name-source", "온 곳 이름", name, _of_code, repeats=True))
