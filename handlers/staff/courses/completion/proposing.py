"""What attendance proposes of who completed a course, with what an officer should look at; nothing is decided by it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from handlers.attendance import counting
from handlers.attendance.counting import Tally
from handlers.calendar.attending import AttendanceRules
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import MARKS, STATES
from handlers.staff.desk.told import Table
from storage.database import Transaction
from storage.seating.enrollments import Enrollment
from storage.states import EnrollmentState
from storage.teaching.course import Course

COLUMNS = ("수업", *MARKS.values(), "출석률", "제안", "살펴볼 점")


@dataclass(frozen=True)
class Proposal:
    """Of one person. Where a class isn't marked nothing is proposed."""

    tally: Tally

    @property
    def state(self) -> EnrollmentState | None:
        if self.tally.unmarked or not self.tally.classes:
            return None
        return "completed" if self.tally.completes else "not_completed"

    @property
    def word(self) -> str:
        return STATES[self.state] if self.state else "없음"

    @property
    def flags(self) -> str:
        return ", ".join(_flags(self.tally))

    @property
    def cells(self) -> tuple[str, ...]:
        counts = (str(self.tally.marks.get(mark, 0)) for mark in MARKS)
        return str(self.tally.classes), *counts, f"{self.tally.percent}%", self.word, self.flags


def _flags(tally: Tally) -> Iterator[str]:
    if tally.unmarked:
        yield f"적지 않은 수업 {tally.unmarked}회"
    if tally.missed_before:
        yield f"늦게 합류(앞선 수업 {tally.missed_before}회는 세지 않음)"
    if excused := tally.marks.get("excused", 0):
        yield f"인정결석 {excused}회"


Proposals = Mapping[int, Proposal]  # by enrollment


def of_course(tx: Transaction, desk: Desk, course: Course, people: Collection[Enrollment]) -> Proposals:
    """Nothing where nobody's attendance was ever taken: it was on paper, or the course is an old one."""
    rules = desk.organization.attendance.of_course(course)
    found = counting.of_course(tx, rules, course.id, people)
    if not any(each.marked for each in found.values()):
        return {}
    return {number: Proposal(each) for number, each in found.items()}


def with_proposals(table: Table, found: Proposals) -> Table:
    """A list of people, whose first column is the application and whose last is what became of it."""
    rows = tuple((*row[:-1], *found[int(row[0])].cells, row[-1]) for row in table.rows)
    return Table(rows, (*table.columns[:-1], *COLUMNS, table.columns[-1]), table.title, left_out=table.left_out)


def facts(desk: Desk, course: Course, found: Proposals) -> tuple[str, ...]:
    """The rule, and what it comes to."""
    if not found:
        return ()
    counts = Counter(each.state for each in found.values())
    parts = [f"수료 {counts['completed']}명", f"미수료 {counts['not_completed']}명"]
    parts += [f"제안 없음 {counts[None]}명"] if counts[None] else []
    return in_words(desk.organization.attendance.of_course(course)), f"제안: {', '.join(parts)}."


def in_words(rules: AttendanceRules) -> str:
    halves = f"지각·조퇴 {rules.lates_per_absence}번은 결석 1번" if rules.lates_per_absence else "지각·조퇴는 출석"
    return f"수료 기준: 수업의 {rules.completion_percent}% 이상 출석. {halves}, 인정결석은 출석으로 셉니다."


def notes(found: Proposals) -> Iterator[str]:
    if not found:
        yield "출석을 적지 않은 과정이라 수료를 제안하지 않습니다. 종이 출석부 등을 보고 정해 주세요."
    elif undecided := sum(each.state is None for each in found.values()):
        yield f"적지 않은 수업이 있는 {undecided}명은 수료를 제안하지 않습니다. 출석을 마저 적거나 직접 정해 주세요."


def differences(found: Proposals, decided: Mapping[int, EnrollmentState]) -> list[str]:
    """Who is to be decided otherwise than proposed."""
    return [
        f"신청 {number}: 출석률 {proposal.tally.percent}%라 제안은 {proposal.word}인데 {STATES[state]}"
        for number, state in decided.items()
        if (proposal := found.get(number)) and proposal.state not in (None, state)
    ]


def ticked(found: Proposals, open_still: Iterable[int]) -> list[int]:
    """Whom the page ticks before anybody did: those proposed, and everybody where there are no proposals."""
    return [number for number in open_still if not found or found[number].state == "completed"]
