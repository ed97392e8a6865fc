"""What needs doing, and who wants to be called: today, calls."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from bot import settings, troubles
from bot.terminal.command import WRONG_USE, Commands, add, add_act, add_output, do, look, numbers, opened, show, tell
from handlers.staff.callbacks import listing, ticking
from handlers.staff.today import due
from handlers.staff.today.item import Trouble


def add_to(commands: Commands) -> None:
    add(commands, "today", today, "오늘 할 일을 기한 순서대로 보여 줍니다")
    each = add_act(commands, "calls", calls, "전화를 부탁한 분을 보고, 전화한 것을 적습니다")
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--done", type=numbers, metavar="번호,번호", help="전화했습니다. 목록에서 빠집니다")
    ways.add_argument("--tried", type=numbers, metavar="번호,번호", help="전화했지만 닿지 않았습니다. --note와 함께")
    each.add_argument("--note", default="", metavar="메모", help="동료가 볼 메모. 예: 받지 않음, 내일 다시")
    add_output(each)


def today(args: argparse.Namespace) -> int:
    return tell(look(args, partial(due.show, troubles=asyncio.run(_troubles(args)))))


async def _troubles(args: argparse.Namespace) -> Sequence[Trouble]:
    async with opened(settings.load(args.config)) as database:
        return await troubles.troubles(database, datetime.now(UTC))


def calls(args: argparse.Namespace) -> int:
    if args.done:
        return do(args, ticking.CALLED, numbers=args.done, note=args.note)
    if args.tried:
        return do(args, ticking.TRY, numbers=args.tried, note=args.note)
    if args.note:
        print("--note는 --done이나 --tried와 함께 적어 주세요.", file=sys.stderr)
        return WRONG_USE
    return show(args, listing.show)
