"""Whether the nights leave copies of the database behind."""

import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.checks.result import Result
from bot.keeping import backups
from bot.settings import Settings
from storage.copies.copy import CopyError

NAME = "백업"
OLD = 2  # days: one night may have been missed


def check(settings: Settings) -> Result:
    folder = settings.backup.folder
    if folder is None:
        return Result(NAME, True, "backup.folder가 없어 밤마다 만들지 않습니다. baeumtok backup으로 만들 수 있습니다")
    standing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
        return Result(NAME, False, f"{folder}에 쓸 수 없습니다. 폴더의 권한을 확인하거나 backup.folder를 고쳐 주세요")
    try:
        backups.copier_of(settings).check_tools()
    except CopyError as error:
        return Result(NAME, False, str(error))
    return _newest(folder, datetime.now(ZoneInfo(settings.timezone)).date())


def _newest(folder: Path, today: date) -> Result:
    made = backups.nightly(folder)
    if not made:
        return Result(NAME, True, f"아직 없습니다. 밤마다 {folder}에 만듭니다")
    day, path = made[-1]
    if (today - day).days > OLD:
        return Result(
            NAME, False, f"{day} 뒤로 만들지 못했습니다. 서비스가 도는지, 디스크에 자리가 있는지 확인해 주세요"
        )
    return Result(NAME, True, f"마지막 백업: {path}")
