"""Backups: copies of the database that were opened and are whole, made by the clock, by hand, and before migrations."""

import asyncio
import logging
import os
import re
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import metrics
from bot.settings import Settings
from storage.copies import opening
from storage.copies.copy import Copier, Copy, CopyError
from storage.database import Database
from storage.engine import ailments, schema
from storage.engine.ailments import Ailment
from storage.engine.opening import file_of

log = logging.getLogger(__name__)

NAME = "backup"
FAULT = f"{NAME}: the last one failed"
_NIGHTLY = re.compile(r"baeumtok-(\d{4}-\d\d-\d\d)\.(?:db|dump)")


def copier_of(settings: Settings) -> Copier:
    return opening.copier(settings.database.url, settings.backup.tools)


def make(copier: Copier, target: Path) -> Copy:
    """Whole and looked through, or not at all. Raises CopyError and OSError."""
    beside = target.with_name(f".{secrets.token_hex(8)}.tmp")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        copier.make(beside)
        copy = _examined(copier, beside)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    except sqlite3.Error as error:
        if ailments.of(error) in (Ailment.DAMAGED, Ailment.CLOSED):  # the database is ill, not the disk of the copy
            raise CopyError(f"백업하지 못했습니다. {ailments.sentence(error)}.") from error
        raise CopyError(f"백업을 쓸 수 없습니다 ({error}). 디스크에 자리가 있는지 확인해 주세요.") from error
    finally:
        beside.unlink(missing_ok=True)
    return copy


def _examined(copier: Copier, copy: Path) -> Copy:
    try:
        return copier.examine(copy)
    except CopyError as error:
        raise CopyError(
            "데이터베이스가 비어 있거나 깨져 온전한 백업이 되지 않았습니다. baeumtok check로 확인해 주세요."
        ) from error


async def before_migration(settings: Settings, database: Database) -> Path | None:
    """A copy of what an upgrade is about to change, and where it is; None when there is nothing to change."""
    if not await database.read(schema.is_outdated):
        return None
    copier, now = copier_of(settings), datetime.now(ZoneInfo(settings.timezone))
    target = _folder(settings) / f"baeumtok-before-{schema.newest()}-{now:%Y%m%d-%H%M%S}{copier.ending}"
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        await asyncio.to_thread(make, copier, target)
    except (CopyError, OSError) as error:
        raise CopyError(
            f"새 버전으로 바꾸기 전에 백업하지 못해 바꾸지 않았습니다: {error}\n"
            "다른 방법으로 백업했다면 baeumtok migrate --without-backup으로 바꿀 수 있습니다."
        ) from error
    log.info("backed up before the migration file=%s", target)
    return target


def _folder(settings: Settings) -> Path:
    """Where it is set, else beside the database, else beside the settings."""
    file = file_of(settings.database.url)
    return settings.backup.folder or (file.parent if file else settings.key_file.parent)


def nightly(folder: Path) -> list[tuple[date, Path]]:
    """Those that the clock made, the oldest first."""
    return sorted((day, path) for path in folder.glob("*") if (day := _day(path.name)))


def _tell_newest(folder: Path) -> None:
    """Of whichever process made it: one that has just started would tell of none until the next night."""
    made = nightly(folder)
    with suppress(OSError):  # deleted meanwhile
        metrics.BACKED_UP.set(made[-1][1].stat().st_mtime if made else 0)


def _day(name: str) -> date | None:
    named = _NIGHTLY.fullmatch(name)
    try:
        return date.fromisoformat(named[1]) if named else None
    except ValueError:
        return None


class Nightly:
    """One a day, at its hour or as soon as the service runs after it."""

    def __init__(self, settings: Settings, database: Database, now: Callable[[], datetime]) -> None:
        self._settings = settings.backup
        self._zone = ZoneInfo(settings.timezone)
        self._copier = copier_of(settings)
        self._database = database
        self._now = now
        self._has_failed = False

    def fault(self) -> str:
        return FAULT if self._has_failed else ""

    async def tend(self) -> None:
        folder, now = self._settings.folder, self._now().astimezone(self._zone)
        if folder is None:
            return
        _tell_newest(folder)
        day = self._due(now)
        if day is None:
            return
        target = folder / f"baeumtok-{day}{self._copier.ending}"
        leadership = None if target.exists() else await self._database.lead(NAME)
        if leadership:
            async with leadership:
                await self._make(target)

    def _due(self, now: datetime) -> date | None:
        """Today's from its hour on; that of the evening before for half a day, as midnight may come between."""
        if now.time() >= self._settings.at:
            return now.date()
        yesterday = now.date() - timedelta(days=1)
        late = now - datetime.combine(yesterday, self._settings.at, now.tzinfo)
        return yesterday if late <= timedelta(hours=12) else None

    async def _make(self, target: Path) -> None:
        try:
            await asyncio.to_thread(self._write, target)
        except (CopyError, OSError) as error:
            self._has_failed = True
            log.error("no backup error=%s", error)
        else:
            self._has_failed = False
            metrics.BACKED_UP.set(self._now().timestamp())
            log.info("backed up file=%s", target)

    def _write(self, target: Path) -> None:
        """The old ones go once the new one is whole."""
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        make(self._copier, target)
        for _, path in nightly(target.parent)[: -self._settings.keep]:
            path.unlink(missing_ok=True)
