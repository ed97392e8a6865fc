"""Whether memory stays as it is: what the real process holds after so many messages, views and acts in turns."""

from collections.abc import AsyncIterator, Sequence
from itertools import cycle
from pathlib import Path

from tests.bench.contestants import JOURNEY, registrations, says, served
from tests.bench.figures import Figure, Size
from tests.bench.processes import Memory, memory

PART, A_TALK = 900, len(JOURNEY)  # messages
WARM: dict[Size, int] = {"quick": 900, "usual": 3_600, "long": 10_000}
ENDS: dict[Size, int] = {"quick": 2_700, "usual": 10_000, "long": 100_000}
SHOWN = (0, 3_600, 10_000, 50_000, 100_000)
Held = list[tuple[int, Memory]]


async def measure(folder: Path, size: Size) -> AsyncIterator[Figure]:
    held = await _held(folder, ENDS[size])
    for number in (each for each in SHOWN if each <= ENDS[size]):
        after, then = next(each for each in held if each[0] >= number)
        yield Figure(f"RSS after {after:,} messages", (then.rss,), "MB", remark=f"PSS {then.pss:.0f}")
    later = [each for each in held if each[0] >= WARM[size]]
    about = f"growth a 10,000 messages, from {later[0][0]:,} to {later[-1][0]:,}"
    yield Figure(f"{about}: RSS", (10_000 * _slope([(number, each.rss) for number, each in later]),), "MB", at_most=1)


async def _held(folder: Path, messages: int) -> Held:
    async with served(folder) as service:
        talks = cycle((says("강좌"), registrations(service.course), says("강좌 7호"), says("내 신청")))
        held = [(0, memory(service.pid))]
        while held[-1][0] < messages:
            said = list(next(talks)(PART // A_TALK, A_TALK))
            await service.double.says(said)
            await service.double.is_settled()
            await service.double.forgets()
            held.append((held[-1][0] + len(said), memory(service.pid)))
    return held


def _slope(points: Sequence[tuple[int, float]]) -> float:
    """Of the straight line that is nearest to all."""
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((one - x) * (other - y) for one, other in points) / sum((one - x) ** 2 for one, _ in points)
