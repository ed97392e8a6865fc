"""Messages answered a second, from the first word to the last reply as the Bot API double sees it.

All are said at once, nine each by many chats in turns, and every message is answered by one sendMessage. The service
polls and keeps everything in an SQLite file with synchronous = FULL; the echoes keep nothing. Rounds alternate; each
process runs throughout.
"""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from tests.bench.contestants import AIOGRAM, CARD, LIST, PTB, REGISTRATION, Contestant, Round, contestants
from tests.bench.figures import Figure, Size, ratio

OURS = (LIST, CARD, REGISTRATION)
WARM, FAST, SLOW = 270, 540, 54  # messages of a round; the slow echo answers one after the other
LATENCY = 50
ROUNDS: dict[Size, tuple[int, int]] = {"quick": (2, 1), "usual": (5, 3), "long": (15, 7)}  # at once, and late
Found = dict[str, list[Round]]


async def measure(folder: Path, size: Size) -> AsyncIterator[Figure]:
    async with contestants(folder, size == "long") as everybody:
        for each in everybody:
            await each.round(WARM, 0)
        rounds, late_rounds = ROUNDS[size]
        at_once = await _rounds(everybody, rounds, 0)
        late = await _rounds(everybody, late_rounds, LATENCY)
    for name in OURS:
        yield _ratio(at_once, name, PTB, 0, at_least=1, further=2)
    for name in OURS:
        yield _ratio(late, name, PTB, LATENCY, at_least=25)
    for name in OURS if AIOGRAM in at_once else ():
        yield _ratio(at_once, name, AIOGRAM, 0)
        yield _ratio(late, name, AIOGRAM, LATENCY)
    for found, latency in ((at_once, 0), (late, LATENCY)):
        for name, each in found.items():
            yield Figure(f"{name}, {latency} ms", tuple(one.a_second for one in each), "/s")
    for name, each in at_once.items():
        yield Figure(f"{name}: CPU a message", tuple(one.cpu_ms for one in each), "ms")
    yield Figure("the Bot API double: CPU a message", tuple(one.double_ms for one in at_once[PTB]), "ms")


async def _rounds(everybody: Sequence[Contestant], rounds: int, latency: int) -> Found:
    found: Found = {each.name: [] for each in everybody}
    for _ in range(rounds):
        for each in everybody:
            few = latency and each.name == PTB
            found[each.name].append(await each.round(SLOW if few else FAST, latency))
    return found


def _ratio(found: Found, ours: str, theirs: str, latency: int, **goal: float) -> Figure:
    speeds = [[one.a_second for one in found[name]] for name in (ours, theirs)]
    return ratio(f"{ours} / {theirs}, {latency} ms", *speeds, **goal)
