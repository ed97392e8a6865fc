"""What notices speak of, in officers' words."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from handlers.language.days import dates
from handlers.language.letters.widths import within
from handlers.notices.kinds import KINDS, About
from storage.asking import rounds, surveys
from storage.counseling import appointments
from storage.database import Transaction
from storage.notices import announcements
from storage.seating import enrollments
from storage.teaching import courses, sessions

BEGINNING = 20  # letters of a text

Subjects = Mapping[tuple[str, int], str]


def subjects(tx: Transaction, notices: Iterable[tuple[str, int]]) -> Subjects:
    """By kind and `about`; "" where there is nothing to say."""
    pairs = {pair for pair in notices if pair[0] in KINDS}
    named = {about: named_by(tx, _ids(pairs, about)) for about, named_by in _NAMED.items()}
    return {(kind, of): named.get(KINDS[kind].about, {}).get(of, "") for kind, of in pairs}


def _ids(pairs: Collection[tuple[str, int]], about: About) -> list[int]:
    return sorted({of for kind, of in pairs if KINDS[kind].about is about})


def _sessions(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    meetings = sessions.with_ids(tx, ids)
    titles = _courses(tx, [each.course_id for each in meetings])
    return {each.id: f"{titles[each.course_id]} {each.number}회차" for each in meetings}


def _courses(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    return {course_id: f"‘{title}’" for course_id, title in courses.titles(tx, ids).items()}


def _enrollments(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    of = enrollments.courses_of(tx, ids)
    titles = _courses(tx, list(of.values()))
    return {enrollment_id: titles[course_id] for enrollment_id, course_id in of.items()}


def _rounds(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    """The course, or the survey where it isn't about one."""
    asked = rounds.with_ids(tx, ids)
    titles = _courses(tx, [each.course_id for each in asked if each.course_id])
    of = surveys.with_ids(tx, {each.survey_id for each in asked if not each.course_id})
    return {each.id: titles[each.course_id] if each.course_id else f"‘{of[each.survey_id].title.ko}’" for each in asked}


def _appointments(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    return {
        appointment_id: dates.moment(starts_at, "ko")
        for appointment_id, starts_at in appointments.beginnings_of(tx, ids).items()
    }


def _announcements(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    """The course, and how the text begins."""
    found = announcements.with_ids(tx, ids).values()
    titles = _courses(tx, [each.course_id for each in found if each.course_id])
    return {each.id: f"{titles.get(each.course_id or 0, '')} {_beginning(each.text)}".strip() for each in found}


def _beginning(text: str) -> str:
    return within(" ".join(text.split()), BEGINNING)


_NAMED: dict[About, Callable[[Transaction, Sequence[int]], dict[int, str]]] = {
    About.SESSION: _sessions,
    About.COURSE: _courses,
    About.ENROLLMENT: _enrollments,
    About.ROUND: _rounds,
    About.APPOINTMENT: _appointments,
    About.ANNOUNCEMENT: _announcements,
}
