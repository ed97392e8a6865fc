"""My courses: where I stand, when the next class is, the calendar, and taking a seat that is offered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from handlers.attendance.windows import window
from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Card, File, Reply
from handlers.dialogue.router import router
from handlers.residents import instructors
from handlers.residents.calendar import calendar, look_calendar
from handlers.residents.completed import qualifications
from handlers.residents.courses import sharing
from handlers.residents.courses.card import contact, starts_line, timetable
from handlers.residents.people import rules
from handlers.residents.seats import receipts
from handlers.seating.taking_back import is_still_there
from storage.people import residents
from storage.people.finding import persons
from storage.seating import enrollments, turns
from storage.seating.enrollments import Enrollment
from storage.states import HOLDING, EnrollmentState, Selection
from storage.teaching import courses, sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session

ENDED = 3  # how many of the enrollments that are over are still listed


@dataclass(frozen=True)
class Mine:
    """An enrollment of this resident with its course."""

    enrollment: Enrollment
    course: Course

    def state(self) -> EnrollmentState | Selection | Literal["course_cancelled", "unchecked"]:
        """The key of residents' word for it; a cancelled course ends every enrollment."""
        if self.course.state == "cancelled" and not self.enrollment.ended_at:
            return "course_cancelled"
        if self.enrollment.is_unchecked:
            return "unchecked"
        return self.course.selection if self.enrollment.state == "applied" else self.enrollment.state

    def has_lapsed(self, now: datetime) -> bool:
        """Whether the offer was not answered in time, even if the clock has not ended it yet."""
        enrollment = self.enrollment
        is_late = enrollment.offer_until is not None and enrollment.offer_until < now
        return enrollment.state == "expired" or (enrollment.state == "offered" and is_late)


@router.view(
    "mine", "내 신청", "내 강좌", "나의 신청", "신청 확인", "신청 내역", "내 수업", "마이페이지",
    "수업 시간", "수업 일정", "수업 날짜", "다음 수업", "첫 수업",
    "대기", "순번", "대기 순번", "달력에 넣기", "/mine", "mine", "my courses",
)  # fmt: skip
def list_mine(chat: Chat) -> Reply:
    """Of everybody of the chat, whoever speaks first."""
    cards = [each for theirs in on_behalf.everybody(chat) for each in _cards(theirs)]
    return chat.page("mine.list" if cards else "mine.none", cards=cards, links=[chat.button("courses", "courses")])


def _cards(chat: Chat) -> list[Card]:
    held = enrollments.of_resident(chat.tx, chat.resident.id)
    shown = [each for each in held if not each.ended_at] + [each for each in held if each.ended_at][:ENDED]
    found = {course.id: course for course in courses.with_ids(chat.tx, [each.course_id for each in shown])}
    return [card(chat, Mine(each, found[each.course_id].in_(chat.language))) for each in shown]


@router.view("mine/{enrollment_id}")
def show_mine(chat: Chat, enrollment_id: int) -> Reply:
    mine = owned(chat, enrollment_id)
    key, links = f"mine.about.{mine.state()}", [chat.button("mine", "mine")]
    shown = Card(mine.course.title, facts=_facts(chat, mine))
    return chat.page(key, *_next_steps(chat, mine), cards=[shown], links=links, **_place(chat, mine))


