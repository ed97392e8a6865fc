"""Keeping what is known: backup and restore, and the word of an operator for the clock."""

import argparse
import asyncio
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from bot import settings
from bot.keeping import backups, erasures, keys, rotating
from bot.keeping.rotating import Rotation
from bot.settings import Settings, SettingsError
from bot.terminal.command import Commands, add, look, officer, opened, tell
from bot.terminal.writing import add_force, refuse_taken, why
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.masked import mask_numbers
from handlers.staff.desk.told import Step, Told
from handlers.staff.persons import kept
from storage.audit import journal
from storage.copies.copy import Copy, CopyError
from storage.database import DatabaseError, OutdatedError
from storage.engine import ailments, pulse, schema
from storage.engine.opening import file_of

AGAIN = Step("이어서 하려면", "rotate-key")
REACHED = {
    rotating.Step.EXPECTED: "새 열쇠를 적어 두었습니다. 아직 쓰지는 않습니다.",
    rotating.Step.TURNED: "이 기계는 이제 새 열쇠로 잠급니다.",
}
COPY_ON = "데이터베이스에 다른 기계가 연결되어 있습니다. 열쇠 파일을 모든 기계에 복사한 뒤에 이어서 해 주세요."


def add_to(commands: Commands) -> None:
    each = add(commands, "backup", backup)
    each.add_argument("file", type=Path, metavar="파일", help="백업을 쓸 파일")
    add_force(each)
    each = add(commands, "restore", restore)
    each.add_argument("file", type=Path, metavar="파일", help="backup으로 만든 파일")
    each.add_argument("--force", action="store_true", help="지금 있는 데이터베이스를 옆에 남겨 두고 바꿉니다")
    add(commands, "rotate-key", rotate_key)
    each = add(commands, "retention", retention)
    each.add_argument("--check", action="store_true", help="오늘 밤과 30일 안에 무엇이 몇 건 지워질지 세어 봅니다")
    add(commands, "trust-clock", trust_clock)


def backup(args: argparse.Namespace) -> int:
    loaded = settings.load(args.config)
    _refuse_own(args.file, loaded)
    try:
        refuse_taken(args.file, args.force)
        _note(loaded, "backup", args.file)
        _note_erased(loaded, is_there=True)
        backups.make(backups.copier_of(loaded), args.file.resolve())
    except OSError as error:
        raise Declined(f"{args.file}: 파일을 쓸 수 없습니다. {why(args.file, error)}") from error
    size = max(1, round(args.file.stat().st_size / 1_000_000))
    notes = (
        "다시 열어 끝까지 읽어 보았고, 온전합니다.",
        f"열쇠 파일({loaded.key_file})은 들어 있지 않습니다. 열쇠가 없으면 이름과 번호, 대화와 설문 응답을 "
        "읽을 수 없으니 백업과 다른 곳에 따로 보관해 주세요.",
    )
    step = Step("서비스를 멈추고 되돌리려면", "restore", {"files": args.file})
    return tell(Told(f"{args.file}: 백업했습니다 ({size:,} MB).", notes=notes, steps=(step,)))


def restore(args: argparse.Namespace) -> int:
    loaded = settings.load(args.config)
    _refuse_own(args.file, loaded)
    if not args.file.is_file():
        raise Declined(f"{args.file}: 이런 파일이 없습니다. backup으로 만든 파일을 적어 주세요.")
    copier = backups.copier_of(loaded)
    copy = copier.examine(args.file)
    _refuse_other(copy, loaded)
    if copier.is_there() and not args.force:
        raise Declined(
            "데이터베이스가 이미 있어 그대로 두었습니다. 지금 것을 옆에 남겨 두고 되돌리려면 --force를 붙여 주세요."
        )
    try:
        erasures.add(erasures.files(loaded), erasures.read([args.file.with_name(erasures.FILE)]))
        told = _note_erased(loaded, copier.is_there())
        aside = copier.put_back(args.file, lambda: _beside(loaded, copier.ending))
    except OSError as error:
        raise Declined(f"되돌릴 수 없습니다. {why(args.file, error)}") from error
    again = _erase_again(loaded, copy)
    _note(loaded, "restore", args.file)
    return tell(_told(args.file, copy, aside, loaded, (*told, *again)))


def _note_erased(loaded: Settings, is_there: bool) -> tuple[str, ...]:
    """Of the database that is about to be replaced, as far as it can still be read: whom it knows to be erased."""

    async def note() -> None:
        async with opened(loaded) as database:
            await erasures.note(loaded, database)

    if not is_there or not loaded.key_file.exists():
        return ()
    try:
        asyncio.run(note())
    except (DatabaseError, SQLAlchemyError, sqlite3.Error):
        file = erasures.files(loaded)[0]
        return (f"지금까지의 데이터베이스를 읽을 수 없어, 지운 분은 파일에 적힌 대로만 다시 지웁니다: {file}",)
    return ()


def _erase_again(loaded: Settings, copy: Copy) -> tuple[str, ...]:
    """Whoever was erased since the backup was made; where that can't be done yet the service does it at its start."""

    async def again() -> int:
        async with opened(loaded) as database:
            return await erasures.do_again(loaded, database)

    if copy.revision != schema.newest() or not loaded.key_file.exists():
        return ("백업한 뒤에 개인정보를 지운 분이 있으면 서비스를 시작할 때 다시 지웁니다.",)
    count = asyncio.run(again())
    return (f"백업한 뒤에 개인정보를 지운 분 {count}명을 다시 지웠습니다.",) if count else ()


def retention(args: argparse.Namespace) -> int:
    return tell(look(args, kept.foretell if args.check else kept.show, check=args.check))


