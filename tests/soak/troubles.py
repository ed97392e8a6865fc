"""What goes wrong, one after the other in an order that the seed gives."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import aiohttp

from tests.soak import crowds, outages
from tests.soak.city import PATIENCE, City
from tests.soak.malformed import malformed
from tests.soak.officers import Officers
from tests.soak.pushes import Pushes
from tests.soak.residents import Residents
from tests.support.service.process import Service
from tests.walks.travelling import VARIABLE

SAID = "another process receives with the same token"


@dataclass
class Scene:
    city: City
    residents: Residents
    pushes: Pushes
    officers: Officers
    dice: random.Random
    is_short: bool = False
    only: Sequence[str] = ()


Trouble = Callable[[Scene], Awaitable[None]]


async def _until(is_so: Callable[[], object], seconds: float = 20.0) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not is_so():
                await asyncio.sleep(0.002)


# --- kill -9 while something is in hand ---


async def kill_while(path: str, scene: Scene) -> None:
    city = scene.city
    if path == "push":
        before = sum(map(len, city.event.got.values())) + len(city.dealer.account.messages)
        await scene.pushes.are_owed(8)
        arrived = lambda: sum(map(len, city.event.got.values())) + len(city.dealer.account.messages)  # noqa: E731
        await _until(lambda: arrived() > before)
    else:
        await _until(lambda: city.in_hand[path] or (path == "telegram" and city.owed()))
    await asyncio.sleep(scene.dice.uniform(0, 0.25))
    await city.kills(scene.dice.choice(city.services))
    if scene.dice.random() < 0.3:  # once more while it only starts
        await asyncio.sleep(scene.dice.uniform(0, 1.5))
        await city.kills(city.services[0])
    city.counts[f"kills on {path}"] += 1


async def kill_unconfirmed(scene: Scene) -> None:
    """Telegram isn't told any more that we have what is stored, and so brings it once more."""
    city, updates = scene.city, scene.city.api.updates
    fault = city.api.fail("getUpdates", "timeout", None)
    try:
        await _until(lambda: updates.handed_at.keys() & updates.pending.keys(), PATIENCE)
        await asyncio.sleep(scene.dice.uniform(0.2, 1))
        city.counts["updates brought once more"] += len(updates.handed_at.keys() & updates.pending.keys())
        for service in city.services:
            await city.kills(service)
    finally:
        fault.over.set()
        city.api.faults.planned.remove(fault)
    city.counts["kills before it was confirmed"] += 1


async def kill_command(word: str, scene: Scene) -> None:
    officers = scene.officers
    await _until(lambda: word not in officers.commands, PATIENCE)
    running = asyncio.create_task(officers.imports() if word == "import" else officers.backs_up())
    await asyncio.sleep(scene.dice.uniform(0.5, 4))
    scene.city.counts[f"kills on {word}"] += officers.kill(word)
    await running


async def kill_migration(scene: Scene) -> None:
    await scene.officers.migrates(scene.dice)
    scene.city.counts["kills on migrate"] += 1


async def restart(scene: Scene) -> None:
    """As operators do it."""
    for service in scene.city.services:
        if (code := await service.stop()) != 0:
            scene.city.faults.append(f"SIGTERM ended with {code}")
        await service.launch()
    scene.city.counts["restarts"] += 1


# --- the disk and the database ---


async def disk_full(scene: Scene) -> None:
    if not scene.city.ground.is_mounted:
        scene.city.notes.append("disk full: skipped, as no small disk may be mounted here")
        return
    with scene.city.ground.filled():
        await asyncio.sleep(scene.dice.uniform(3, 8))
        if scene.dice.random() < 0.5:
            await scene.city.kills(scene.city.services[0])  # it must start on a disk that is full, or end in words
            await asyncio.sleep(2)
    await scene.city.ground.comes_up()
    for service in scene.city.services:
        if not service.is_running:
            await service.launch()
    scene.city.counts["disks full"] += 1


async def database_locked(scene: Scene) -> None:
    async with scene.city.ground.held():
        await asyncio.sleep(11 if scene.is_short else 30)
    scene.city.counts["databases locked"] += 1


async def postgres_restarted(scene: Scene) -> None:
    if scene.city.ground.kind == "postgres":
        await scene.city.ground.restarts(scene.dice.choice(["fast", "immediate"]))
        scene.city.counts["PostgreSQL restarted"] += 1


async def clock_jumps(scene: Scene) -> None:
    """Hours or years ahead or back for some seconds; what can't be undone waits meanwhile."""
    far, near = [-24 * 400, -5, 3, 24 * 30, 24 * 400], [-0.1, 0.1]  # nobody doubts a near one: all is late by as much
    hours = scene.dice.choice(far if scene.is_short else [*far, *near])
    scene.city.turns_clock(hours * 3600)
    await asyncio.sleep(scene.dice.uniform(4, 7))
    scene.city.turns_clock(0)
    scene.city.counts["clock jumps"] += 1


# --- services outside ---


