"""A course's attendance as officers' lists have it: its classes, its people, one class, and what waits."""

from collections.abc import Iterator

from handlers.staff.attendance import grid, waiting
from handlers.staff.attendance.grid import Grid, Meeting
from handlers.staff.attendance.words import SHORT, WAYS
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import MARKS, called
from handlers.staff.desk.told import Step, Table, Told
from storage.database import Transaction

PEOPLE = ("신청번호", "이름", "출석률", "더 빠져도 되는 수업", "표시")
CLASSES = ("회차", "때", *MARKS.values(), "적지 않음")
ONE = ("신청번호", "이름", "표시", "길", "적은 때", "까닭")
WAITING = ("번호", "이름", "수업", "말한 것", "지금")


def show(tx: Transaction, desk: Desk, code: str, number: int | None = None) -> Told:
    found = grid.show(tx, desk, code)
    if number is not None:
        grid.session_of(tx, found.course, number)
        return _of_class(found, found.meeting(number))
    if not found.people:
        return Told(f"{called(found.course)}: 수강생이 없습니다.")
    people = Table(tuple(_people(found)), PEOPLE)
    classes = Table(tuple(_classes(found)), CLASSES, "수업")
    title = f"{called(found.course)}: 수강생 {len(found.people)}명, 수업 {len(found.meetings)}회"
    return Told(title, tables=(people, classes, *_waiting(found)), steps=_steps(found))


def _people(found: Grid) -> Iterator[tuple[str, ...]]:
    for each in found.people:
        marks = "".join(SHORT[cell.mark] if cell.mark else "·" for cell in each.cells)
        counts = f"{each.tally.percent}%", str(max(each.tally.may_miss, 0))
        yield str(each.enrollment.id), each.name, *counts, marks


def _classes(found: Grid) -> Iterator[tuple[str, ...]]:
    for each in found.meetings:
        counts = (str(each.counts.get(name, 0)) for name in MARKS)
        yield f"{each.number}회차", found.desk.moment(each.session.starts_at), *counts, str(each.unmarked)


def _of_class(found: Grid, meeting: Meeting) -> Told:
    at = found.place(meeting.number)
    rows = []
    for each in found.people:
        entry = each.cells[at].counting
        told = (MARKS[entry.mark], WAYS[entry.way], found.desk.moment(entry.marked_at), entry.reason) if entry else ()
        rows.append((str(each.enrollment.id), each.name, *(told or ("", "", "", ""))))
    when = found.desk.moment(meeting.session.starts_at)
    title = f"{called(found.course)} {meeting.number}회차({when}): 적지 않은 분 {meeting.unmarked}명"
    listed = (Table(tuple(rows), ONE),) if rows else ()
    words = {"course": found.course.code, "class": meeting.number, "all_present": True}
    steps = (Step("모두 출석으로 적으려면", "attendance", words),) if meeting.unmarked and meeting.has_begun else ()
    return Told(title, tables=(*listed, *_waiting(found)), steps=steps)


def _waiting(found: Grid) -> tuple[Table, ...]:
    listed = waiting.waiting(found)
    rows = tuple(
        (
            str(each.entry.id),
            each.name,
            f"{each.session.number}회차",
            waiting.said(found.desk, each.entry),
            MARKS[each.counting.mark] if each.counting else "",
        )
        for each in listed
    )
    return (Table(rows, WAITING, "확인할 출석"),) if rows else ()


def _steps(found: Grid) -> tuple[Step, ...]:
    first = next((each for each in found.meetings if each.unmarked and each.has_begun), None)
    if first is None:
        return ()
    return (Step("적지 않은 수업을 보려면", "attendance", {"course": found.course.code, "class": first.number}),)
