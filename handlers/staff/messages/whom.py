"""Who gets a message, and who doesn't and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from handlers.clock.wanted import news
from handlers.language.days import dates
from handlers.notices.kinds import ANNOUNCED
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.reach import carried
from handlers.staff.desk.told import Table
from handlers.staff.files.cells import compact
from handlers.staff.persons.who import WHO, who
from storage.database import Transaction
from storage.notices import announcements
from storage.notices.announcements import Candidate, Whom
from storage.people import reaching, residents
from storage.people.residents import Resident

WHOM: Mapping[Whom, str] = {
    "seats": "자리가 있는 분",
    "waiting": "대기하는 분",
    "all": "신청한 모든 분",
    "completed": "수료한 분",
}
ORIGINS = ("동네배움터", "자치회관")  # where many courses of the district are held
PER_SECOND = 30  # a channel takes no more
MOST_READ = 2_000  # names that are unsealed to look for them in a text
SHOWN = 50  # people who have to be called; the list of notices has all


@dataclass(frozen=True)
class Audience:
    """`left_out` tells why and how many; `courses` are how many of them were looked at."""

    people: Sequence[int]
    left_out: Mapping[str, int] = field(default_factory=dict)
    courses: int = 1


def of_course(tx: Transaction, course_id: int, whom: Whom) -> Audience:
    if whom not in WHOM:
        raise Declined(f"‘{whom}’: 받는 분을 이 가운데에서 골라 주세요.", items=WHOM.values())
    return _sorted(announcements.of_course(tx, course_id, whom, ANNOUNCED))


def completers(tx: Transaction, place: str, term: str) -> Audience:
    """Of courses whose place, title, group or words have these; only who agreed to news."""
    found = [row.id for row in announcements.courses_completed(tx, term) if _is_at(row, place)]
    audience = _sorted(announcements.completers(tx, found, news.version()))
    return Audience(audience.people, audience.left_out, len(found))


def _is_at(course: Any, place: str) -> bool:
    told = (course.venue, course.operation, course.title, course.category, *course.keywords)
    return not place or any(compact(place) in compact(each) for each in told)


def _sorted(found: Sequence[Candidate]) -> Audience:
    whys = {each.resident_id: _why_not(each) for each in found}
    counts = Counter(why for why in whys.values() if why)
    return Audience([resident for resident, why in whys.items() if not why], dict(counts))


def _why_not(one: Candidate) -> str:
    if one.is_unchecked:
        return "담당자가 확인할 신청"
    if one.is_muted:
        return "강좌 메시지를 끈 분"
    return "" if one.agrees else "강좌 소식에 동의하지 않은 분"


def left_out(audience: Audience) -> tuple[str, ...]:
    return tuple(f"{why} {count}명은 뺐습니다." for why, count in audience.left_out.items())


def to_call(tx: Transaction, desk: Desk, people: Sequence[int], kind: str = ANNOUNCED) -> tuple[Table, ...]:
    """Whom nothing can be sent to, with the numbers at which they can be called."""
    alone = reaching.unreachable(tx, people, desk.ways, carried(kind))
    known = residents.with_ids(tx, alone[:SHOWN])
    rows = tuple(who(desk, each, known[each]) for each in alone[:SHOWN])
    title = f"보낼 대화방이 없어 전화할 분: {len(alone)}명"
    return (Table(rows, WHO, title=title, left_out=len(alone) - len(rows)),) if alone else ()


def named_in(tx: Transaction, desk: Desk, people: Sequence[int], text: str) -> tuple[str, ...]:
    """Who gets it and is named in it: all the others read that."""
    found: list[Resident] = []
    if len(people) > MOST_READ:
        return ()
    for start in range(0, len(people), residents.AT_ONCE):
        known = residents.with_ids(tx, people[start : start + residents.AT_ONCE])
        found += [each for each in known.values() if each.name and len(each.name) > 2 and each.name in text]
    desk.seen.update(each.id for each in found)
    names = ", ".join(dict.fromkeys(str(each.name) for each in found))
    return (f"글에 받는 분의 이름({names})이 있습니다. 받는 모든 분께 보입니다.",) if found else ()


def when(desk: Desk, due_at: datetime, count: int) -> str:
    """From when on it goes out, and when that will be over."""
    ends_at = finish(desk, due_at, count)
    over = dates.clock(ends_at.astimezone(desk.organization.timezone).time(), "ko")
    is_same_day = (
        ends_at.astimezone(desk.organization.timezone).date() == due_at.astimezone(desk.organization.timezone).date()
    )
    return f"{desk.moment(due_at)}부터 보내고, {over if is_same_day else desk.moment(ends_at)}쯤 끝납니다."


def finish(desk: Desk, due_at: datetime, count: int) -> datetime:
    """At thirty a second, and not at night."""
    hours, zone = desk.organization.hours, desk.organization.timezone
    at, seconds = due_at, ceil(count / PER_SECOND)
    while seconds:
        there = at.astimezone(zone)
        evening = datetime.combine(there.date(), hours.quiet_from, zone)
        sent = min(seconds, max(int((evening - there).total_seconds()), 0))
        at, seconds = at + timedelta(seconds=sent), seconds - sent
        if seconds:
            at = hours.after_quiet_hours(evening, zone)
    return at
