"""Job postings from officers and feeds: add-posting, postings, fetch-postings."""

import argparse
import asyncio
from datetime import UTC, datetime

from bot import logs, settings
from bot.feeds.gathering import Gathering
from bot.settings import Settings
from bot.terminal.command import Commands, add, add_act, add_output, do, look, opened, show, tell
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Step
from handlers.staff.files.rows import POSTING, Row
from handlers.staff.postings import columns, importing, overview
from storage.engine import schema
from storage.jobs.feed_runs import Run


def add_to(commands: Commands) -> None:
    each = add_act(commands, "add-posting", add_posting)
    for column in columns.COLUMNS.all:
        each.add_argument(
            f"--{column.field.replace('_', '-')}",
            required=column.required,
            metavar=column.header,
            help=column.explanation,
        )
    add_output(add(commands, "postings", show_postings))
    add(commands, "fetch-postings", fetch)


def add_posting(args: argparse.Namespace) -> int:
    written = {column.header: getattr(args, column.field) for column in columns.COLUMNS.all}
    cells = {header: value for header, value in written.items() if value is not None}
    title = str(args.title)
    return do(args, importing.ADD, rows=[Row("입력", 1, cells, {}, POSTING)], title=title)


def show_postings(args: argparse.Namespace) -> int:
    return show(args, overview.show)


def fetch(args: argparse.Namespace) -> int:
    loaded = settings.load(args.config)
    if not loaded.jobs.is_on:
        raise Declined("받아 올 곳이 없습니다. 설정 파일의 [jobs.work24]나 [jobs.seoul]에 인증키를 적어 주세요.")
    logs.configure(*loaded.secrets)
    look(args, lambda _tx, _desk: None)  # that it was asked for
    runs = asyncio.run(_fetch(loaded))
    if runs is None:
        raise Declined("배움톡이 지금 채용공고를 받고 있습니다.", Step("잠시 뒤 확인하려면", "postings"))
    return tell(overview.show_runs(runs))


async def _fetch(loaded: Settings) -> list[Run] | None:
    async with opened(loaded) as database:
        await database.read(schema.check)
        gathering = Gathering(database, loaded.jobs, loaded.to_organization().timezone, lambda: datetime.now(UTC))
        return await gathering.fetch_postings(is_asked=True)
