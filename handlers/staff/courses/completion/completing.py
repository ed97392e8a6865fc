"""Who completed a course, after its last class: proposed by attendance that was taken, and confirmed by a person."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from handlers.calendar.hours import DAY, local
from handlers.notices import completions
from handlers.staff.courses.completion import certified, no_shows, proposing
from handlers.staff.courses.completion.proposing import Proposals
from handlers.staff.courses.outcomes import named
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup, noting
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.persons import alike
from storage.database import Transaction
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.states import ATTENDED, EnrollmentState
from storage.teaching import sessions
from storage.teaching.course import Course

UNDONE_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class Seen:
    """The people of a course as a page shows them: `ticked` are those who are to complete unless somebody says else."""

    told: Told
    people: Table | None
    others: tuple[Table, ...]
    proposals: Proposals
    ticked: Sequence[int]
    open_still: Sequence[int]


def see(tx: Transaction, desk: Desk, code: str) -> Seen:
    course = lookup.course(tx, code)
    found = _attended(tx, course)
    proposals = proposing.of_course(tx, desk, course, found)
    open_still = [each.id for each in found if each.state == "confirmed"]
    title = f"{called(course)}: 수강생 {len(found)}명, 수료를 정할 분 {len(open_still)}명."
    people = tuple(_with(proposals, each) for each in named(tx, desk, course, found, everybody=True))
    others = no_shows.tables(tx, desk, course)
    notes = (*alike.notes(tx, found), *(proposing.notes(proposals) if found else ()))
    told = Told(title, proposing.facts(desk, course, proposals), (*people, *others), notes)
    ticked = proposing.ticked(proposals, open_still)
    return Seen(told, people[0] if people else None, others, proposals, ticked, open_still)


def show(tx: Transaction, desk: Desk, code: str) -> Told:
    """Who attends a course or has, for an officer."""
    return see(tx, desk, code).told


def _with(proposals: Proposals, table: Table) -> Table:
    return proposing.with_proposals(table, proposals) if proposals else table


def complete(
    tx: Transaction,
    desk: Desk,
    code: str,
    numbers: Sequence[int] = (),
    completed: bool = True,
    reason: str = "",
    proposed: bool = False,
) -> Told:
    """End a course for those who attended: `numbers` completed it, or failed to, and all the others the contrary.

    Whoever is `proposed` completes in place of `numbers`. What differs from the proposal needs a reason.
    """
    course = lookup.locked(tx, code)
    _check_is_over(tx, desk, course)
    attending = [each for each in _attended(tx, course) if each.state == "confirmed"]
    if not attending:
        raise _nobody(tx, course)
    proposals = proposing.of_course(tx, desk, course, attending)
    if proposed:
        numbers, completed = _as_proposed(course, proposals), True
    lookup.check_numbers(tx, course, numbers, [each.id for each in attending], _listed("번호를 보려면", course))
    good = [each for each in attending if (each.id in numbers) == completed]
    bad = [each for each in attending if each not in good]
    facts = _differing(course, proposals, good, bad, reason)
    _decide(tx, desk, good, bad)
    counts = f"수료 {len(good)}명, 미수료 {len(bad)}명"
    title = f"{called(course)}: {counts}으로 {desk.done('정했습니다', '정합니다')}."
    told = Told(title, tuple(facts), named(tx, desk, course, _decided(tx, course, attending)))
    return with_reach(tx, desk, told, _concerned(tx, desk, course, good, bad))


def _decide(tx: Transaction, desk: Desk, good: Collection[Enrollment], bad: Collection[Enrollment]) -> None:
    enrollments.decide(tx, _ids(good), "completed", desk.now, ended_at=desk.now)
    enrollments.decide(tx, _ids(bad), "not_completed", desk.now, ended_at=desk.now)


def _as_proposed(course: Course, proposals: Proposals) -> list[int]:
    """Declined where anybody has no proposal: whether they completed is to be said."""
    if not proposals:
        raise Declined(
            f"{called(course)}: 출석을 적지 않은 과정이라 제안이 없습니다.", _listed("명단을 보려면", course)
        )
    if unknown := [number for number, each in proposals.items() if each.state is None]:
        message = f"{called(course)}: 적지 않은 수업이 있어 제안이 없는 분이 {len(unknown)}명 있습니다."
        items = [f"신청 {number}: {proposals[number].flags or '들을 수 있던 수업이 없습니다'}" for number in unknown]
        raise Declined(message, _listed("명단을 보려면", course), items=items)
    return [number for number, each in proposals.items() if each.state == "completed"]


def _differing(
    course: Course,
    proposals: Proposals,
    good: Collection[Enrollment],
    bad: Collection[Enrollment],
    reason: str,
) -> Iterator[str]:
    """What is told of decisions against the proposal, or without one. Declined without a reason."""
    decided: dict[int, EnrollmentState] = {each.id: "completed" for each in good}
    decided |= {each.id: "not_completed" for each in bad}
    different = proposing.differences(proposals, decided)
    why = noting.read(reason, "까닭") if reason.strip() else ""
    if different and not why:
        message = f"{called(course)}: 제안과 다르게 정하는 분이 {len(different)}명 있습니다. 까닭을 적어 주세요."
        raise Declined(message, items=different)
    unknown = [number for number, each in proposals.items() if each.state is None]
    facts = [f"제안과 다르게 정하는 분 {len(different)}명. 까닭: {why}"] if different else []
    if unknown:
        passed = sum(decided[number] == "completed" for number in unknown)
        facts += [
            f"출석을 다 적지 않아 제안이 없는 분 {len(unknown)}명: 수료 {passed}명, 미수료 {len(unknown) - passed}명."
        ]
    return iter((*facts, *different))


def _concerned(
    tx: Transaction, desk: Desk, course: Course, good: Collection[Enrollment], bad: Collection[Enrollment]
) -> list[int]:
    """Whoever completed and doesn't know it yet, and those whom the course warns."""
    known = completions.known(tx, _ids(good))
    warned = {each.enrollment_id for each in no_shows.warned(tx, desk, course)}
    told = [each for each in good if each.id not in known] + [each for each in bad if each.id in warned]
    return [each.resident_id for each in told]


