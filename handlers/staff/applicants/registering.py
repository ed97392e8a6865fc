"""Somebody who calls or comes is registered: the rules, line and receipt that residents have, entered by an officer."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.dialogue.chat import Chat
from handlers.language.letters.particles import with_particle
from handlers.residents.people import consents
from handlers.residents.seats import receipts
from handlers.seating import holds, shares
from handlers.staff.applicants import answers, likely, refusals
from handlers.staff.courses.outcomes import seats
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step, Told
from handlers.staff.files.cells import Wrong, line
from handlers.staff.persons.who import name_of
from handlers.staff.records import consenting
from handlers.staff.records.record import as_theirs, locked
from storage.audit import scopes
from storage.audit.journal import COURSE, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction, hold
from storage.people import reaching, residents
from storage.people.consents import ALIMTALK
from storage.people.finding import persons
from storage.people.residents import PERSONAL, Resident
from storage.seating import applications, draws, enrollments
from storage.seating.enrollments import Enrollment
from storage.states import EnrollmentState
from storage.teaching import courses
from storage.teaching.course import Course

CHANNELS = {"phone": "전화", "visit": "방문", "paper": "종이", "institution": "기관"}
ALOUD = ("phone", "visit")  # where the words of a consent can be read out, or shown, and agreed to by voice
LANGUAGE = "ko"
AFTER_THE_OTHERS = 1  # in the line of a course that was drawn or selected for


def register(
    tx: Transaction,
    desk: Desk,
    code: str,
    channel: str,
    told: Mapping[str, str],
    person: int = 0,
    new: bool = False,
    paper: str = "",
    aloud: bool = False,
    override: str = "",
    held: int = 0,
    alimtalk: bool = False,
) -> Told:
    """`told` are answers as they are typed, by the names of PERSONAL.

    `person` is the record of who it is, or they are `new`; consent was given on `paper` of this number, or `aloud`.
    With `override`, a reason, rules are set aside. A seat that is kept for an institution is taken of the hold `held`.
    With `alimtalk` they agreed in the same way to be told at their number.
    """
    course = lookup.locked(tx, code)
    _check_channel(channel)
    why = _reason(override)
    resident = _person(tx, desk, course, told, person, new)
    chat = as_theirs(tx, desk, resident, channel)
    _agree(tx, desk, resident, channel, paper, aloud)
    if alimtalk:
        _agree_to_messages(chat, channel, paper)
    people = persons.lock_same(tx, resident)
    broken = refusals.check(chat, course, people, is_overridden=bool(why))
    enrollment = _enroll(tx, desk, course, resident, channel, held)
    return _told(tx, desk, course, enrollment, broken, why)


def _check_channel(channel: str) -> None:
    if channel not in CHANNELS:
        raise Declined("전화, 방문, 종이, 기관 가운데 어떻게 오셨는지 골라 주세요.")


def _reason(override: str) -> str:
    try:
        return line(override).rstrip(". ")
    except Wrong as error:
        raise Declined(f"까닭: {error}") from error


def _person(tx: Transaction, desk: Desk, course: Course, told: Mapping[str, str], person: int, new: bool) -> Resident:
    """Who it is, locked, with what they say now; a new record where there is none of them."""
    blank = Resident(0, LANGUAGE)
    said = answers.read(as_theirs(tx, desk, blank, ""), course, told)
    if not person:
        (likely.check_is_new if new else likely.check)(tx, desk, said)
    known = locked(tx, desk, person) if person else blank
    learnt = {name: value for name, value in said.items() if _is_learnt(known, name)}
    answers.check_complete(course, {**{name: getattr(known, name) for name in PERSONAL}, **learnt})
    if not person:
        known = residents.enter(tx, LANGUAGE, desk.now)
        desk.seen.add(known.id)
    return residents.describe(tx, known, **learnt) if learnt else known


def _is_learnt(known: Resident, name: str) -> bool:
    """Where they live may have changed; who they are is corrected on their own page."""
    return name in ("dong", "tie", "target") or not getattr(known, name)


def _agree(tx: Transaction, desk: Desk, resident: Resident, channel: str, paper: str, aloud: bool) -> None:
    """Consent is written down with the version of its words, unless they gave it before."""
    chat = as_theirs(tx, desk, resident, channel)
    if consents.holds(chat, "enrollment") and not paper:
        return
    if paper:
        consents.record(chat, "enrollment", True, consenting.sheet(paper))
    elif aloud and channel in ALOUD:
        consents.record(chat, "enrollment", True)
    else:
        how = "동의서를 읽어 드리고 동의하셨는지 표시하거나 " if channel in ALOUD else ""
        raise Declined(f"개인정보 동의가 없습니다. {how}종이 동의서의 번호를 적어 주세요.")


def _agree_to_messages(chat: Chat, channel: str, paper: str) -> None:
    if not chat.organization.tells_at_numbers:
        raise Declined("알림톡을 보내지 않습니다. ‘알림톡’ 표시를 빼 주세요.")
    if not chat.resident.mobile:
        raise Declined("휴대전화가 없어 알림톡을 받을 수 없습니다. 번호를 적거나 ‘알림톡’ 표시를 빼 주세요.")
    if not paper and channel not in ALOUD:
        raise Declined("알림톡 동의는 종이 동의서의 번호를 적어 주세요.")
    if paper or not consents.holds(chat, ALIMTALK):
        consents.record(chat, ALIMTALK, True, consenting.sheet(paper) if paper else None)


def _enroll(tx: Transaction, desk: Desk, course: Course, resident: Resident, channel: str, held: int) -> Enrollment:
    state, order = _place(tx, course, channel, desk)
    if held:
        state = _of_hold(tx, desk, course, channel, held)
    added = enrollments.add(tx, course.id, resident.id, state, channel, desk.now)
    if added is None:
        raise Declined(f"{called(course)}: {refusals.NEVER['refused.already']}")
    if order:
        applications.set_line_order(tx, {added.id: order})
    if not reaching.unreachable(tx, [resident.id], desk.ways):
        enrollments.check(tx, [added.id], desk.now)  # their chat is told as well
    return enrollments.get(tx, added.id)


def _place(tx: Transaction, course: Course, channel: str, desk: Desk) -> tuple[EnrollmentState, int]:
    """Their state, and an officer's word on the line: who comes after it was decided comes after all who wait."""
    if course.selection == "first_come" or not is_decided(tx, course):
        return shares.state_for(course, channel, desk.now), 0
    return "confirmed" if course.has_room_for(channel, desk.now) else "waiting", AFTER_THE_OTHERS