@router.act("mine/{enrollment_id}/accept")
def accept_seat(chat: Chat, enrollment_id: int) -> Reply:
    """Take the seat that one is offered; near to the start whoever of the line comes first takes a free one."""
    people = persons.lock_same(chat.tx, residents.lock(chat.tx, chat.resident.id))
    course = courses.lock(chat.tx, owned(chat, enrollment_id).course.id, chat.language)
    mine = Mine(owned(chat, enrollment_id).enrollment, course)
    this = ("my_enrollment", f"mine/{enrollment_id}")
    if mine.enrollment.is_unchecked:
        raise Refused("mine.unchecked", this, rules.ASK, title=course.title)
    if mine.enrollment.state == "confirmed":
        raise Refused("mine.seat_already", this, title=course.title)
    if mine.has_lapsed(chat.now):
        raise Refused("mine.offer_lapsed", this, rules.OTHERS, title=course.title)
    if not _may_accept(chat, mine):
        raise Refused("mine.no_seat", this, title=course.title)
    rules.check_other_courses(chat, course, people)
    enrollments.confirm(chat.tx, enrollment_id, chat.now)
    buttons = (chat.button("my_enrollment", f"mine/{enrollment_id}"), _calendar_button(chat, mine))
    receipt = receipts.card(chat, course, enrollments.get(chat.tx, enrollment_id))
    links = [sharing.way(chat, course.id)]
    return chat.page("enrolled.confirmed", *buttons, cards=[receipt], links=links, title=course.title).as_receipt()


@router.view("mine/{enrollment_id}/calendar")
def add_to_calendar(chat: Chat, enrollment_id: int) -> Reply:
    mine = owned(chat, enrollment_id)
    meetings = sessions.of_courses(chat.tx, [mine.course.id])
    gone = sessions.dropped(chat.tx, mine.course.id)
    written = calendar(mine.course, meetings, gone, chat.organization, chat.now, chat.language)
    file = File(f"{mine.course.code}.ics", "text/calendar", written)
    links = [chat.button("my_enrollment", f"mine/{enrollment_id}")]
    return chat.page("mine.calendar", links=links, file=file, title=mine.course.title, count=len(meetings))


@router.view("mine/{enrollment_id}/look")
def remind_to_look(chat: Chat, enrollment_id: int) -> Reply:
    """Where nobody can be written to first, one's own calendar says when to look here."""
    mine = owned(chat, enrollment_id)
    title = mine.course.title
    if not receipts.is_undecided(mine.enrollment):
        raise Refused("mine.no_offer", ("my_enrollment", f"mine/{enrollment_id}"), title=title)
    about = chat.text("mine.look_title", title=title)
    days = receipts.days_to_look(chat, mine.course, mine.enrollment)
    written = look_calendar(mine.enrollment, days, about, chat.organization, chat.now)
    links = [chat.button("my_enrollment", f"mine/{enrollment_id}")]
    return chat.page("mine.look", links=links, file=File("baeumtok.ics", "text/calendar", written), title=title)


def owned(chat: Chat, enrollment_id: int) -> Mine:
    enrollment = chat.own(enrollments.find(chat.tx, enrollment_id), "mine.unknown", ("mine", "mine"))
    return Mine(enrollment, courses.get(chat.tx, enrollment.course_id, chat.language))


def can_take_back(chat: Chat, mine: Mine) -> bool:
    return is_still_there(mine.course, mine.enrollment, chat.now, chat.today)


def _may_accept(chat: Chat, mine: Mine) -> bool:
    enrollment, course = mine.enrollment, mine.course
    if enrollment.ended_at or enrollment.is_unchecked or not course.gives_seats(chat.today):
        return False
    if enrollment.state == "offered":
        return not mine.has_lapsed(chat.now)
    return enrollment.state == "waiting" and course.is_last_call(chat.today) and _is_free(chat, mine)


def _is_free(chat: Chat, mine: Mine) -> bool:
    return mine.course.free_for(mine.enrollment.channel, chat.now) > 0


def card(chat: Chat, mine: Mine, step: str = "") -> Card:
    """To choose from; it leads to the enrollment, or to a step of it: "/cancel"."""
    lines = [_state_line(chat, mine)]
    if not mine.enrollment.ended_at:
        lines.append(starts_line(chat, mine.course))
    shown = Card(mine.course.title, tuple(lines), button=Button(mine.course.title, f"mine/{mine.enrollment.id}{step}"))
    return on_behalf.named_card(chat, shown)


