"""What somebody has applied for, talked about and wishes for, and who looked at it all."""

from collections.abc import Iterator, Sequence

from handlers.postings.reading import categories
from handlers.staff.access.titles import title
from handlers.staff.counseling.appointments import OUTCOMES
from handlers.staff.counseling.appointments import STATES as TALKS
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES, called
from handlers.staff.desk.told import Step, Table
from handlers.staff.persons.doubts import TO_CHECK
from handlers.staff.records.words import channel, word
from storage.audit import access, journal
from storage.audit.journal import ENROLLMENT
from storage.counseling import appointments, counselors
from storage.counseling.appointments import Appointment
from storage.database import Transaction
from storage.jobs import wishes as job_wishes
from storage.people import preferences
from storage.seating import enrollments, turns
from storage.seating.enrollments import Enrollment
from storage.teaching import awaited, courses
from storage.teaching import wishes as course_wishes

LAST = 30  # entries of the journal
REGISTERED = "register"  # the act by which an officer takes an application down
SEATS = ("신청번호", "과정", "상태", "신청한 때", "어디서", "끝난 때")
TALK = ("번호", "때", "상담사", "내용", "방법", "상태", "어디서")
HISTORY = ("때", "누가", "한 일", "목적")


def seats(tx: Transaction, desk: Desk, number: int) -> Table | None:
    """What lives comes first; each leads to how it came to be as it is."""
    mine = enrollments.of_resident(tx, number)
    if not mine:
        return None
    of = {course.id: course for course in courses.with_ids(tx, sorted({each.course_id for each in mine}))}
    by = _who_entered(tx, mine)
    rows = tuple(
        (
            str(each.id),
            called(of[each.course_id]),
            _state(tx, desk, each),
            desk.moment(each.applied_at),
            f"{channel(desk, each.channel)}{by.get(each.id, '')}",
            desk.moment(each.ended_at) if each.ended_at else "-",
        )
        for each in mine
    )
    steps = tuple(
        Step("까닭 보기", "application", {"course": of[each.course_id].code, "number": each.id}) for each in mine
    )
    return Table(rows, SEATS, steps=steps)


def _who_entered(tx: Transaction, mine: Sequence[Enrollment]) -> dict[int, str]:
    """By application the officer who took it down."""
    entries = journal.standing(tx, REGISTERED, ENROLLMENT, [each.id for each in mine])
    return {number: f" ({found[0].officer.name})" for number, found in entries.items()}


def _state(tx: Transaction, desk: Desk, one: Enrollment) -> str:
    """With the place in line, how long an offer stands, and why it ended, where that is told."""
    more = [TO_CHECK] if one.is_unchecked else []
    if one.state == "waiting" and not one.ended_at:
        more.append(f"{turns.position(tx, one)}번")
    if one.state == "offered" and one.offer_until:
        more.append(f"{desk.moment(one.offer_until)}까지")
    if one.end_reason:
        more.append(one.end_reason)
    return f"{STATES[one.state]} ({', '.join(more)})" if more else STATES[one.state]


def talks(tx: Transaction, desk: Desk, number: int) -> Table | None:
    mine = appointments.of_resident(tx, number)
    if not mine:
        return None
    names = {each.id: each.name for each in counselors.all_of_them(tx)}
    newest_first = sorted(mine, key=lambda each: each.starts_at, reverse=True)
    return Table(tuple(_talk(desk, each, names[each.counselor_id]) for each in newest_first), TALK)


def _talk(desk: Desk, one: Appointment, counselor: str) -> tuple[str, ...]:
    topic, way = word(f"appointment_topic.{one.topic}", one.topic), word(f"appointment_way.{one.way}", one.way)
    came = [TALKS[one.state], *(said for name, said in OUTCOMES.items() if getattr(one, name))]
    return str(one.id), desk.moment(one.starts_at), counselor, topic, way, "·".join(came), channel(desk, one.channel)


def wishes(tx: Transaction, desk: Desk, number: int) -> Table | None:
    rows = tuple((what, ", ".join(values)) for what, values in _wishes(tx, desk, number) if values)
    return Table(rows, ("무엇", "바라거나 고른 것")) if rows else None


def _wishes(tx: Transaction, desk: Desk, number: int) -> Iterator[tuple[str, list[str]]]:
    titles = courses.titles(tx, awaited.of_resident(tx, number))
    yield "기다리는 과정", [f"‘{each}’" for each in titles.values()]
    zone = desk.organization.timezone
    wished = course_wishes.of_resident(tx, number)
    yield "바라는 과정", [f"‘{each.words}’({each.since.astimezone(zone):%Y-%m-%d})" for each in wished]
    yield "소식의 관심 분야", sorted(map(_topic, preferences.topics(tx, number)))
    yield "일자리 분야", sorted(categories.in_("ko", each) for each in job_wishes.fields(tx, number))
    rhythm = job_wishes.rhythm(tx, number)
    yield "일자리 소식", [word(f"export.rhythm.{rhythm}", rhythm)] if rhythm else []
    yield "꺼 둔 알림", sorted(word(f"export.kind.{kind}", kind) for kind in preferences.muted(tx, number))


def _topic(topic: str) -> str:
    kind, _, name = topic.partition(":")
    return word(f"topics.{name}", name) if kind == "time" else categories.in_("ko", name)


def history(tx: Transaction, desk: Desk, number: int) -> Table | None:
    """The newest first; each look and act as often as it was done."""
    found = access.of_person(tx, number, LAST)
    rows = tuple((desk.moment(each.at), each.officer.name, title(each.action), each.purpose or "-") for each in found)
    return Table(rows, HISTORY) if rows else None
