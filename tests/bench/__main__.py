"""`python -m tests.bench`: messages answered a second, beside a bare echo bot in the same run."""

import argparse
import asyncio
import os
import platform
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import telegram

from tests.bench import (
    chatting,
    consoling,
    digests,
    forgetting,
    planning,
    postings,
    rehearsing,
    scanning,
    surveying,
    yearly,
)
from tests.bench.contestants import Contestant, contestants

SLOWEST = "bare echo, as it comes"  # it answers one message after the other, so it gets fewer when each takes long
ABOUT = """
Messages answered a second, from the first word to the last reply as the Bot API double sees it: all are said at once,
10 each by many chats in turns. Every message is answered by one sendMessage. The service polls and keeps everything in
an SQLite file with synchronous = FULL; the echo keeps nothing. Rounds alternate; each process runs throughout.
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--messages", type=int, default=1000, help="messages a round")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baeumtok-bench-") as folder:
        asyncio.run(_run(Path(folder), given.rounds, given.messages))
        asyncio.run(planning.run(Path(folder)))
        for bench in (postings, digests, surveying, rehearsing, forgetting, chatting, consoling, scanning, yearly):
            with tempfile.TemporaryDirectory(dir=folder) as own:
                asyncio.run(bench.run(Path(own)))


async def _run(folder: Path, rounds: int, messages: int) -> None:
    print(ABOUT)
    print(f"Python {platform.python_version()}, python-telegram-bot {telegram.__version__}, {os.cpu_count()} cores")
    async with contestants(folder) as everybody:
        for each in everybody:  # a round to get warm
            await each.round(min(messages, 200), 0)
        for latency in (0, 50):
            await _compare(everybody, rounds, messages, latency)


async def _compare(everybody: Sequence[Contestant], rounds: int, messages: int, latency: int) -> None:
    speeds: dict[str, list[float]] = {each.name: [] for each in everybody}
    for _ in range(rounds):
        for each in everybody:
            few = latency and each.name == SLOWEST
            speeds[each.name].append(await each.round(60 if few else messages, latency))
    yardstick = [median(speeds[each.name]) for each in everybody if each.name.startswith("bare")]
    print(
        f"\nBot API latency {latency} ms, median of {rounds} rounds\n{'':32}{'a second':>10}{'÷ echo':>9}{'÷ conc.':>9}"
    )
    for name, found in speeds.items():
        ratios = "".join(f"{median(found) / echo:>9.2f}" for echo in yardstick)
        print(f"{name:32}{median(found):>10.0f}{ratios}   ({', '.join(f'{speed:.0f}' for speed in found)})")


main()
