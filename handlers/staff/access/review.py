"""The review that the law asks for each month: who looked at and changed how many people's data, when, and what for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from handlers.calendar.holidays import public_holidays
from handlers.calendar.months import Month, month_of, read_month
from handlers.staff.access.titles import title
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from storage.audit import access
from storage.audit.access import Access
from storage.audit.journal import OWN
from storage.database import Transaction

SIGNED = "sign-access-log"
DAY_BEGINS, DAY_ENDS = 7, 20  # the hours at which officers are expected to work
MANY = 100  # people in an hour
SHOWN = 20  # rows of a section, unless everything is asked for
LAST = 500  # entries of one person


def show(tx: Transaction, desk: Desk, month: Month | None = None, everything: bool = False) -> Told:
    """A month, or this one: what officers saw and did, and whether somebody has signed that they looked it through."""
    month = month or this_month(desk)
    found = _found(tx, desk, month)
    by_officers = [each for each in found if each.officer.name != OWN]
    refused = [each for each in by_officers if each.action.startswith("refused/")]
    done = [each for each in by_officers if each not in refused]
    listed = partial(_listed, desk, most=None if everything else SHOWN)
    tables = [
        _by_officer(tx, desk, month, by_officers),
        listed("파일로 받은 것", [each for each in done if each.args.get("output") and each.people]),
        listed("밤과 쉬는 날에 한 것", [each for each in done if each.people and _is_odd_hour(desk, each.at)]),
        _bursts(desk, done),
        listed("거절한 것", refused),
        *([listed("모든 기록", found)] if everything else []),
    ]
    tables = [each if everything or each.left_out else each.first(SHOWN) for each in tables if each.rows]
    own = len(found) - len(by_officers)
    facts = (*_signed(tx, desk, month, found), *([f"본인이 보거나 바꾼 것 {own}건."] if own else []))
    is_to_sign = found and month < this_month(desk) and not _is_signed(tx, month, found)
    steps = (_signing(month),) if is_to_sign else ()
    return Told(f"{month}: 접속기록 {len(found)}건.", facts, tuple(tables), steps=steps)


def of_person(tx: Transaction, desk: Desk, number: int) -> Told:
    """Who saw or changed one person's data; that is a look at them, too."""
    desk.seen.add(number)
    found = access.of_person(tx, number, LAST)
    more = (f"마지막 {LAST}건입니다.",) if len(found) == LAST else ()
    table = _listed(desk, "", found)
    return Told(f"기록 {number}: 보거나 바꾼 것 {len(found)}건.", tables=(table,) if found else (), notes=more)


def sign(tx: Transaction, desk: Desk, month: str) -> Told:
    """That a month which is over was looked through, and by whom."""
    this = read_month(month)
    if this >= this_month(desk):
        raise Declined(f"{month}: 아직 끝나지 않은 달입니다. {this.after.first} 뒤에 확인해 주세요.")
    count = len(_found(tx, desk, this))
    return Told(f"{month}: 접속기록 {count}건을 확인했다고 {desk.done('적었습니다', '적습니다')}.")


@dataclass(frozen=True)
class Reviewed:
    """A month of which entries are kept; `by` is "" as long as nobody has signed it."""

    month: Month
    by: str


def months(tx: Transaction, desk: Desk) -> list[Reviewed]:
    """The newest first, and always this one."""
    signed = {str(each.args.get("month")): each.officer.name for each in access.of_action(tx, SIGNED)[::-1]}
    found = [_month_of(desk, access.first(tx) or desk.now)]
    while found[-1] < this_month(desk):
        found.append(found[-1].after)
    return [Reviewed(each, signed.get(str(each), "")) for each in reversed(found)]


def this_month(desk: Desk) -> Month:
    return _month_of(desk, desk.now)


def unsigned(tx: Transaction, desk: Desk) -> list[Month]:
    """Months that are over and in which people's data was touched that nobody has signed."""
    signed = {each.args.get("month") for each in access.of_action(tx, SIGNED)}
    touched = {_month_of(desk, at) for at in access.moments(tx)}
    return sorted(each for each in touched if each < this_month(desk) and str(each) not in signed)


