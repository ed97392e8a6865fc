"""Applications that an officer has to look at: those of one number side by side, what agrees, and what to do next."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice

from handlers.language.phones import print_mobile
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES, called
from handlers.staff.desk.told import Step, Table
from handlers.staff.persons import alike
from handlers.staff.persons.alike import Entry
from handlers.staff.persons.who import WHO, who
from storage.database import Transaction
from storage.seating import bursts, enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses
from storage.teaching.course import Course

MOST = 10  # numbers that are shown among all else that is to be done
TO_CHECK = "확인 전"
REASON = "본인 확인이 되지 않음"  # residents read it: it says nothing of anybody else
COLUMNS = ("신청번호", "상태", *WHO, "같은 점", "번호 확인", "신청한 때")


def to_check(tx: Transaction, desk: Desk) -> list[Table]:
    """Courses with applications that don't count before an officer has looked, and the entries that may be one's."""
    counts = bursts.unchecked(tx)
    found = courses.with_ids(tx, list(counts))
    if not found:
        return []
    rows = tuple((f"{called(each)}:", f"{counts[each.id]}건.") for each in found)
    steps = tuple(Step("신청을 보려면", "applications", {"course": each.code}) for each in found)
    listed = chain.from_iterable(side_by_side(tx, desk, each, enrollments.of_course(tx, each.id)) for each in found)
    return [Table(rows, title=f"담당자가 확인할 신청: {sum(counts.values())}건", steps=steps), *islice(listed, MOST)]


def side_by_side(tx: Transaction, desk: Desk, course: Course, listed: Sequence[Enrollment]) -> Iterator[Table]:
    """A table for each number of whose live applications one waits for a look, or two have the same name."""
    for group in _doubtful(tx, listed):
        number = print_mobile(group[0].person.mobile or "")
        title = f"{called(course)} 한 번호로 들어온 신청 (같은 분인지 확인해 주세요): {number}"
        steps = tuple(_decision(course, each.enrollment) for each in group)
        yield Table(tuple(_row(desk, each, group) for each in group), COLUMNS, title=title, steps=steps)


def steps(tx: Transaction, course: Course, listed: Sequence[Enrollment]) -> Iterator[Step]:
    """What else can be done with those that wait."""
    waiting = [each for group in _doubtful(tx, listed) for each in group if each.enrollment.is_unchecked]
    if waiting:
        ids = [each.enrollment.id for each in waiting]
        yield Step("받지 않고 끝내려면", "end-applications", {"course": course.code, "only": ids, "reason": REASON})
        yield Step("번호의 주인인 것을 확인했으면", "persons", {"prove": waiting[0].person.id})


def numbers(tx: Transaction, listed: Sequence[Enrollment]) -> Collection[int]:
    """Applications that are shown side by side."""
    return {each.enrollment.id for group in _doubtful(tx, listed) for each in group}


def _doubtful(tx: Transaction, listed: Sequence[Enrollment]) -> list[list[Entry]]:
    living = [each for each in listed if not each.ended_at]
    return [group for group in alike.sharing(tx, living) if _needs_a_look(group)]


def _needs_a_look(group: Sequence[Entry]) -> bool:
    names = {each.person.plain_name for each in group}
    return len(names) < len(group) or any(each.enrollment.is_unchecked for each in group)


def _row(desk: Desk, one: Entry, group: Sequence[Entry]) -> tuple[str, ...]:
    mine, person = one.enrollment, one.person
    state = f"{STATES[mine.state]} ({TO_CHECK})" if mine.is_unchecked else STATES[mine.state]
    same = ", ".join(alike.agreeing(person, [each.person for each in group]))
    return str(mine.id), state, *who(desk, person.id, person), same, alike.proof(person), desk.moment(mine.applied_at)


def _decision(course: Course, one: Enrollment) -> Step:
    if one.is_unchecked:
        return Step("그대로 받으려면", "check-applications", {"course": course.code, "only": [one.id]})
    return Step("끝내려면", "end-applications", {"course": course.code, "only": [one.id], "reason": REASON})
