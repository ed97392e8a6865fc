"""What officers do meanwhile: an act at the console, a file that is brought in, a backup, and a migration elsewhere."""

import asyncio
import os
import random
import sqlite3
import sys
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from alembic import command
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table, func, select

from bot.console.signing import cookies
from storage.database import Transaction
from storage.engine import schema
from storage.engine.opening import open_database
from storage.tables import courses, inbox, journal
from tests.soak.city import City
from tests.support.console.counter import AtDesk, signed_in
from tests.support.domain import SEAL, SEOUL, School, write_key
from tests.support.service.process import ROOT

FILE = 30  # courses of a file
OLD = "0006"  # the revision from which a migration begins
OLD_ROWS = 500
HEADER = "과정번호,과정명,학기,장소,정원,접수시작,접수종료,시작일,종료일,요일,시작시간,종료시간"


class Officers:
    """`commands` are the processes that run now, by their word: a trouble may kill them."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.commands: dict[str, asyncio.subprocess.Process] = {}
        self.files: list[tuple[str, int]] = []  # the beginning of a file's codes, and how its import ended
        self.edited = 0
        self.copies = city.ground.folder / "copies"
        self.copies.mkdir(exist_ok=True)

    async def runs(self, word: str, *words: str, config: Path | None = None) -> int:
        """How a command ended; -9 where it was killed."""
        where = ("--config", str(config or self.city.services[0].config))
        started = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", word, *words, *where),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self.commands[word] = started
        with self.city.busy(word):
            self.said, _ = await started.communicate()
        self.commands.pop(word, None)
        self.city.counts[f"{word} runs"] += 1
        return started.returncode or 0

    # --- files ---

    async def import_again_and_again(self, every: float) -> None:
        while not self.city.is_over:
            await self.city.flows.wait()
            await self.imports()
            await asyncio.sleep(every)

    async def imports(self) -> None:
        begin = f"F{len(self.files)}-"
        file = self.city.ground.folder / f"{begin}.csv"
        today = datetime.now(SEOUL).date()
        days = [f"{today + timedelta(days=each)}" for each in (10, 20, 40, 80)]
        lines = (
            f"{begin}{number},꽃차 {begin}{number},2031년 상반기,강의실 {begin}{number},15,{days[0]} 09:00,{days[1]},"
            f"{days[2]},{days[3]},화,10:00,13:00"
            for number in range(FILE)
        )
        file.write_text("\n".join([HEADER, *lines, ""]))
        code = await self.runs("import", str(file), "--as-written")
        self.files.append((begin, code))
        if code == 1:
            self.city.counts["imports refused"] += 1
            self.city.notes.append(f"import: {self.said.decode()[-200:]}")

    async def halves(self) -> list[str]:
        """Files of which some courses are there and others aren't, and those that are told to be there and aren't."""
        query = select(courses.c.code).where(courses.c.code.like("F%-%"))
        codes = await self.city.asks(lambda tx: list(tx.execute(query).scalars()))
        found = {begin: sum(each.startswith(begin) for each in codes) for begin, _ in self.files}
        wrong = [f"{begin} has {found[begin]} of {FILE}" for begin, _ in self.files if found[begin] not in (0, FILE)]
        return wrong + [f"{begin} is gone" for begin, code in self.files if code == 0 and found[begin] != FILE]

    # --- backups ---

    async def back_up_again_and_again(self, every: float) -> None:
        while not self.city.is_over:
            await self.city.flows.wait()
            await self.backs_up()
            await asyncio.sleep(every)

    async def backs_up(self) -> None:
        copy = self.copies / "newest.backup"
        copy.unlink(missing_ok=True)
        answered = await self._answered()
        code = await self.runs("backup", str(copy))
        if code == 0 or copy.exists():
            missing = await asyncio.to_thread(self._missing, copy, answered) if self._is_file else set()
            if missing:
                self.city.faults.append(f"a backup lacks {len(missing)} messages that were answered before")
            self.city.counts["backups whole"] += 1
        elif code == 1:
            self.city.notes.append(f"backup: {self.said.decode()[-200:]}")

    @property
    def _is_file(self) -> bool:
        return self.city.ground.kind == "sqlite"

    async def _answered(self) -> set[str]:
        query = select(inbox.c.key).where(inbox.c.reply.is_not(None))
        return set(await self.city.asks(lambda tx: list(tx.execute(query).scalars())))

    def _missing(self, copy: Path, answered: set[str]) -> set[str]:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as opened:
            if opened.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                self.city.faults.append("a backup isn't whole")
            return answered - {row[0] for row in opened.execute("SELECT key FROM inbox WHERE reply IS NOT NULL")}

    # --- the console ---

    async def edit_again_and_again(self, every: float) -> None:
        """One course, whose supplies are changed each time: what was told to be done has to stand."""
        school = School(self.city.database)
        today = datetime.now(SEOUL).replace(hour=18, minute=0, second=0, microsecond=0)
        window = {"apply_start": today - timedelta(days=1), "apply_end": today + timedelta(days=7)}
        await self.city.town.opens(code="EDITED", supplies="0번", venue="실습실 Z", instructor="강사 Z", **window)
        while not self.city.is_over:
            await self.city.flows.wait()
            with suppress(httpx.TransportError, StopIteration, AssertionError, ValueError):
                school.now = datetime.now(SEOUL)
                await self._edits(school)
            await asyncio.sleep(every)

    async def _edits(self, school: School) -> None:
        await self._counts()
        service = self.city.any_service()
        token = await self.city.does(lambda tx: signed_in(tx, school, "kim", "officer"))
        async with httpx.AsyncClient(base_url=service.url, timeout=60) as http:
            http.cookies.set(cookies.name(service.url), token)
            desk, wanted = AtDesk(http), f"{self.edited + 1}번"
            with self.city.busy("console"):
                await desk.opens("/desk/courses/EDITED/edit")
                await desk.presses("저장", supplies=wanted)
                if "그대로 하기" in desk.text:
                    await desk.presses("그대로 하기")
            stands = await self.supplies() == wanted
            self.city.counts["console acts"] += stands
            self.edited += stands
            if not stands and desk.answer.status_code == 200 and "고쳤습니다" in desk.text:
                self.city.faults.append(f"an act was told and not done: {desk.text[:300]}")

    async def supplies(self) -> str:
        query = select(courses.c.supplies).where(courses.c.code == "EDITED")
        return str(await self.city.asks(lambda tx: tx.execute(query).scalar()))

    async def _counts(self) -> None:
        """An act may be done whose answer was cut off."""
        self.edited += await self.supplies() == f"{self.edited + 1}번"

    async def unwritten(self) -> list[str]:
        """Each change of that course stands in the journal, once."""
        await self._counts()
        query = select(func.count()).where(journal.c.action == "edit-course")
        written = int(await self.city.asks(lambda tx: tx.execute(query).scalar_one()))
        same = (written, await self.supplies()) == (self.edited, f"{self.edited}번")
        return [] if same else [f"{self.edited} acts were done, {written} stand in the journal"]

    # --- a migration, beside the others on a database of its own ---

    async def migrates(self, dice: random.Random) -> None:
        """From an old revision, killed on the way: it is at the old one or at the newest, and its rows are there."""
        folder = self.city.ground.folder / "older"
        folder.mkdir(exist_ok=True)
        url = await self._older(folder)
        killed = asyncio.create_task(self.runs("migrate", config=folder / "config.toml"))
        await asyncio.sleep(dice.uniform(0.3, 3.5))
        self.kill("migrate")
        await killed
        await self._is_whole(url, (OLD, schema.newest()))
        if await self.runs("migrate", config=folder / "config.toml"):
            self.city.faults.append(f"no migration after a kill: {self.said.decode()[-300:]}")
        await self._is_whole(url, (schema.newest(),))

    async def _older(self, folder: Path) -> str:
        url = f"sqlite+aiosqlite:///{folder}/older.db"
        for each in folder.glob("older.db*"):
            each.unlink()
        if not self._is_file:
            await self.city.ground.says("DROP DATABASE IF EXISTS older WITH (FORCE)", "postgres")
            await self.city.ground.says("CREATE DATABASE older", "postgres")
            url = self.city.ground.url("older")
        write_key(folder)
        tools = os.environ.get("BAEUMTOK_BACKUP__TOOLS", "")
        written = f'[database]\nurl = "{url}"\n' + (f'[backup]\ntools = "{tools}"\n' if tools else "")
        (folder / "config.toml").write_text(written)
        await _in(url, _begins)
        return url

    async def _is_whole(self, url: str, revisions: tuple[str, ...]) -> None:
        revision, rows = await _in(url, _looks)
        if revision not in revisions or rows != OLD_ROWS:
            self.city.faults.append(f"a migration that was killed left {revision} with {rows} rows")

    def kill(self, word: str) -> bool:
        """Whether such a command was running."""
        running = self.commands.get(word)
        if running is None:
            return False
        with suppress(ProcessLookupError):
            running.kill()
            self.city.counts["kills"] += 1
        return True


async def _in(url: str, work: Any) -> Any:
    database = await open_database(url, SEAL)
    try:
        return await database.write(work)
    finally:
        await database.close()


def _begins(tx: Transaction) -> None:
    """Tables of before, with rows."""
    command.upgrade(schema._config(tx), OLD)
    table = Table("courses", MetaData(), autoload_with=tx)
    needed = [each for each in table.columns if not each.nullable and each.name != "id"]
    row = {each.name: _something(each) for each in needed}
    tx.execute(table.insert(), [{**row, "code": f"O{number}"} for number in range(OLD_ROWS)])


def _something(column: Any) -> Any:
    kind = column.type.python_type
    now = datetime.now(SEOUL)
    known = {int: 1, bool: True, datetime: now, type(now.date()): now.date(), type(now.time()): now.time()}
    return known.get(kind, "")


def _looks(tx: Transaction) -> tuple[str | None, int]:
    revision = MigrationContext.configure(tx).get_current_revision()
    return revision, int(tx.execute(select(func.count()).select_from(courses)).scalar_one())
