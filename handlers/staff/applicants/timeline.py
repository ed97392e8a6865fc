"""The history of an application: when and by whom each thing happened to it, and why.

It is derived from the application, the journal of officers, the draw, and what was told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.language.letters.particles import with_particle
from handlers.notices.kinds import KINDS, About
from handlers.residents.seats import receipts
from handlers.staff.desk import lookup
from handlers.staff.desk.acts import acts
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES, called
from handlers.staff.desk.told import Table, Told
from handlers.staff.persons.who import who
from handlers.staff.records.record import as_theirs
from handlers.staff.records.words import OUTCOMES, channel
from storage.audit import journal
from storage.audit.journal import ENROLLMENT, Entry
from storage.database import Transaction
from storage.people import notices, residents
from storage.seating import draws, enrollments, turns
from storage.seating.enrollments import Enrollment
from storage.states import OFFLINE
from storage.teaching.course import Course

MOST_NOTICES = 200
COLUMNS = ("때", "무슨 일", "까닭")
REASONS = ("override", "reason")  # arguments of acts that say why
BY_THEMSELVES: Mapping[str, str] = {"cancelled": "본인이 취소", "declined": "제안한 자리를 사양"}


@dataclass(frozen=True)
class Event:
    """`what` happened, and `why` where that is known."""

    at: datetime
    when: str
    what: str
    why: str = ""


@dataclass(frozen=True)
class History:
    """An application, whose it is, how it stands, and how it came to that; `receipt` is what they can be told."""

    course: Course
    enrollment: Enrollment
    name: str
    birth_year: str
    mobile: str
    state: str
    position: int
    receipt: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    events: tuple[Event, ...]


def show(tx: Transaction, desk: Desk, code: str, number: int) -> History:
    """Raises Declined where it isn't of this course."""
    course = lookup.course(tx, code)
    mine = enrollments.find(tx, number)
    if mine is None or mine.course_id != course.id:
        raise Declined(f"신청 {number}: 이 과정의 신청이 아닙니다.")
    resident = residents.by_id(tx, mine.resident_id)
    chat = as_theirs(tx, desk, resident, mine.channel)
    card = receipts.card(chat, course, mine)
    position = turns.position(tx, mine) if mine.state == "waiting" and not mine.ended_at else 0
    said: tuple[str, ...] = ()
    if not mine.ended_at and mine.state != "offered":
        key, data = receipts.said(chat, course, mine)
        said = (chat.text(key, **data),)
    whose = who(desk, resident.id, resident)
    found = tuple(sorted(_events(tx, desk, mine), key=lambda each: each.at))
    return History(course, mine, *whose, STATES[mine.state], position, said, card.facts, found)


def tell(tx: Transaction, desk: Desk, code: str, number: int) -> Told:
    """The same for a terminal."""
    found = show(tx, desk, code, number)
    place = f" {found.position}번" if found.position else ""
    title = f"{called(found.course)} 신청 {number}: {found.name}, {found.state}{place}."
    rows = tuple((each.when, each.what, each.why or "-") for each in found.events)
    return Told(title, found.receipt, (Table(rows, COLUMNS),) if rows else ())


def why(desk: Desk, mine: Enrollment) -> str:
    """In a few words, for a list."""
    if mine.is_unchecked:
        return "담당자가 확인할 신청"
    if mine.state == "offered" and mine.offer_until:
        return f"{desk.moment(mine.offer_until)}까지 답할 차례"
    if mine.state in BY_THEMSELVES:
        return BY_THEMSELVES[mine.state]
    if mine.end_reason:
        return mine.end_reason
    parts = [f"뽑힌 순서 {mine.rank}번"] if mine.rank else []
    parts += ["순서를 당김"] if mine.line_order < 0 else []
    return ", ".join(parts)


def _events(tx: Transaction, desk: Desk, mine: Enrollment) -> Iterator[Event]:
    entries = journal.of_subject(tx, ENROLLMENT, mine.id)
    yield from _came(desk, mine, entries)
    for each in entries:
        yield from _by_officer(desk, mine, each)
    yield from _drawn(tx, desk, mine)
    yield from _told(tx, desk, mine)
    yield from _by_itself(desk, mine, entries)


def _came(desk: Desk, mine: Enrollment, entries: list[Entry]) -> Iterator[Event]:
    """Who entered it stands in the journal, as its first line."""
    if mine.channel in OFFLINE and any(each.action == "register" for each in entries):
        return
    yield _event(desk, mine.applied_at, f"{_way(desk, mine)} 신청")
    if mine.is_unchecked and mine.unchecked_since:
        yield _event(desk, mine.unchecked_since, "담당자가 확인할 때까지 순서를 지킴")


def _by_officer(desk: Desk, mine: Enrollment, entry: Entry) -> Iterator[Event]:
    act = acts.get(entry.action)
    if act is None or entry.undoes:
        return
    what = f"{act.title} ({entry.officer.name})"
    if entry.action == "register":
        what = f"{_way(desk, mine)} 접수 ({entry.officer.name})"
    if moved := _moved(mine, entry):
        what += f": {moved}"
    yield _event(desk, entry.at, what, next((str(entry.args[each]) for each in REASONS if each in entry.args), ""))
    if entry.undone_at:
        yield _event(desk, entry.undone_at, f"{act.title}: 되돌림")


def _way(desk: Desk, mine: Enrollment) -> str:
    return with_particle(channel(desk, mine.channel), "으로/로")


def _moved(mine: Enrollment, entry: Entry) -> str:
    change = next((each for each in entry.changes if each.table == "enrollments" and each.key[0] == mine.id), None)
    if change is None:
        return ""
    before, after = ({**(row or {})}.get("state") for row in (change.before, change.after))
    return " → ".join(STATES[each] for each in (before, after) if each)


def _drawn(tx: Transaction, desk: Desk, mine: Enrollment) -> Iterator[Event]:
    draw = draws.find(tx, mine.course_id)
    if draw and draw.drawn_at and mine.rank:
        yield _event(
            desk, draw.drawn_at, f"추첨에서 {mine.rank}번째로 뽑힘", "추첨 기록으로 누구나 다시 맞춰 볼 수 있음"
        )


def _told(tx: Transaction, desk: Desk, mine: Enrollment) -> Iterator[Event]:
    """What they were told of it, as offers are made by the clock and not by an officer."""
    for each in notices.of_resident(tx, mine.resident_id, MOST_NOTICES):
        if each.about == mine.id and (kind := KINDS.get(each.kind)) and kind.about is About.ENROLLMENT:
            how = OUTCOMES[each.outcome] if each.outcome else "나갈 예정"
            yield _event(desk, each.settled_at or each.due_at, f"알림 ‘{kind.title}’: {how}")


def _by_itself(desk: Desk, mine: Enrollment, entries: list[Entry]) -> Iterator[Event]:
    """What the clock decided, and what they did themselves."""
    done = {each.at for each in entries}
    if mine.decided_at and mine.decided_at not in done:
        until = f"{desk.moment(mine.offer_until)}까지 답할 수 있음" if mine.offer_until else ""
        what = f"차례가 되어 ‘{STATES[mine.state]}’" if mine.state == "offered" else f"결과: {STATES[mine.state]}"
        yield _event(desk, mine.decided_at, what, until or mine.end_reason)
    if mine.ended_at and mine.ended_at not in (*done, mine.decided_at):
        yield _event(desk, mine.ended_at, BY_THEMSELVES.get(mine.state, f"끝남: {STATES[mine.state]}"))


def _event(desk: Desk, at: datetime, what: str, why: str = "") -> Event:
    return Event(at, desk.moment(at), what, why)
