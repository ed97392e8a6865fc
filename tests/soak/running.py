"""A run: everybody at work, troubles in turns, the promises after each, and the table."""

import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from storage.tables import survey_rounds
from tests.soak import promises, troubles
from tests.soak.city import PATIENCE, City, inhabited
from tests.soak.ground import Ground, Kind
from tests.soak.officers import Officers
from tests.soak.pushes import Pushes
from tests.soak.residents import Residents
from tests.soak.troubles import Scene
from tests.support.databases.backups import TOOLS
from tests.support.domain import SEOUL, School
from tests.support.surveys.poll import Office, standard

MOST_FAULTS = 20  # after which a run is over
LOG_LINES = 40
LONGEST = 1500.0  # seconds that a trouble may take to be made: 10,000 sessions on a machine that has much else to do


async def soak(kind: Kind, seed: int, seconds: float, is_short: bool = False, only: Sequence[str] = ()) -> list[str]:
    """What was wrong; the table is printed."""
    folder = Path(tempfile.mkdtemp(prefix="soak-", dir=os.environ.get("SOAK_FOLDER")))
    ground, began = Ground(kind, folder), time.monotonic()
    try:
        with _tools():
            async with inhabited(ground, seed) as city:
                await _run(city, seconds, is_short, only)
                print(_table(city, seed, time.monotonic() - began), flush=True)
                if city.faults:
                    _keep_logs(city)
                return city.faults
    finally:
        await ground.ends()


@contextmanager
def _tools() -> Iterator[None]:
    """Where PostgreSQL's tools are, for backups."""
    os.environ["BAEUMTOK_BACKUP__TOOLS"] = str(TOOLS)
    try:
        yield
    finally:
        del os.environ["BAEUMTOK_BACKUP__TOOLS"]


async def _run(city: City, seconds: float, is_short: bool, only: Sequence[str]) -> None:
    residents, pushes, officers = Residents(city), Pushes(city), Officers(city)
    scene = Scene(city, residents, pushes, officers, random.Random(city.dice.random()), is_short, only)
    visiting = await _come(scene)
    reporting = asyncio.create_task(pushes.are_reported())
    until = time.monotonic() + seconds
    try:
        await _troubles(scene, until, visiting)
        city.is_over = True
        await _leave(city, visiting)
    finally:
        for each in visiting:
            each.cancel()
    for service in city.services:  # whoever sends now gives up what was on its way when others died
        await service.stop()
        await service.launch()
    await city.gets_well()
    await city.catches_up()
    await pushes.settle(PATIENCE)
    reporting.cancel()
    city.faults += await promises.in_the_end(city, residents, pushes, officers)


async def _come(scene: Scene) -> list[asyncio.Task[None]]:
    residents, pushes, officers, is_short = scene.residents, scene.pushes, scene.officers, scene.is_short
    round_id = await _survey(scene.city)
    work = [
        *(residents.on_telegram() for _ in range(3 if is_short else 8)),
        *(residents.asking() for _ in range(2)),
        *(residents.on_web() for _ in range(1 if is_short else 3)),
        *(residents.on_kakao() for _ in range(1 if is_short else 2)),
        residents.on_survey(round_id),
        pushes.keep_coming(8, 4 if is_short else 8),
        *([] if is_short else [officers.import_again_and_again(25), officers.back_up_again_and_again(35)]),
        officers.edit_again_and_again(0.5 if is_short else 1.5),
    ]
    return [asyncio.create_task(each) for each in work]


async def _survey(city: City) -> int:
    """The round of a survey that is open for everybody."""
    now, school = datetime.now(SEOUL), School(city.database)
    school.now = now
    days = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=3)}
    told = await Office(school).imports(standard(**{name: f"{each:%Y-%m-%d} 21:00" for name, each in days.items()}))
    assert "새로" in told[0], told
    while True:
        found = await city.asks(lambda tx: tx.execute(select(survey_rounds.c.id)).scalars().first())
        if found is not None:
            return int(found)
        await asyncio.sleep(0.2)