def _state_line(chat: Chat, mine: Mine) -> str:
    word = chat.text(f"state.{mine.state()}", **_place(chat, mine))
    is_free = mine.enrollment.state == "waiting" and _may_accept(chat, mine)
    return f"{word} · {chat.text('mine.seat_free')}" if is_free else word


def _place(chat: Chat, mine: Mine) -> dict[str, Any]:
    """What the words for a state name: the place in line, or until when to answer."""
    if mine.state() == "offered" and mine.enrollment.offer_until:
        return {"until": chat.moment(mine.enrollment.offer_until)}
    if mine.state() != "waiting":
        return {"closes": chat.moment(mine.course.apply_end)}
    place = turns.position(chat.tx, mine.enrollment)
    return {"position": place, "ahead": place - 1}


def _facts(chat: Chat, mine: Mine) -> tuple[tuple[str, str], ...]:
    return chat.facts(facts_of_mine(chat, mine))


def facts_of_mine(chat: Chat, mine: Mine) -> dict[str, str]:
    meetings = sessions.of_courses(chat.tx, [mine.course.id])
    following = next((meeting for meeting in meetings if meeting.ends_at > chat.now), None)
    facts = {"state": _state_line(chat, mine), "number": str(mine.enrollment.id)}
    facts["applied_at"] = chat.moment(mine.enrollment.applied_at)
    if not mine.enrollment.ended_at:
        next_class = _next(chat, following) if mine.state() in HOLDING else ""
        facts |= {"next_class": next_class, "timetable": timetable(chat, mine.course)}
        facts |= {"venue": mine.course.venue, "supplies": mine.course.supplies, "contact": contact(chat, mine.course)}
    return facts


def _next(chat: Chat, meeting: Session | None) -> str:
    return chat.text("mine.meeting", number=meeting.number, when=chat.moment(meeting.starts_at)) if meeting else ""


def _next_steps(chat: Chat, mine: Mine) -> list[Button]:
    this = f"mine/{mine.enrollment.id}"
    course = chat.button("course", f"courses/{mine.course.id}/more")
    attendance = chat.button("attendance", f"{this}/attendance")
    if mine.enrollment.state == "completed":
        paper = chat.button("certificate_paper", f"{this}/certificate")
        doors = (qualifications.door(chat, mine.enrollment), instructors.door(chat, mine.enrollment))
        return [paper, attendance, course, *doors]
    if mine.enrollment.state == "not_completed":
        return [attendance, course]
    if mine.enrollment.ended_at or mine.course.state == "cancelled":
        return [chat.button("take_back", f"{this}/back"), course] if can_take_back(chat, mine) else [course]
    accept = [chat.button("accept", f"{this}/accept")] if _may_accept(chat, mine) else []
    if mine.enrollment.state == "offered":
        return [*accept, course, chat.button("decline", f"{this}/decline").apart()]
    usual = [*_there_now(chat, mine), attendance, *_absence(chat, mine), _calendar_button(chat, mine)]
    saved = usual if mine.state() == "confirmed" else []
    ask = [chat.button(*rules.ASK)] if mine.state() == "unchecked" else []
    return [*accept, *saved, *ask, course, chat.button("cancel", f"{this}/cancel")]


def _absence(chat: Chat, mine: Mine) -> list[Button]:
    is_over = chat.today > mine.course.end_date
    return [] if is_over else [chat.button("absence", f"mine/{mine.enrollment.id}/absence")]


def _there_now(chat: Chat, mine: Mine) -> list[Button]:
    """For who can't scan the code of a class that begins: an officer looks at what it claims."""
    rules = chat.organization.attendance.of_course(mine.course)
    begun = (
        each for each in sessions.of_courses(chat.tx, [mine.course.id]) if window(rules, each).is_on_time(chat.now)
    )
    return [chat.button("here_now", f"attend/claim/{each.id}") for each in begun]


def _calendar_button(chat: Chat, mine: Mine) -> Button:
    return chat.button("calendar", f"mine/{mine.enrollment.id}/calendar")
