"""What somebody's attendance comes to: the share that counts for completion, and how many absences are left."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from handlers.calendar.attending import AttendanceRules
from storage.attendance import entries
from storage.attendance.entries import Entry
from storage.database import Transaction
from storage.seating.enrollments import Enrollment
from storage.states import Mark
from storage.teaching import sessions
from storage.teaching.sessions import Session


@dataclass(frozen=True)
class Tally:
    """Of one person in one course. `classes` are those that took place, or will, since the seat was theirs.

    An excused absence counts as attendance. A class of which nothing is known yet is neither.
    """

    rules: AttendanceRules
    classes: int
    marks: Mapping[Mark, int]
    missed_before: int = 0  # classes that had begun before the seat was theirs: they count only if something is marked

    @property
    def lost(self) -> int:
        """Absences, with those that being late adds up to."""
        halves = self.marks.get("late", 0) + self.marks.get("left_early", 0)
        per_absence = self.rules.lates_per_absence
        return self.marks.get("absent", 0) + (halves // per_absence if per_absence else 0)

    @property
    def marked(self) -> int:
        return sum(self.marks.values())

    @property
    def unmarked(self) -> int:
        return self.classes - self.marked

    @property
    def attended(self) -> int:
        """Classes that count as attended."""
        return self.marked - self.lost

    @property
    def share(self) -> Fraction:
        """Of all classes; what isn't marked is not attended yet."""
        return Fraction(self.attended, self.classes) if self.classes else Fraction(0)

    @property
    def percent(self) -> str:
        """Never rounded up: "79.9", "80"."""
        tenths = self.share * 1000 // 1
        return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")

    @property
    def completes(self) -> bool:
        return bool(self.classes) and self.share * 100 >= self.rules.completion_percent

    @property
    def may_miss(self) -> int:
        """How many more classes can be missed; below 0 completion is lost."""
        needed = -(-self.rules.completion_percent * self.classes // 100)
        return self.classes - needed - self.lost


def tally(
    rules: AttendanceRules, enrollment: Enrollment, meetings: Iterable[Session], found: Collection[Entry]
) -> Tally:
    """`meetings` are all classes of the course that weren't dropped; `found` may hold entries of others as well."""
    seated, all_classes = enrollment.seated_at, list(meetings)
    marked = {
        each.session_id: each.mark
        for each in found
        if each.standing == "counts" and each.enrollment_id == enrollment.id
    }
    theirs = [each for each in all_classes if seated is None or each.starts_at >= seated or each.id in marked]
    marks = Counter(marked[each.id] for each in theirs if each.id in marked)
    return Tally(rules, len(theirs), marks, len(all_classes) - len(theirs))


def of_course(
    tx: Transaction, rules: AttendanceRules, course_id: int, people: Iterable[Enrollment]
) -> dict[int, Tally]:
    """By enrollment."""
    meetings, found = sessions.of_courses(tx, [course_id]), entries.of_course(tx, course_id)
    return {each.id: tally(rules, each, meetings, found) for each in people}