async def _troubles(scene: Scene, until: float, visiting: list[asyncio.Task[None]]) -> None:
    city, number = scene.city, 0
    await asyncio.sleep(3)
    while time.monotonic() < until and len(city.faults) < MOST_FAULTS:
        for name, trouble in troubles.order(scene):
            if time.monotonic() > until or len(city.faults) >= MOST_FAULTS:
                return
            began, number = time.monotonic(), number + 1
            await _one(scene, name, trouble)
            for each in visiting:
                if each.done():
                    city.faults.append(f"{name}: {_why(each)}")
                    print(f"  FAULT {city.faults[-1]}", flush=True)
            visiting[:] = [each for each in visiting if not each.done()]
            print(
                f"  {number:3} {name:<24} {time.monotonic() - began:5.1f} s  {city.told}  {len(city.faults)} faults",
                flush=True,
            )
            await asyncio.sleep(scene.dice.uniform(0.5, 1) if scene.is_short else scene.dice.uniform(2, 6))
        if scene.is_short:
            return


async def _one(scene: Scene, name: str, trouble: troubles.Trouble) -> None:
    """The trouble, and whether all is as it has to be once it is over."""
    city = scene.city
    before = len(city.faults)
    async with city.trouble():
        print(f"      {name} …", flush=True)
        try:
            async with asyncio.timeout(LONGEST):
                await trouble(scene)
        except Exception as error:
            city.faults.append(f"the trouble itself went wrong: {type(error).__name__}: {error}")
        struck = time.monotonic()
        await city.gets_well()
    well = time.monotonic()
    await city.catches_up()
    city.faults += await promises.by_sql(city)
    city.told = f"well after {well - struck:.1f} s, caught up after {time.monotonic() - well:.1f} s"
    city.faults[before:] = [f"after «{name}»: {each}" for each in city.faults[before:]]
    for each in city.faults[before:]:
        print(f"  FAULT {each}", flush=True)


async def _leave(city: City, visiting: list[asyncio.Task[None]]) -> None:
    """Everybody goes on to their end."""
    until, late = time.monotonic() + PATIENCE * 1.5, set(visiting)
    while late and time.monotonic() < until:
        _, late = await asyncio.wait(late, timeout=10)
        names = Counter(getattr(each.get_coro(), "__name__", "") for each in late)
        print(f"  on their way to the end: {dict(names)}", flush=True)
    for each in late:
        each.cancel()
        city.faults.append(f"never came to their end: {each.get_coro()}")
    city.faults += [f"in the end: {_why(each)}" for each in visiting if each not in late and each.exception()]


def _why(task: asyncio.Task[None]) -> str:
    error = task.exception()
    return f"somebody's way broke off: {type(error).__name__}: {error}"


def _table(city: City, seed: int, seconds: float) -> str:
    lost, twice = (sum(word in each for each in city.faults) for word in ("lost", "twice"))
    disk = "a tmpfs of its own" if city.ground.is_mounted else "not mounted: no full disk"
    lines = [
        f"\nsoak on {city.ground.kind}, seed {seed}, {seconds:.0f} s, {len(city.services)} processes, disk: {disk}"
    ]
    lines += [f"  {name:<34}{count:>8}" for name, count in sorted(city.counts.items())]
    lines += [f"  {each}" for each in dict.fromkeys(city.notes)]
    lines += [f"  lost {lost}, twice {twice}, other faults {len(city.faults) - lost - twice}"]
    return "\n".join(lines + [f"  FAULT {each}" for each in city.faults])


def _keep_logs(city: City) -> None:
    kept = Path("var/soak")
    kept.mkdir(parents=True, exist_ok=True)
    for number, service in enumerate(city.services):
        shutil.copy(city.ground.folder / str(number) / "service.log", kept / f"service-{number}.log")
        print("".join(f"    {line}\n" for line in service.logs.splitlines()[-LOG_LINES:]), file=sys.stderr)
