"""What messages cost: by day, way and kind in a month, and how much of the ceiling is left."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handlers.calendar.months import Month, month_of
from handlers.dialogue import texts
from handlers.dialogue.organization import TEXT, WAYS, Organization
from handlers.notices.kinds import KINDS
from handlers.staff.desk.costs import won
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Table, Told
from storage.database import Transaction
from storage.ways import spending
from storage.ways.spending import WON, Spent

Level = Literal["", "near", "full"]
OF_WAYS, OF_KINDS, OF_DAYS = "길별", "알림별", "날짜별"


@dataclass(frozen=True)
class Budget:
    """Of this month, in hundredths of a won; without a `ceiling` there is none."""

    spent: int
    ceiling: int
    level: Level

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 is all of it."""
        return self.spent * 100 // self.ceiling if self.ceiling else 0


def budget(tx: Transaction, organization: Organization, now: datetime) -> Budget:
    """It is full as soon as news doesn't leave by some way any more."""
    pushes = organization.pushes
    spent = spending.since(tx, spending.month_of(now, organization.timezone))
    ceiling = pushes.monthly_ceiling * WON
    dearest = max((pushes.price(way) for way in organization.ways), default=0)
    if not ceiling:
        return Budget(spent, 0, "")
    if spent + max(dearest, 1) > ceiling:
        return Budget(spent, ceiling, "full")
    return Budget(spent, ceiling, "near" if spent * 100 >= ceiling * pushes.warn_percent else "")


def show(tx: Transaction, desk: Desk, month: Month | None = None) -> Told:
    """A month, or this one: always the sum of what left and didn't fail."""
    zone, this = desk.organization.timezone, this_month(desk)
    shown = month or this
    found = spending.by_day(tx, *shown.span(zone), zone)
    facts = (_total(found), *(_left(tx, desk) if shown == this else ()))
    title = f"{shown.year}년 {shown.number}월 알림 비용"
    if not found:
        return Told(title, ("돈이 드는 알림을 보내지 않았습니다.", *facts[1:]))
    return Told(title, facts, tuple(_tables(desk.organization, found)), notes=NOTES)


NOTES = (
    "결과를 아직 모르는 것은 정해진 값으로 셉니다. 닿지 않은 것은 세지 않습니다.",
    "청구서와 다르면 설정에 적은 한 건의 값을 확인해 주세요.",
)


def this_month(desk: Desk) -> Month:
    return month_of(desk.now, desk.organization.timezone)


def _total(found: Sequence[Spent]) -> str:
    return f"모두 {_count(found):,}건, {won(cost_of(found))}"


def _left(tx: Transaction, desk: Desk) -> Iterator[str]:
    now = budget(tx, desk.organization, desk.now)
    if now.ceiling:
        stopped = " 소식은 다음 달까지 멈춥니다." if now.level == "full" else ""
        yield f"한도 {won(now.ceiling)}의 {now.percent}%를 썼습니다.{stopped}"
    else:
        yield "한도를 정하지 않았습니다. 설정 [pushes]의 monthly_ceiling에 적으면 소식이 그만큼에서 멈춥니다."


def _tables(organization: Organization, found: Sequence[Spent]) -> Iterator[Table]:
    def way(one: Spent) -> str:
        return way_of(organization, one)

    yield _summed(OF_WAYS, "길", found, way)
    yield _summed(OF_KINDS, "알림", found, lambda one: _kind(one.kind))
    rows = tuple((f"{each.day:%Y-%m-%d}", way(each), _kind(each.kind), *_figures([each])) for each in found)
    yield Table(rows, ("날짜", "길", "알림", "건수", "비용"), title=OF_DAYS)


def _summed(title: str, column: str, found: Sequence[Spent], name: Callable[[Spent], str]) -> Table:
    """With their sum, what cost most first."""
    groups = {each: [one for one in found if name(one) == each] for each in map(name, found)}
    by_cost = sorted(groups.items(), key=lambda group: (-cost_of(group[1]), group[0]))
    rows = [(each, *_figures(of)) for each, of in by_cost]
    return Table((*rows, ("계", *_figures(found))), (column, "건수", "비용"), title=title)


def _figures(found: Sequence[Spent]) -> tuple[str, str]:
    return f"{_count(found):,}", won(cost_of(found))


def _count(found: Iterable[Spent]) -> int:
    return sum(each.count for each in found)


def cost_of(found: Iterable[Spent]) -> int:
    """In hundredths of a won."""
    return sum(each.cost for each in found)


def way_of(organization: Organization, one: Spent) -> str:
    """What came as a text message instead stands apart; a way may be off by now."""
    way = TEXT if one.is_text else one.way
    if way in WAYS or way in organization.channels:
        return organization.way_called(way)
    key = f"export.channel.{way}"
    return texts.say("ko", key) if key in texts.catalogue("ko") else way


def _kind(name: str) -> str:
    return KINDS[name].title if name in KINDS else name