def trust_clock(args: argparse.Namespace) -> int:
    loaded, now = settings.load(args.config), datetime.now(UTC)

    async def vouch() -> None:
        async with opened(loaded) as database:
            await database.read(schema.check)
            await database.write(lambda tx: pulse.vouch(tx, now))
            await database.write(lambda tx: journal.add(tx, officer(), "trust-clock", {}, now))

    asyncio.run(vouch())
    here = f"{now.astimezone(ZoneInfo(loaded.timezone)):%Y-%m-%d %H:%M}"
    notes = ("돌고 있는 서비스는 일 분 안에 멈춘 일을 다시 시작합니다.",)
    return tell(Told(f"컴퓨터의 시계가 맞다고 적어 두었습니다: {here}", notes=notes))


def rotate_key(args: argparse.Namespace) -> int:
    loaded, now = settings.load(args.config), datetime.now(UTC)

    async def rotate() -> tuple[rotating.Step, int]:
        async with opened(loaded) as database:
            await database.read(schema.check)
            rotation = Rotation(database, loaded.key_file)
            step = await rotation.go_on()
            await database.write(lambda tx: journal.add(tx, officer(), "rotate-key", {"step": step.name}, now))
            return step, rotation.rows

    try:
        step, rows = asyncio.run(rotate())
    except rotating.Busy as error:
        raise Declined("오래 걸리는 일이 끝나지 않아 열쇠를 아직 바꾸지 못했습니다.", AGAIN) from error
    if step is not rotating.Step.DONE:
        return tell(Told(f"{loaded.key_file}: {REACHED[step]}", notes=(COPY_ON,), steps=(AGAIN,)))
    notes = (
        f"새 열쇠 파일의 사본을 데이터베이스와 다른 곳에 두세요: {loaded.key_file}",
        "이전의 백업은 이전 열쇠로만 열립니다. 되돌릴 일이 있으면 이전 열쇠 파일의 사본을 백업과 다른 곳에 두고, "
        "열쇠가 새어 나가 바꾸었으면 이전의 백업을 지우고 새로 백업하세요.",
    )
    return tell(Told(f"열쇠를 바꾸었습니다. {rows:,}줄을 새 열쇠로 잠갔습니다.", notes=notes))


def _told(file: Path, copy: Copy, aside: Path | None, loaded: Settings, erased: Sequence[str]) -> Told:
    notes = [f"되돌리기 전의 데이터베이스는 여기에 남겨 두었습니다: {aside}"] if aside else []
    notes += erased
    if not loaded.key_file.exists():
        notes.append(f"따로 보관해 둔 열쇠 파일을 여기에 놓아야 서비스가 시작됩니다: {loaded.key_file}")
    if copy.revision != schema.newest():
        notes.append("이전 버전의 백업입니다. 서비스를 시작할 때 새 버전으로 바꿉니다.")
    notes.append(
        "백업한 뒤에 들어온 신청과 대화는 없습니다. 그 뒤에 나간 알림은 다시 나갈 수 있으니 먼저 살펴봐 주세요."
    )
    steps = (Step("나갈 알림을 보려면", "outbox"), Step("모두 맞는지 보려면", "check"), Step("시작하려면", "run"))
    return Told(f"{file}: 데이터베이스를 되돌렸습니다.", notes=tuple(notes), steps=steps)


def _refuse_own(file: Path, loaded: Settings) -> None:
    """What the service lives by is neither written over nor taken for a copy."""
    database = file_of(loaded.database.url)
    logs = [database.with_name(f"{database.name}{end}") for end in ("", "-wal", "-shm")] if database else []
    if file.resolve() in [each.resolve() for each in (*logs, loaded.key_file)]:
        raise Declined(f"{file}: 배움톡이 지금 쓰는 파일입니다. 다른 이름을 적어 주세요.")


def _refuse_other(copy: Copy, loaded: Settings) -> None:
    if not schema.knows(copy.revision):
        raise CopyError(f"백업이 이 프로그램보다 새롭습니다(버전 {copy.revision}). 프로그램을 최신으로 올려 주세요.")
    if loaded.key_file.exists() and copy.proof and not schema.opens(keys.read(loaded.key_file), copy.proof):
        raise SettingsError(
            f"key_file: 이 백업은 다른 열쇠로 잠겨 있습니다: {loaded.key_file}. "
            "백업할 때 쓰던 열쇠 파일을 그 자리에 놓고 다시 해 주세요. rotate-key로 열쇠를 바꾸기 전의 백업이면 "
            "바꾸기 전의 파일이어야 하고, 그 파일이 없으면 이 백업은 열 수 없습니다. 아무것도 바꾸지 않았습니다."
        )


def _beside(loaded: Settings, ending: str) -> Path:
    file, now = file_of(loaded.database.url), datetime.now(ZoneInfo(loaded.timezone))
    folder = file.parent if file else loaded.backup.folder or loaded.key_file.parent
    return folder / f"baeumtok-before-restore-{now:%Y%m%d-%H%M%S}{ending}"


def _note(loaded: Settings, action: str, file: Path) -> None:
    """In the journal, where there is one that can be written: a copy must be had of what can't be written, too."""
    args, now = {"file": mask_numbers(file.name)}, datetime.now(UTC)

    async def note() -> None:
        async with opened(loaded) as database:
            await database.read(schema.check)
            await database.write(lambda tx: journal.add(tx, officer(), action, args, now))

    if not loaded.key_file.exists():
        return
    try:
        asyncio.run(note())
    except OutdatedError:
        return
    except (DatabaseError, SQLAlchemyError, sqlite3.Error) as error:
        print(f"한 일의 기록에는 적지 못했습니다: {ailments.sentence(error) or error}")