async def outage_of(service: str, kind: object, scene: Scene) -> None:
    with outages.outage(scene.city, service, kind, scene.dice):
        if service != "telegram":
            await scene.pushes.are_owed(6, by_number=service == "alimtalk")
        await asyncio.sleep(scene.dice.uniform(2, 5))
    scene.city.counts["outages"] += 1


async def telegram_away(scene: Scene) -> None:
    await outages.away(scene.city, scene.dice)
    scene.city.counts["outages"] += 1


# --- too many ---


async def flood(scene: Scene) -> None:
    await crowds.flood(scene.city, scene.residents)


async def many_sessions(scene: Scene) -> None:
    await crowds.sessions(scene.city, 300 if scene.is_short else 10_000)


async def half_connections(scene: Scene) -> None:
    await crowds.half_connections(scene.city, 200, 3 if scene.is_short else 20)


async def no_descriptors(scene: Scene) -> None:
    with crowds.few_descriptors(scene.city):
        await crowds.half_connections(scene.city, 60, 4)
    scene.city.counts["descriptors exhausted"] += 1


async def malformed_bodies(scene: Scene) -> None:
    await malformed(scene.city, 13 if scene.is_short else 1)


# --- two with one token ---


async def two_instances(scene: Scene) -> None:
    """Another database with the same token: one of the two says so, and stands back. Nobody speaks meanwhile."""
    city, ground = scene.city, scene.city.ground
    city.flows.clear()
    await _until(lambda: not (city.in_hand["telegram"] + city.in_hand["asking"]), PATIENCE)
    folder = ground.folder / "other"
    folder.mkdir(exist_ok=True)
    (folder / "service.log").unlink(missing_ok=True)
    url = f"sqlite+aiosqlite:///{folder}/other.db"
    other = Service(
        folder, url, city.api, program=city.services[0]._program, **{VARIABLE: str(ground.folder / "clock")}
    )
    await other.launch()
    try:
        before = sum(SAID in each.logs for each in (*city.services, other))
        await _until(lambda: sum(SAID in each.logs for each in (*city.services, other)) > before, PATIENCE)
        told = await _told([*city.services, other])
        if not told:
            city.faults.append("two instances with one token, and neither says so")
        city.notes.append(f"two instances: said by {told} of {len(city.services) + 1}")
    finally:
        await other.kill()
        city.flows.set()
    city.counts["two instances"] += 1


async def second_on_the_file(scene: Scene) -> None:
    """A second process on the same file is refused in a sentence."""
    city = scene.city
    if city.ground.kind != "sqlite":
        return
    folder = city.ground.folder / "second"
    folder.mkdir(exist_ok=True)
    second = Service(folder, city.ground.database_url, city.api)
    await second.launch()
    await _until(lambda: not second.is_running or "started" in second.logs, PATIENCE)
    if is_refused := not second.is_running:
        code = await second.exit_code()
    else:
        await second.kill()
    if not is_refused or code != 1 or "이미 이 데이터베이스로 실행 중입니다" not in second.logs:
        city.faults.append(f"a second process on the file isn't refused: {second.logs[-200:]}")
    city.counts["second processes refused"] += 1


async def _told(services: Sequence[Service]) -> int:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as session:
        healths = [await each.health(session) for each in services]
    return sum(SAID in text for _, text in healths) or sum(SAID in each.logs for each in services)


KILLS: dict[str, Trouble] = {
    **{
        f"kill: {path}": partial(kill_while, path) for path in ("telegram", "web", "kakao", "survey", "console", "push")
    },
    **{f"kill: {word}": partial(kill_command, word) for word in ("import", "backup")},
    "kill: migrate": kill_migration,
    "kill: unconfirmed": kill_unconfirmed,
}
OUTAGES: dict[str, Trouble] = {
    f"{service}: {kind}": partial(outage_of, service, kind)
    for service, kinds in outages.KINDS.items()
    for kind in kinds
}
OTHERS: dict[str, Trouble] = {
    "restart": restart,
    "disk full": disk_full,
    "database locked": database_locked,
    "PostgreSQL restarted": postgres_restarted,
    "clock jumps": clock_jumps,
    "clock jumps again": clock_jumps,
    "Telegram away": telegram_away,
    "flood": flood,
    "half connections": half_connections,
    "no descriptors": no_descriptors,
    "malformed bodies": malformed_bodies,
    "second on the file": second_on_the_file,
}
LONG: dict[str, Trouble] = {"sessions": many_sessions, "two instances": two_instances}


EVERY = {**KILLS, **OUTAGES, **OTHERS, **LONG}
SHORT = (
    *("kill: telegram", "kill: web", "kill: push", "kill: import", "alimtalk: reset", "clock jumps"),
    "malformed bodies",
)


def order(scene: Scene) -> list[tuple[str, Trouble]]:
    """A round: each trouble once, kills twice; or the cheap ones, or those that were asked for."""
    names = list(scene.only or (SHORT if scene.is_short else (*KILLS, *EVERY)))
    scene.dice.shuffle(names)
    return [(name, EVERY[name]) for name in names]
