"""What was tapped without a network, sent once it is back: each entry gets its answer, and none is lost silently."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from handlers.attendance.entering import Outcome, Said, enter
from handlers.staff.attendance import snapshot
from handlers.staff.attendance.snapshot import Snapshot, Stand, is_in, stand
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES, called
from handlers.staff.desk.told import Told
from storage.attendance import entries
from storage.attendance.entries import Entry
from storage.audit import scopes
from storage.audit.journal import COURSE, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.states import Mark
from storage.teaching import courses, sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session

MOST = 500  # entries at once
AHEAD = timedelta(minutes=5)  # by which a device's clock may go before ours, once it is corrected
SAME_CLOCK = timedelta(minutes=1)
UNDONE_WITHIN = timedelta(hours=24)
CORRECTED = "휴대전화에서 고쳐 적음"


@dataclass(frozen=True)
class Tapped:
    """`at` is the device's clock, and `starts_at` when it believed the class to begin.

    `over` is what it showed when it was tapped: the id of an entry, or the key of one of its own; "" is nothing.
    """

    key: str
    session_id: int
    enrollment_id: int
    mark: Mark
    at: datetime
    starts_at: datetime
    over: str = ""


@dataclass(frozen=True)
class Answer:
    """`why` says what a refused entry was refused for; `stands` is what counts now."""

    key: str
    outcome: Outcome | str
    why: str = ""
    stands: Stand | None = None


@dataclass(frozen=True)
class Synced(Told):
    answers: tuple[Answer, ...] = ()
    seen: Snapshot | None = None  # the class of the device as it is now


def shift(device_now: datetime, desk: Desk) -> timedelta:
    """By how much a device's times are to be moved; nothing where its clock is about right."""
    off = desk.now - device_now
    return off if abs(off) > SAME_CLOCK else timedelta()


def sync(tx: Transaction, desk: Desk, code: str, rows: Sequence[Tapped], session: int = 0, **_words: object) -> Synced:
    """Enter what a device sends, its times corrected already. Raises Declined when that is too much at once."""
    course = lookup.course(tx, code)
    if len(rows) > MOST:
        raise Declined(f"{called(course)}: 한 번에 {MOST}건까지 받습니다. {len(rows)}건이라 아무것도 적지 않았습니다.")
    sent = {each.enrollment_id for each in rows}
    for enrollment_id in sorted(_of_course(tx, course) & sent):  # in one order, lest two wait for each other
        entries.lock(tx, enrollment_id)
    room = _room(tx, course)
    answers = tuple(_answer(tx, desk, room, each) for each in rows)
    desk.seen.update(each.resident_id for each in room.people.values() if each.id in sent)
    title = f"{called(course)}: 기기에서 적은 출석 {len(rows)}건을 {desk.done('받았습니다', '받습니다')}."
    return Synced(title, answers=answers, seen=snapshot.take(tx, desk, code, session_id=session))


@dataclass(frozen=True)
class _Room:
    """A course as it is now."""

    course: Course
    meetings: Mapping[int, Session]
    dropped: Collection[int]
    people: Mapping[int, Enrollment]


def _of_course(tx: Transaction, course: Course) -> set[int]:
    return {each.id for each in enrollments.of_course(tx, course.id)}


def _room(tx: Transaction, course: Course) -> _Room:
    meetings = {each.id: each for each in sessions.of_courses(tx, [course.id])}
    dropped = {each.session_id for each in sessions.dropped(tx, course.id)} - meetings.keys()
    return _Room(course, meetings, dropped, {each.id: each for each in enrollments.of_course(tx, course.id)})


def _answer(tx: Transaction, desk: Desk, room: _Room, tapped: Tapped) -> Answer:
    if why := _refusal(tx, desk, room, tapped):
        return Answer(tapped.key, "refused", why)
    said = _said(desk, tapped, entries.of_cell(tx, tapped.session_id, tapped.enrollment_id))
    try:
        with tx.begin_nested():
            outcome = enter(tx, said, desk.now)
    except IntegrityError:  # somebody else has just used this key
        return Answer(tapped.key, "refused", TAKEN)
    cell = entries.of_cell(tx, tapped.session_id, tapped.enrollment_id)
    return Answer(tapped.key, outcome, stands=stand(desk, cell))


def _said(desk: Desk, tapped: Tapped, cell: Sequence[Entry]) -> Said:
    """Who corrects what they saw does so as at the desk; who didn't see what counts leaves it to be decided."""
    counting = next((each for each in cell if each.standing == "counts"), None)
    has_seen = counting is not None and tapped.over in (str(counting.id), counting.key)
    corrects = has_seen and counting is not None and counting.mark != tapped.mark
    is_clear = not any(each.standing == "open" for each in cell)
    return Said(
        tapped.session_id,
        tapped.enrollment_id,
        tapped.mark,
        "desk" if corrects and is_clear else "device",
        tapped.at,
        desk.officer.name,
        CORRECTED if corrects and is_clear else "",
        tapped.key,
    )


TAKEN = "다른 기록에 쓰인 번호라 받지 않았습니다. 다시 적어 주세요."


def _refusal(tx: Transaction, desk: Desk, room: _Room, tapped: Tapped) -> str:
    """Why it isn't entered; "" where nothing speaks against it. What was sent before stays answered alike."""
    person, meeting = room.people.get(tapped.enrollment_id), room.meetings.get(tapped.session_id)
    if person is None:
        return "이 강좌에 신청한 분이 아닙니다."
    known = entries.with_key(tx, tapped.key)
    if known:
        is_this = (known.session_id, known.enrollment_id, known.mark) == (tapped.session_id, person.id, tapped.mark)
        return "" if is_this else TAKEN
    if meeting is None:
        gone = tapped.session_id in room.dropped
        return "이 수업은 그 사이에 없어졌습니다." if gone else "이 강좌의 수업이 아닙니다."
    if room.course.state == "cancelled":
        return "폐강한 강좌입니다."
    if not is_in(person):
        state = "확인을 기다림" if person.is_unchecked else STATES[person.state]
        return f"지금 이 강좌의 수강생이 아닙니다({state})."
    return _refusal_of_time(desk, meeting, tapped)


def _refusal_of_time(desk: Desk, meeting: Session, tapped: Tapped) -> str:
    zone = desk.organization.timezone
    day = meeting.starts_at.astimezone(zone).date()
    if tapped.starts_at.astimezone(zone).date() != day:
        return f"이 수업은 그 사이에 {desk.moment(meeting.starts_at)}로 옮겨졌습니다."
    if tapped.at > desk.now + AHEAD:
        return f"적은 시각이 앞으로 올 시각입니다({desk.moment(tapped.at)})."
    if tapped.at.astimezone(zone).date() < day:
        return f"적은 시각이 수업 날보다 앞섭니다({desk.moment(tapped.at)})."
    return ""


def _scope(
    tx: Transaction, _: Desk, code: str, rows: Sequence[Tapped], **_words: object
) -> tuple[Scope, Sequence[Subject]]:
    course = lookup.course(tx, code)
    courses.lock(tx, course.id)
    sent = {each.session_id for each in rows}
    ids = [each.id for each in sessions.of_courses(tx, [course.id]) if each.id in sent]
    return scopes.of_attendance(ids), [(COURSE, course.id)]


SYNC = acts.add(
    Act("sync-attendance", "기기에서 적은 출석", sync, _scope, repeats=True, within=UNDONE_WITHIN)
)  # an entry that is sent again is known by its key
