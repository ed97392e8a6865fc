"""Saying that one is there: by the code on the screen of the room, typed or scanned, or by a claim without one."""

import re
from collections.abc import Sequence
from datetime import datetime

from handlers.attendance import codes
from handlers.attendance.entering import Said, enter
from handlers.attendance.windows import Window, window
from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.dialogue.typed import before_search
from handlers.language.days import dates
from handlers.language.letters.digits import as_digit
from storage.attendance import entries, guesses
from storage.attendance.entries import Entry
from storage.keys import sealing
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.states import ATTENDED, ATTENDING, Mark, Way
from storage.teaching import courses, sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session

ASK, MINE, LINK = ("contact", "contact"), ("mine", "mine"), ("link", "me/link")

_GAPS = re.compile(r"[\s.·-]+")
_SIX = re.compile(r"\d{6}", re.ASCII)
_SAID = re.compile(
    r"(?:출석|attend)(?:번호|코드|code)?[:은는]?(\d{6})(?:이요|요|입니다|이에요)?", re.ASCII | re.IGNORECASE
)


@router.act("attend/{code}")
def arrive(chat: Chat, code: str) -> Reply:
    """Of whoever in this chat is in the course; of several it is asked whose attendance it is."""
    meeting, course = _shown(chat, code)
    people = [each for each in on_behalf.everybody(chat) if _seat(each, course)]
    if len(people) > 1 and not chat.speaker:
        shown = (Button(on_behalf.named(each), on_behalf.path_for(each, f"attend/for/{code}")) for each in people)
        return chat.page("attend.whose", *shown, title=course.title)
    whose = people[0].resident.id if people else 0
    return on_behalf.run(chat, whose, lambda theirs: _arrived(theirs, meeting, course))


@router.act("attend/for/{code}")
def arrive_alone(chat: Chat, code: str) -> Reply:
    """Of this very person, whoever else the chat speaks for."""
    return _arrived(chat, *_shown(chat, code))


@router.act("attend/number/{digits}")
def arrive_by_number(chat: Chat, digits: str) -> Reply:
    """Typed: it can only be of a class of theirs, and few wrong ones may be tried. Trying is kept, so it returns."""
    open_now = _open_now(chat)
    if not open_now:
        raise Refused("attend.none_open", MINE, ASK)
    here = (chat.channel, chat.address, chat.now)
    if guesses.are_used_up(chat.tx, *here):
        return chat.refusal(Refused("attend.too_many", ASK))
    found = codes.read_typed(sealing.of(chat.tx), digits, open_now, chat.now)
    if found is None:
        guesses.note(chat.tx, *here)
        return chat.refusal(Refused("attend.wrong_number", ASK))
    return arrive(chat, codes.written(sealing.of(chat.tx), found))


@router.act("attend/claim/{session_id}")
def claim(chat: Chat, session_id: int) -> Reply:
    """Without a code it proves nothing: an officer decides."""
    meeting, course = _taking_place(chat, session_id)
    seat, times = _owned_seat(chat, course), _window(chat, course, meeting)
    if chat.now < times.opens_at:
        raise _too_early(chat, meeting, course, times)
    if known := _known(chat, meeting, course, seat, ("scan", "button")):
        return known
    if chat.now > times.late_after:
        raise Refused("attend.claim_over", ASK, title=course.title)
    said = Said(meeting.id, seat.id, "present", "button", chat.now, is_doubtful=True)
    enter(chat.tx, said, chat.now)
    return _told(chat, "attend.claimed", meeting, course, chat.now)


@router.read
def read_said(text: str) -> str:
    """“출석 482913”."""
    found = _SAID.fullmatch(_plain(text))
    return f"attend/number/{found[1]}" if found else ""


@before_search
def read_alone(chat: Chat, text: str) -> str:
    """Six digits and nothing else are a code only where one can be meant."""
    digits = _plain(text)
    return f"attend/number/{digits}" if _SIX.fullmatch(digits) and _open_now(chat) else ""


def _plain(text: str) -> str:
    return _GAPS.sub("", "".join(map(as_digit, text)))


def _shown(chat: Chat, code: str) -> tuple[Session, Course]:
    """What the code is of, as long as it is good."""
    found = codes.read(sealing.of(chat.tx), code, chat.now)
    if found is None:
        raise Refused("attend.over", ASK)
    return _taking_place(chat, found.session_id)


