"""Job postings from officers and feeds: add-posting, postings, fetch-postings, and the files that import takes."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot import logs, settings
from bot.commands.command import REFUSED, Commands, add, at_desk, opened, tell, write
from bot.feeds.gathering import Gathering
from bot.settings import Settings
from handlers.staff import posted, posting_columns, posting_imports, template
from handlers.staff.desk import Desk
from handlers.staff.posting_imports import DESK, FILE
from handlers.staff.sheets import Row, Unreadable
from storage import schema
from storage.feed_runs import Run


def add_to(commands: Commands) -> None:
    each = add(commands, "add-posting", add_posting, "채용공고 하나를 등록하거나 고칩니다")
    for column in posting_columns.COLUMNS:
        each.add_argument(f"--{column.field.replace('_', '-')}", required=column.required, help=column.explanation)
    add(commands, "postings", show, "채용공고가 얼마나 있는지, 언제 받았는지 보여 줍니다")
    add(commands, "fetch-postings", fetch, "채용공고를 지금 받습니다")


def add_posting(given: argparse.Namespace) -> int:
    written = {column.header: getattr(given, column.field) for column in posting_columns.COLUMNS}
    cells = {header: value for header, value in written.items() if value is not None}
    return _take_in(given, [Row("입력", 1, cells, {})], DESK)


def show(given: argparse.Namespace) -> None:
    tell(at_desk(given, posted.show, writes=False))


def fetch(given: argparse.Namespace) -> int:
    loaded = settings.load(given.config)
    if not loaded.jobs.is_on:
        print(
            "받아 올 곳이 없습니다. 설정 파일의 [jobs.work24]나 [jobs.seoul]에 인증키를 적어 주세요.", file=sys.stderr
        )
        return REFUSED
    logs.configure(*loaded.secrets)
    runs = asyncio.run(_fetch(loaded))
    if runs is None:
        print("배움톡이 지금 채용공고를 받고 있습니다. 잠시 뒤 python -m bot postings 로 확인하세요.", file=sys.stderr)
        return REFUSED
    tell([posted.told(run) for run in runs])
    return REFUSED if any(run.outcome == "failed" for run in runs) else 0


async def _fetch(loaded: Settings) -> list[Run] | None:
    async with opened(loaded) as database:
        await database.read(schema.check)
        gathering = Gathering(database, loaded.jobs, loaded.house.timezone, lambda: datetime.now(UTC))
        return await gathering.fetch_postings(is_asked=True)


# --- for import ---


def are_postings(rows: Sequence[Row]) -> bool:
    """Whether these are rows of postings; Unreadable when only some are."""
    kinds = {posting_columns.is_posting(row) for row in rows}
    if len(kinds) > 1:
        raise Unreadable("강좌와 채용공고가 섞여 있습니다. 따로 등록해 주세요.")
    return True in kinds


def import_postings(given: argparse.Namespace, rows: Sequence[Row]) -> int:
    return _take_in(given, rows, FILE, only_checks=given.check)


def write_template(path: Path) -> None:
    template.write_form(path, "채용공고", posting_columns.LAYOUT, posting_imports.example(datetime.now(UTC).date()))


def _take_in(given: argparse.Namespace, rows: Sequence[Row], source: str, only_checks: bool = False) -> int:
    work = posting_imports.preview if only_checks else posting_imports.take_in
    loaded = settings.load(given.config)
    desk = Desk(loaded.house, loaded.pushing_channels, datetime.now(UTC))
    report = asyncio.run(write(loaded, partial(work, desk=desk, rows=rows, source=source)))
    tell([*(["확인만 했습니다. 등록하려면 --check 없이 실행하세요."] if only_checks else []), *report.lines()])
    return REFUSED if report.problems else 0
