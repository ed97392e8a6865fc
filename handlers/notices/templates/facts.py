"""What the variables of a text stand for, as it is true now of one notice; officers' own words stay as they are."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.calendar.hours import last_day
from handlers.dialogue.chat import Chat
from handlers.language.letters.widths import within
from handlers.notices import completions, what_changed
from handlers.notices.templates.texts import TEXTS, VARIABLES, known_in
from storage.asking import rounds, surveys
from storage.completion import instructors
from storage.counseling import appointments, counselors
from storage.counseling.appointments import Appointment
from storage.counseling.counselors import VISIT
from storage.notices import history
from storage.notices.outbox import Owed
from storage.seating import enrollments, turns
from storage.seating.enrollments import Enrollment
from storage.states import OFFLINE
from storage.teaching import courses, sessions
from storage.teaching.course import Course

Facts = dict[str, str]
Telling = Callable[[Chat, Owed], Facts | None]

NAMELESS = "신청자"
ASK = "전화로 물어봐 주시기 바랍니다"
NONE = "없음"


def values(chat: Chat, owed: Owed) -> Mapping[str, str] | None:
    """A value for each variable of the kind's text; None where it has no text, or what it speaks of is gone.

    It doesn't look whether there is still something to tell: that is for the kind's own wording.
    """
    if owed.kind not in TEXTS:
        return None
    chat = replace(chat, resident=replace(chat.resident, language="ko", is_simple=False))
    facts = _TELLING[owed.kind](chat, owed)
    if facts is None:
        return None
    said, asked = {**_always(chat), **facts}, known_in(owed.kind)
    if any(name not in said for name in asked):  # it is in another state by now
        return None
    return {name: within(_line(said[name]), VARIABLES[name].most) for name in asked}


def _line(value: str) -> str:
    """On one line: the sender's own ways with line breaks are not ours to know."""
    return " ".join(value.split())


def _always(chat: Chat) -> Facts:
    here = chat.organization
    speaks = f"{here.name} {here.team}"
    named = {"기관": speaks, "이름": chat.resident.name or NAMELESS}
    return {**named, "문의": here.contact_in("ko"), "전화": here.phone}


def _of_course(chat: Chat, course: Course | None) -> Facts | None:
    if course is None:
        return None
    meetings = sessions.of_courses(chat.tx, [course.id])
    return {
        "강좌": course.title,
        "문의": course.contact or chat.organization.contact_in("ko"),
        "장소": course.venue or ASK,
        "오시는길": course.directions or ASK,
        "준비물": course.supplies or NONE,
        "일시": chat.moment(meetings[0].starts_at) if meetings else ASK,
        "마감": chat.moment(course.apply_end),
    }


def _of_session(chat: Chat, owed: Owed) -> Facts | None:
    session = sessions.find(chat.tx, owed.about)
    found = session and _of_course(chat, courses.find(chat.tx, session.course_id))
    return {**found, "회차": f"{session.number}", "일시": chat.moment(session.starts_at)} if session and found else None


def _of_enrollment(chat: Chat, owed: Owed) -> Facts | None:
    """What any enrollment has to tell, and what those in its state have."""
    mine = enrollments.find(chat.tx, owed.about)
    course = courses.find(chat.tx, mine.course_id) if mine else None
    found = _of_course(chat, course)
    if mine is None or course is None or found is None:
        return None
    found |= {"까닭": mine.end_reason or ASK, "결과": _result(mine, course), "안내": _completion(chat, mine)}
    if mine.state == "waiting":
        found["순번"] = f"{turns.position(chat.tx, mine)}"
    return found | ({"기한": chat.moment(mine.offer_until)} if mine.offer_until else {})


def _result(mine: Enrollment, course: Course) -> str:
    nobody_selects = mine.channel in OFFLINE or course.selection == "first_come"
    return "접수" if nobody_selects and not mine.rank else "선정"


def _completion(chat: Chat, mine: Enrollment) -> str:
    is_after_all = completions.corrected(chat.tx, mine.id)
    return "앞서 거둔다고 알려 드린 것은 잘못이었습니다. 죄송합니다" if is_after_all else "축하드립니다"