def _taking_place(chat: Chat, session_id: int) -> tuple[Session, Course]:
    meeting = sessions.find(chat.tx, session_id)
    course = courses.find(chat.tx, meeting.course_id, chat.language) if meeting else None
    if meeting is None or course is None or course.state == "cancelled":
        raise Refused("attend.no_class", MINE, ASK)
    return meeting, course


def _arrived(chat: Chat, meeting: Session, course: Course) -> Reply:
    seat, times = _owned_seat(chat, course), _window(chat, course, meeting)
    if chat.now < times.opens_at:
        raise _too_early(chat, meeting, course, times)
    if chat.now > times.closes_at:
        raise Refused("attend.ended", ASK, title=course.title)
    is_late = chat.now > times.late_after
    if known := _known(chat, meeting, course, seat, ("scan",), is_late):
        return known
    mark: Mark = "late" if is_late else "present"
    outcome = enter(chat.tx, Said(meeting.id, seat.id, mark, "scan", chat.now, is_doubtful=is_late), chat.now)
    key = "attend.late" if is_late else "attend.differs" if outcome == "open" else "attend.present"
    return _told(chat, key, meeting, course, chat.now)


def _known(
    chat: Chat, meeting: Session, course: Course, seat: Enrollment, ways: Sequence[Way], is_late: bool = False
) -> Reply | None:
    """What they were told when they said it before; nobody else says anything of this seat meanwhile."""
    entries.lock(chat.tx, seat.id)
    cell = entries.of_cell(chat.tx, meeting.id, seat.id)
    counting = next((each for each in cell if each.standing == "counts" and each.mark in ATTENDING), None)
    if counting and (counting.mark == "present" or is_late):
        key = "attend.present" if counting.mark == "present" else "attend.late_already"
        return _told(chat, key, meeting, course, counting.marked_at)
    said = next((each for each in cell if each.standing == "open" and each.way in ways), None)
    return _told(chat, _key_of(said), meeting, course, said.marked_at) if said else None


def _key_of(said: Entry) -> str:
    if said.way == "button":
        return "attend.claimed"
    return "attend.late" if said.mark == "late" else "attend.differs"


def _too_early(chat: Chat, meeting: Session, course: Course, times: Window) -> Refused:
    later = ("here_now", f"attend/claim/{meeting.id}")
    return Refused("attend.early", later, title=course.title, when=chat.near_moment(times.opens_at))


def _told(chat: Chat, key: str, meeting: Session, course: Course, at: datetime) -> Reply:
    clock = dates.clock(at.astimezone(chat.organization.timezone).time(), chat.language)
    return chat.page(key, chat.button("mine", "mine"), title=course.title, number=meeting.number, clock=clock)


def _window(chat: Chat, course: Course, meeting: Session) -> Window:
    return window(chat.organization.attendance.of_course(course), meeting)


def _owned_seat(chat: Chat, course: Course) -> Enrollment:
    """Somebody without one is told so, and nothing is kept of it."""
    seat = _seat(chat, course)
    if seat is None:
        raise Refused("attend.not_enrolled", LINK, ASK, title=course.title)
    if seat.state not in ATTENDED or seat.is_unchecked:
        raise Refused("attend.no_seat", ("my_enrollment", f"mine/{seat.id}"), ASK, title=course.title)
    return seat


def _seat(chat: Chat, course: Course) -> Enrollment | None:
    """Theirs in this course: what they attend by, or wait with."""
    mine = [each for each in enrollments.of_resident(chat.tx, chat.resident.id) if each.course_id == course.id]
    attended = (each for each in mine if each.state in ATTENDED and not each.is_unchecked)
    return next(attended, None) or next((each for each in mine if not each.ended_at), None)


def _open_now(chat: Chat) -> list[int]:
    """Classes at which somebody of this chat can say so now."""
    people = on_behalf.everybody(chat)
    held = [each for theirs in people for each in enrollments.of_resident(chat.tx, theirs.resident.id)]
    attended = {each.course_id for each in held if each.state in ATTENDED and not each.is_unchecked}
    if not attended:
        return []
    theirs = {course.id: course for course in courses.with_ids(chat.tx, list(attended))}
    meetings = sessions.of_courses(chat.tx, list(theirs))
    return [each.id for each in meetings if _window(chat, theirs[each.course_id], each).is_open(chat.now)]