def _found(tx: Transaction, desk: Desk, month: Month) -> list[Access]:
    return access.between(tx, *month.span(desk.organization.timezone))


def _month_of(desk: Desk, at: datetime) -> Month:
    return month_of(at, desk.organization.timezone)


def _signed(tx: Transaction, desk: Desk, month: Month, found: Sequence[Access]) -> Iterator[str]:
    """Who signed it, and what was written of the month after that."""
    last = _last_signature(tx, month)
    if last is None:
        yield "확인한 분이 아직 없습니다."
        return
    yield f"{desk.moment(last.at)} {last.officer.name}: 확인했습니다."
    if later := [each for each in found if each.id > last.id]:
        yield f"그 뒤에 {len(later)}건이 더 적혔습니다. 다시 확인해 주세요."


def _is_signed(tx: Transaction, month: Month, found: Sequence[Access]) -> bool:
    last = _last_signature(tx, month)
    return last is not None and all(each.id < last.id for each in found)


def _last_signature(tx: Transaction, month: Month) -> Access | None:
    return next((each for each in access.of_action(tx, SIGNED) if each.args.get("month") == str(month)), None)


def _signing(month: Month) -> Step:
    return Step("모두 살펴보았으면", "access-log", {"month": str(month), "sign": True})


def _by_officer(tx: Transaction, desk: Desk, month: Month, found: Sequence[Access]) -> Table:
    people = access.people(tx, *month.span(desk.organization.timezone))
    names = sorted({each.officer.name for each in found})
    rows = tuple(
        _row(name, [each for each in found if each.officer.name == name], people.get(name, 0)) for name in names
    )
    return Table(rows, ("담당자", "본 것", "한 것", "거절", "파일", "몇 분의 정보"), title="담당자마다")


def _row(name: str, found: Sequence[Access], people: int) -> tuple[str, ...]:
    looks = sum(each.action.startswith("look/") for each in found)
    refused = sum(each.action.startswith("refused/") for each in found)
    files = sum(bool(each.args.get("output")) for each in found if each.people)
    return name, str(looks), str(len(found) - looks - refused), str(refused), str(files), str(people)


def _bursts(desk: Desk, found: Iterable[Access]) -> Table:
    """Hours in which an officer saw or changed the data of many."""
    hours: dict[tuple[str, str], list[Access]] = defaultdict(list)
    for each in found:
        if each.people:
            hours[_hour(desk, each.at), each.officer.name].append(each)
    rows = []
    for (hour, name), entries in sorted(hours.items()):
        if (people := sum(each.people for each in entries)) >= MANY:
            what = ", ".join(dict.fromkeys(title(each.action) for each in entries))
            rows.append((f"{hour}시", name, what, f"{people}명"))
    return Table(tuple(rows), ("때", "담당자", "한 것", "모두 더해"), title=f"한 시간에 {MANY}명이 넘는 것")


def _hour(desk: Desk, at: datetime) -> str:
    return f"{at.astimezone(desk.organization.timezone):%Y-%m-%d %H}"


def _is_odd_hour(desk: Desk, at: datetime) -> bool:
    here = at.astimezone(desk.organization.timezone)
    is_off = here.weekday() >= 5 or here.date() in public_holidays(here.year)
    return is_off or not DAY_BEGINS <= here.hour < DAY_ENDS


def _listed(desk: Desk, name: str, found: Sequence[Access], most: int | None = None) -> Table:
    rows = tuple(
        (str(each.id), desk.moment(each.at), each.officer.name, each.officer.origin, title(each.action), *_what(each))
        for each in found[:most]
    )
    columns = ("번호", "때", "담당자", "어디서", "한 것", "파일", "목적", "몇 분")
    return Table(rows, columns, title=f"{name}: {len(found)}건" if name else "", left_out=len(found) - len(rows))


def _what(one: Access) -> tuple[str, str, str]:
    return str(one.args.get("output") or "-"), one.purpose or "-", f"{one.people}명" if one.people else "-"


SIGN = acts.add(Act(SIGNED, "접속기록 확인", sign))
