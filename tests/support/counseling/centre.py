"""The job centre of the tests: its counselors, and residents who book appointments there."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from storage.counseling import counselors
from storage.counseling.counselors import Counselor, Span
from storage.database import Transaction
from storage.tables import appointments
from tests.support.domain import SEOUL, School, Visitor

TUESDAY, THURSDAY = 1, 3
MORNING = (time(10), time(12))
WEEK = {TUESDAY: [MORNING], THURSDAY: [MORNING]}
FIRST = "11월 24일(화)"


class Centre:
    def __init__(self, school: School) -> None:
        self.school = school

    async def opens(
        self, code: str = "A", weekly: Mapping[int, Sequence[Span]] = WEEK, phone: str = "02-000-0000"
    ) -> int:
        """A counselor and their week; their id."""
        place = (f"일자리플러스센터 {code}실", "2층 승강기 옆", phone)

        def work(tx: Transaction) -> int:
            counselor_id = counselors.save(tx, Counselor(0, code, f"상담사 {code}", *place))
            counselors.set_week(tx, counselor_id, weekly)
            return counselor_id

        return await self.school.database.write(work)

    async def on(self, day: date, spans: Sequence[Span], counselor_id: int = 1) -> None:
        await self.school.database.write(lambda tx: counselors.set_day(tx, counselor_id, day, spans))

    async def appointments(self) -> list[Any]:
        return await self.school.rows(select(appointments).order_by(appointments.c.id))

    async def live(self) -> list[str]:
        """When the appointments are that hold a slot."""
        held = (each.starts_at.astimezone(SEOUL) for each in await self.appointments() if each.ended_at is None)
        return sorted(f"{at:%m-%d %H:%M}" for at in held)


def at(moment: str) -> datetime:
    """ "11-25 09:00" of the year in which these tests play."""
    return datetime.strptime(f"2026-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=SEOUL)


async def fills_in(
    visitor: Visitor,
    number: int = 1,
    slot: str = "오전 10시",
    day: str = FIRST,
    way: str = "방문",
    proven: bool = False,
) -> str:
    """The form up to its summary."""
    await visitor.goes_to("forms/counsel/0")
    if visitor.channel == "telegram":
        await visitor.presses("텔레그램으로 계속")
    await visitor.presses("동의하고 계속")
    await visitor.says("홍길동")
    await (visitor.shares if proven else visitor.says)(f"010-0000-{number:04}")
    for label in ("이력서·면접", way, day, slot):
        said = await visitor.presses(label)
    return said


async def books(visitor: Visitor, number: int = 1, **differing: Any) -> str:
    await fills_in(visitor, number, **differing)
    return await visitor.presses("이대로 예약하기")


def labels(visitor: Visitor) -> list[str]:
    return [button.label for button in visitor.screen.buttons]


Residents = Callable[[int], Visitor]
