"""The database, its key and the clock: whether a message could be stored now, and read again."""

import os
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from bot.checks.result import Result
from bot.health import LEAST_ROOM
from bot.keeping import keys
from bot.settings import Settings, SettingsError
from bot.ticks import wall
from handlers.staff.access import review
from handlers.staff.desk.desk import Desk
from storage.audit import chain
from storage.database import Database, DatabaseError, OutdatedError, Transaction
from storage.engine import pulse, schema
from storage.engine.ailments import SENTENCES, Ailment, of, sentence
from storage.engine.opening import file_of, open_database
from storage.keys.sealing import KEY_BYTES, Seal

NAME, KEY, CLOCK = "데이터베이스", "열쇠", "시계"
AT_THE_START = "아직 없습니다. 처음 시작할 때 만듭니다"
NOT_OURS = (
    "이 사용자는 표를 만들 수 없습니다. 이 사용자가 소유한 데이터베이스를 만들어 주세요 (CREATE DATABASE … OWNER …)"
)
OLDEST = (14,)  # of PostgreSQL


async def check(settings: Settings) -> list[Result]:
    file = file_of(settings.database.url)
    if file and not file.exists():
        return [_place(file)]
    try:
        seal = keys.read(settings.key_file) if settings.key_file.exists() else Seal(secrets.token_bytes(KEY_BYTES))
        database = await open_database(settings.database.url, seal)
    except SettingsError as error:
        return [Result(KEY, False, str(error))]
    except DatabaseError as error:
        return [Result(NAME, False, (sentence(error.__cause__) if error.__cause__ and file else "") or str(error))]
    try:
        return await _inside(database, settings)
    except (SQLAlchemyError, OSError) as error:
        return [Result(NAME, False, sentence(error) or f"읽을 수 없습니다 ({type(error).__name__})")]
    finally:
        await database.close()


def _place(file: Path) -> Result:
    """Whether it could be made: where it, or the folder for it, would stand."""
    folder = next(each for each in file.absolute().parents if each.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return Result(
            NAME, False, f"{file}: 여기에 만들 수 없습니다. {folder}의 권한을 확인하거나 database.url을 고쳐 주세요"
        )
    if _is_full(folder):
        return Result(NAME, False, SENTENCES[Ailment.FULL])
    return Result(NAME, True, AT_THE_START)


def _is_full(folder: Path) -> bool:
    return shutil.disk_usage(folder).free < LEAST_ROOM


async def _inside(database: Database, settings: Settings) -> list[Result]:
    if too_old := await database.read(_too_old):
        return [Result(NAME, False, too_old)]
    if await database.read(schema.is_empty):
        return [await _beginning(database)]
    if not settings.key_file.exists() and await database.read(schema.has_a_key):
        return [Result(KEY, False, keys.lost(settings.key_file))]
    try:
        await database.read(schema.check)
    except OutdatedError:
        todo = "서비스를 다시 시작하거나 baeumtok migrate를 해 주세요. 그 전에 백업을 저절로 만듭니다"
        return [Result(NAME, False, f"새 버전으로 바꾸어야 합니다. {todo}")]
    except DatabaseError as error:
        return [Result(NAME, False, str(error))]
    return [
        await _writing(database, settings),
        _key(database, settings),
        await _journal(database),
        *await _reviews(database, settings),
        await _clock(database, settings),
    ]


def _too_old(tx: Transaction) -> str:
    """Of a PostgreSQL; SQLite comes with Python."""
    version = tx.dialect.server_version_info or OLDEST
    if tx.dialect.name != "postgresql" or version >= OLDEST:
        return ""
    return f"PostgreSQL {version[0]}입니다. {OLDEST[0]} 이상으로 올려 주세요"


async def _beginning(database: Database) -> Result:
    """Whether tables could be made in what is empty."""
    try:
        await database.write(schema.probe)
    except (SQLAlchemyError, OSError) as error:
        if not database.file and of(error) is Ailment.READ_ONLY:
            return Result(NAME, False, NOT_OURS)
        return Result(NAME, False, sentence(error) or f"쓸 수 없습니다 ({type(error).__name__})")
    return Result(NAME, True, "연결했습니다. 비어 있어 처음 시작할 때 채웁니다")


async def _writing(database: Database, settings: Settings) -> Result:
    try:
        await database.write(pulse.probe)
    except (SQLAlchemyError, OSError) as error:
        return Result(NAME, False, sentence(error) or f"쓸 수 없습니다 ({type(error).__name__})")
    file = database.file
    if file and _is_full(file.parent):
        return Result(NAME, False, SENTENCES[Ailment.FULL])
    return Result(NAME, True, f"연결했고 쓸 수 있습니다{_too_open(settings.key_file, file)}")


def _key(database: Database, settings: Settings) -> Result:
    if not database.seal.ring.is_settled:
        return Result(KEY, False, "열쇠를 바꾸는 중이거나 바꾸다 멈추었습니다. baeumtok rotate-key로 끝까지 해 주세요")
    return Result(KEY, True, keys.to_keep(settings))


def _too_open(*files: Path | None) -> str:
    """What isn't wrong enough to be told in red: files of an older version were made as the machine makes files."""
    found = [f"{file}" for file in files if file and file.exists() and file.stat().st_mode & 0o077]
    return f". 다른 사람도 읽을 수 있으니 좁혀 주세요: chmod 600 {' '.join(found)}" if found else ""


async def _journal(database: Database) -> Result:
    broken = await database.read(chain.broken)
    told = f"{broken}번 기록이 처음 적힌 것과 다르거나 그 앞의 기록이 없습니다. 백업과 견주어 주세요"
    return Result("한 일의 기록", broken is None, told if broken is not None else "끊긴 곳이 없습니다")


async def _reviews(database: Database, settings: Settings) -> list[Result]:
    """A hint alone: nothing stands still because nobody has looked a month through."""
    desk = Desk(settings.to_organization(), datetime.now(UTC))
    months = await database.read(lambda tx: review.unsigned(tx, desk))
    if not months:
        return []
    todo = f"baeumtok access-log --month {months[0]}로 보고, 살펴본 뒤 --sign을 붙여 주세요"
    return [Result("접속기록", True, f"아직 확인하지 않은 달이 있습니다: {', '.join(map(str, months))}. {todo}")]


async def _clock(database: Database, settings: Settings) -> Result:
    """Whether a service that starts now would believe the clock."""
    now, seen = datetime.now(UTC), await database.read(pulse.look)
    fault = wall.misfit(now, seen.believed_at, seen.newest)
    if not fault:
        return Result(CLOCK, True, "기록과 어긋나지 않습니다")
    zone = ZoneInfo(settings.timezone)
    known = (seen.newest if fault == wall.BEHIND else seen.believed_at) or now
    here, last = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (now, known))
    told = (
        f"가장 새 기록({last})보다 이릅니다" if fault == wall.BEHIND else f"마지막으로 돌던 때({last})에서 너무 멉니다"
    )
    todo = "시계를 맞춰 주세요. 지금이 맞는 시각이면 baeumtok trust-clock을 해 주세요"
    return Result(CLOCK, False, f"컴퓨터의 시계가 {here}인데, {told}. {todo}")