def _decided(tx: Transaction, course: Course, attending: Collection[Enrollment]) -> list[Enrollment]:
    """As they are now."""
    numbers = _ids(attending)
    return [each for each in enrollments.of_course(tx, course.id) if each.id in numbers]


def _attended(tx: Transaction, course: Course) -> list[Enrollment]:
    found = enrollments.of_course(tx, course.id)
    return [each for each in found if each.state in ATTENDED and not each.is_unchecked]


def _ids(found: Collection[Enrollment]) -> list[int]:
    return [each.id for each in found]


def _check_is_over(tx: Transaction, desk: Desk, course: Course) -> None:
    meetings = sessions.of_courses(tx, [course.id])
    ends_at = meetings[-1].ends_at if meetings else local(course.end_date + DAY, time(0), desk.organization.timezone)
    if desk.now < ends_at:
        raise Declined(
            f"{called(course)}: 마지막 수업이 {desk.moment(ends_at)}에 끝납니다. 그 뒤에 다시 실행해 주세요."
        )


def _nobody(tx: Transaction, course: Course) -> Declined:
    if _attended(tx, course):
        return Declined(f"{called(course)}: 이미 수료를 정했습니다.", _listed("명단을 보려면", course))
    return Declined(f"{called(course)}: 수강생이 없습니다.")


def _listed(why: str, course: Course) -> Step:
    return Step(why, "complete", {"course": course.code, "list": True})


COMPLETE = acts.add(
    Act(
        "complete",
        "수료 결정",
        complete,
        of_course,
        ("completed", no_shows.WARNING),
        within=UNDONE_WITHIN,
        before_undo=certified.withdraw,
    )
)