def is_decided(tx: Transaction, course: Course) -> bool:
    """Whether it was drawn or selected who gets a seat."""
    draw = draws.find(tx, course.id)
    is_drawn = draw is not None and draw.drawn_at is not None
    return is_drawn or any(each.rank for each in enrollments.of_course(tx, course.id))


def _of_hold(tx: Transaction, desk: Desk, course: Course, channel: str, held: int) -> EnrollmentState:
    if channel != holds.CHANNEL:
        raise Declined("기관 자리는 기관을 통해 오신 분께 드립니다. 온 길을 ‘기관’으로 골라 주세요.")
    if not holds.use(tx, course, held, desk.now):
        raise Declined(f"{called(course)}: 이 기관에 남은 자리가 없습니다.")
    return "confirmed"


def _told(tx: Transaction, desk: Desk, course: Course, enrollment: Enrollment, broken: Sequence[str], why: str) -> Told:
    """What is read out to them, or printed."""
    resident = residents.by_id(tx, enrollment.resident_id)
    chat = as_theirs(tx, desk, resident, enrollment.channel)
    name = name_of(desk, resident.id, resident.name)
    key, data = receipts.said(chat, course, enrollment)
    facts = [chat.text(key, **data), f"접수번호 {enrollment.id}"]
    notes = [f"규칙과 다르게 접수했습니다: {each} 까닭: {why}" for each in broken]
    reached = not reaching.unreachable(tx, [resident.id], desk.ways)
    notes.append(
        "채팅으로도 알려 드립니다." if reached else "채팅이 없는 분입니다. 지금 읽어 드리거나 접수증을 드리세요."
    )
    way = with_particle(CHANNELS[enrollment.channel], "으로/로")
    title = f"{called(course)}: {name} 님을 {way} {desk.done('접수했습니다', '접수합니다')}."
    shown = Step("접수증과 신청을 보려면", "application", {"course": course.code, "number": enrollment.id})
    return Told(title, (*facts, seats(tx, course, desk.now)), notes=tuple(notes), steps=(shown,))


def _of_course_and_person(
    tx: Transaction, desk: Desk, code: str, told: Mapping[str, str], person: int = 0, **_args: Any
) -> tuple[Scope, Sequence[Subject]]:
    """The person is locked before the course, as residents lock it who register themselves."""
    course = lookup.course(tx, code)
    if person:
        persons.lock_same(tx, locked(tx, desk, person))
    mobile = _mobile(tx, desk, course, told)
    if mobile:
        hold(tx, f"person {mobile}")
    courses.lock(tx, course.id)
    return scopes.of_courses([course.code]), [(COURSE, course.id)]


def _mobile(tx: Transaction, desk: Desk, course: Course, told: Mapping[str, str]) -> str | None:
    chat = as_theirs(tx, desk, Resident(0, LANGUAGE), "")
    said: str | None = answers.read(chat, course, told).get("mobile")
    return said


TOLD = ("confirmed", "waiting", "applied")
REGISTER = acts.add(Act("register", "접수", register, _of_course_and_person, TOLD, repeats=True))
