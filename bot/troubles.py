"""What ails the service that no row tells: its disk, its clock, and what has stopped."""

from collections.abc import Sequence
from datetime import datetime

from bot.health import room
from bot.ticks import wall
from handlers.staff.desk.told import Step
from handlers.staff.today.item import Trouble
from storage.database import Database
from storage.engine import pulse

OF_CLOCK = "clock:"  # begins the faults of `wall`
LOW = 500_000_000  # bytes: there is time still to make room
CLOCK = Trouble("컴퓨터의 시계가 맞지 않는 듯합니다", Step("지금이 맞는 시각이면", "trust-clock"))


async def troubles(database: Database, now: datetime, faults: Sequence[str] = ()) -> list[Trouble]:
    """`faults` are those that the heartbeats of a service tell."""
    seen = await database.read(pulse.look)
    free = room(database.file)
    found = [Trouble(f"서비스의 한 부분이 멈추었습니다: {each}") for each in faults if not each.startswith(OF_CLOCK)]
    if free < LOW:
        found.append(Trouble(f"디스크에 {free / 1_000_000:,.0f} MB만 남았습니다. 자리를 비워 주세요"))
    if any(each.startswith(OF_CLOCK) for each in faults) or wall.misfit(now, seen.believed_at, seen.newest):
        found.append(CLOCK)
    return found