def _correction(chat: Chat, owed: Owed) -> Facts | None:
    """Which of the things that one may have been told was taken back."""
    mine = enrollments.find(chat.tx, owed.about)
    found = _of_course(chat, courses.find(chat.tx, mine.course_id)) if mine else None
    if mine is None or found is None:
        return None
    if mine.state == "completed" and instructors.find(chat.tx, mine.id):
        return found | {"결과": "강사 안내", "안내": "강사 후보로 그대로 적어 두었습니다"}
    if mine.state == "not_completed":
        return found | {"결과": "수료 안내", "안내": ASK}
    return found | {"결과": "신청 결과 안내", "안내": "결과가 정해지면 다시 알려 드립니다"}


def _teaching(chat: Chat, owed: Owed) -> Facts | None:
    candidate = instructors.find(chat.tx, owed.about)
    return _of_course(chat, courses.find(chat.tx, candidate.teaches)) if candidate and candidate.teaches else None


def _about_course(chat: Chat, owed: Owed) -> Facts | None:
    return _of_course(chat, courses.find(chat.tx, owed.about))


def _corrected_course(chat: Chat, owed: Owed) -> Facts | None:
    coming = [each for each in sessions.of_courses(chat.tx, [owed.about]) if each.starts_at > chat.now]
    found = _about_course(chat, owed)
    return found and found | {"일시": chat.moment(coming[0].starts_at) if coming else NONE}


def _changed(chat: Chat, owed: Owed) -> Facts | None:
    """From what they were told last, as far as it fits."""
    found, mine = _about_course(chat, owed), enrollments.live(chat.tx, owed.about, [chat.resident.id])
    if found is None or mine is None:
        return None
    told_at = history.last_sent(chat.tx, chat.resident.id, owed.kind, owed.about) or mine.applied_at
    times, others = what_changed.lines(chat, owed.about, told_at)
    lines = [line.removeprefix("• ") for line in (*times, *others)]
    return found | {"변경": " / ".join(lines)} if lines else None


def _closed(chat: Chat, owed: Owed) -> Facts | None:
    reasons = {course.id: why for course, why in courses.cancelled(chat.tx, chat.today)}
    found = _about_course(chat, owed)
    return found and found | {"까닭": reasons.get(owed.about) or ASK}


def _survey(chat: Chat, owed: Owed) -> Facts | None:
    round_ = rounds.find(chat.tx, owed.about)
    course = courses.find(chat.tx, round_.course_id) if round_ and round_.course_id else None
    if round_ is None or course is None:
        return None
    survey, day = surveys.find(chat.tx, round_.survey_id), last_day(round_.closes_at, chat.organization.timezone)
    asked = {"강좌": course.title, "설문": survey.title.ko, "문항": f"{len(survey.items)}"}
    return asked | {"기한": chat.day(day)}


def _appointment(chat: Chat, owed: Owed) -> Facts | None:
    appointment = appointments.find(chat.tx, owed.about)
    if appointment is None:
        return None
    counselor = counselors.find(chat.tx, appointment.counselor_id)
    facts = {"일시": chat.moment(appointment.starts_at), "까닭": appointment.note or ASK, "상담사": counselor.name}
    return facts | {"방법": chat.text(f"appointment_way.{appointment.way}"), "장소": _place(counselor, appointment)}


def _place(counselor: counselors.Counselor, appointment: Appointment) -> str:
    """Where they meet, or the number that calls."""
    if appointment.way == VISIT:
        return f"{counselor.place} ({counselor.directions})" if counselor.directions else counselor.place
    return f"{counselor.phone}에서 전화를 드립니다"


_TELLING: Mapping[str, Telling] = {
    **dict.fromkeys(("first_class", "day_before", "two_hours_before"), _of_session),
    **dict.fromkeys(("offer", "offer_lapsing", "offer_lapsed"), _of_enrollment),
    **dict.fromkeys(("confirmed", "waiting", "applied", "not_selected", "removed", "completed"), _of_enrollment),
    **dict.fromkeys(("last_absence", "completion_lost", "no_show_warning"), _of_enrollment),
    **dict.fromkeys(("survey", "survey_reminder"), _survey),
    **{f"appointment_{each}": _appointment for each in ("day_before", "moved", "cancelled")},
    "corrected_appointment": _appointment,
    "corrected_enrollment": _correction,
    "corrected_course": _corrected_course,
    "last_call": _about_course,
    "teaching": _teaching,
    "changed": _changed,
    "closed": _closed,
}
