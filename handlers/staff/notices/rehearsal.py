"""Rehearsing the clock: what would go to whom, when and why, found by the service's own code with another time."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby

import handlers.clock  # noqa: F401 - registers every kind of notice
from handlers.calendar.hours import DAY, local
from handlers.clock import notices
from handlers.clock.span import Span
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.notices.owed import KINDS
from handlers.staff.notices.subjects import Subjects, subjects
from handlers.staff.persons.who import name_of
from storage.database import Transaction
from storage.notices import planning
from storage.notices.planning import Foreseen

STEP = timedelta(minutes=30)
LONGEST = timedelta(days=62)


def rehearse(tx: Transaction, desk: Desk, first: date, last: date, with_names: bool) -> Told:
    """The calendar of these days, both included; only reads."""
    if last < first:
        turned = Step("두 날을 바꾸어 보려면", "rehearse", {"from": last, "to": first})
        raise Declined(f"끝나는 날({last})이 시작하는 날({first})보다 빠릅니다.", turned)
    if last - first > LONGEST:
        shorter = Step("나누어 보려면", "rehearse", {"from": first, "to": first + LONGEST})
        raise Declined(f"{first}부터 {last}까지는 너무 깁니다. 한 번에 {LONGEST.days}일까지 볼 수 있습니다.", shorter)
    since, until = (local(day, time(0), desk.organization.timezone) for day in (first, last + DAY))
    first_seen: dict[str, Foreseen] = {}
    for each in _foreseen(tx, desk, _start(desk, since), until):
        first_seen.setdefault(each.key, each)
    found = [each for each in first_seen.values() if since <= each.due_at < until]
    if not found:
        return Told("이 동안 나갈 알림이 없습니다.")
    there = sorted(found, key=lambda each: (each.due_at, each.kind, each.about, each.name or ""))
    about = subjects(tx, [(each.kind, each.about) for each in there])
    groups = [list(group) for _, group in groupby(there, key=lambda each: (each.due_at, each.kind, each.about))]
    rows = tuple(_row(desk, group, about) for group in groups)
    calendar = Table(rows, details=tuple(_details(desk, group, with_names) for group in groups))
    note = f"모두 {len(there)}건입니다. 그 사이의 신청과 변경은 들어 있지 않습니다."
    return Told(tables=(calendar,), notes=(note,))


def _start(desk: Desk, since: datetime) -> datetime:
    """A day before days to come: what is told from then on already isn't told by them."""
    return since if since <= desk.now else max(desk.now, since - DAY)


def _foreseen(tx: Transaction, desk: Desk, since: datetime, until: datetime) -> Iterator[Foreseen]:
    yield from planning.owed_between(tx, since, until, desk.ways)
    for batch in notices.due(tx, desk.organization, Span(since, until, STEP)):
        for planned in batch:
            yield from planning.foresee(tx, planned, desk.ways)


def _row(desk: Desk, group: Sequence[Foreseen], subjects: Subjects) -> tuple[str, ...]:
    one = group[0]
    about = subjects[one.kind, one.about]
    return desk.moment(one.due_at), KINDS[one.kind], f"{len(group)}명", *([f"({about})"] if about else [])


def _details(desk: Desk, group: Sequence[Foreseen], with_names: bool) -> tuple[tuple[str], ...]:
    alone = sum(not each.is_reachable for each in group)
    unreachable = [f"이 가운데 {alone}명은 알림을 보낼 수 없습니다."] if alone else []
    names = [", ".join(name_of(desk, each.resident_id, each.name) for each in group)] if with_names else []
    return tuple((line,) for line in (*unreachable, *names))
