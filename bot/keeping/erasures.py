"""Who was erased, in files beside the database and its backups, so that an older backup brings nobody back.

A line holds a record's number, a digest that only its own database can make, and when: nothing of the person.
"""

import asyncio
import logging
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import inspect

from bot.settings import Settings
from storage.database import Database, Transaction
from storage.engine.opening import file_of
from storage.people.forgetting import erasing
from storage.people.forgetting.erasing import Erasure
from storage.tables import erasures

log = logging.getLogger(__name__)

NAME = "note erasures"
FILE = "baeumtok.erased"
TOGETHER = 20  # people who are erased again in one unit of work


def files(settings: Settings) -> list[Path]:
    """One where the database is, or the settings, and one where the backups are: whichever is lost, the other stays."""
    database, folder = file_of(settings.database.url), settings.backup.folder
    beside = database.with_suffix(".erased") if database else settings.key_file.with_name(FILE)
    return [beside, *([folder / FILE] if folder else [])]


def read(paths: Iterable[Path]) -> set[Erasure]:
    """All that they tell; a line that was broken off tells nothing."""
    lines = (line for path in paths if path.is_file() for line in path.read_text("ascii", "replace").splitlines())
    return {found for line in lines if (found := _parsed(line))}


def _parsed(line: str) -> Erasure | None:
    try:
        number, proof, moment, end = line.split(" ")
        return Erasure(int(number), proof, datetime.fromisoformat(moment)) if end == "." else None
    except ValueError:
        return None


def add(paths: Iterable[Path], known: Iterable[Erasure]) -> None:
    """What they don't tell yet, for good: it is on the disk once this returns."""
    for path in paths:
        missing = set(known) - read([path])
        if missing:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _append(path, sorted(missing))


def _append(path: Path, these: Sequence[Erasure]) -> None:
    """At the end, as others may be doing the same; a line that was broken off is ended first."""
    text = "".join(f"{each.resident_id} {each.proof} {each.erased_at.isoformat()} .\n" for each in these)
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
        file.write(f"\n{text}".encode() if file.tell() else text.encode())
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Noting:
    """What the table has got since the last time goes into the files: looked for at every tick."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._files = files(settings)
        self._database = database
        self._noted = 0

    async def tend(self) -> None:
        count = await self._database.read(erasing.count_done)
        if count != self._noted:
            known = await self._database.read(erasing.done)
            await asyncio.to_thread(add, self._files, known)
            self._noted = len(known)


async def do_again(settings: Settings, database: Database, known: Iterable[Erasure] = ()) -> int:
    """Erase whoever was erased after this database was copied: how many. It must be up to date."""
    told = {*known, *await asyncio.to_thread(read, files(settings))}
    again = await database.read(partial(erasing.undone, known=told)) if told else []
    attended = settings.retention.attended
    for first in range(0, len(again), TOGETHER):
        these = again[first : first + TOGETHER]
        await database.write(partial(erasing.do_again, again=these, attended=attended))
    if again:
        log.warning("erased again people=%s: this database was copied before they were erased", len(again))
    return len(again)


async def note(settings: Settings, database: Database) -> None:
    """What the table has, in the files; also of a database that has to be brought up to date first."""

    def known(tx: Transaction) -> list[Erasure]:
        return erasing.done(tx) if inspect(tx).has_table(erasures.name) else []

    add(files(settings), await database.read(known))
