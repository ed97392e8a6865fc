"""What needs doing, what is to go out, what did not arrive, and who is to be called: today, rehearse, outbox, calls."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from bot import settings, troubles
from bot.terminal.command import (
    WRONG_USE,
    Commands,
    add,
    add_act,
    add_output,
    day,
    do,
    look,
    numbers,
    opened,
    show,
    tell,
)
from handlers.staff.callbacks import listing, ticking
from handlers.staff.desk.acts import Act
from handlers.staff.notices import by_hand, owed, rehearsal
from handlers.staff.today import due
from handlers.staff.today.item import Trouble


def add_to(commands: Commands) -> None:
    each = add(commands, "rehearse", rehearse)
    each.add_argument("--from", type=day, required=True, dest="first", metavar="날짜", help="예: 2026-12-01")
    each.add_argument("--to", type=day, required=True, dest="last", metavar="날짜", help="이 날까지")
    each.add_argument("--names", action="store_true", help="받는 분의 이름도 보여 줍니다")
    add_output(each)
    each = add_act(commands, "outbox", outbox)
    _add_ticks(each, "직접 알린 알림. 대화에서 다시 알리지 않습니다", "연락했지만 닿지 않은 알림. --note와 함께")
    each.add_argument("--all", action="store_true", help="줄이지 않고 모두 보여 줍니다")
    each = add_act(commands, "calls", calls)
    _add_ticks(each, "전화했습니다. 목록에서 빠집니다", "전화했지만 닿지 않았습니다. --note와 함께")
    add(commands, "today", today)


def _add_ticks(each: argparse.ArgumentParser, done: str, tried: str) -> None:
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--done", type=numbers, metavar="번호,번호", help=done)
    ways.add_argument("--tried", type=numbers, metavar="번호,번호", help=tried)
    each.add_argument("--note", default="", metavar="메모", help="동료가 볼 메모. 예: 받지 않음, 내일 다시")
    add_output(each)


def rehearse(args: argparse.Namespace) -> int:
    work = partial(rehearsal.rehearse, first=args.first, last=args.last, with_names=args.names)
    return show(args, work, first=str(args.first), last=str(args.last), names=args.names)


def outbox(args: argparse.Namespace) -> int:
    ticked = _ticked(args, by_hand.BY_HAND, by_hand.TRY)
    return show(args, partial(owed.show, everything=args.all or bool(args.output))) if ticked is None else ticked


def calls(args: argparse.Namespace) -> int:
    ticked = _ticked(args, ticking.CALLED, ticking.TRY)
    return show(args, listing.show) if ticked is None else ticked


def _ticked(args: argparse.Namespace, done: Act, tried: Act) -> int | None:
    """How ticking off ended; None where nothing is to be ticked off."""
    if args.done:
        return do(args, done, numbers=args.done, note=args.note)
    if args.tried:
        return do(args, tried, numbers=args.tried, note=args.note)
    if args.note:
        print("--note는 --done이나 --tried와 함께 적어 주세요.", file=sys.stderr)
        return WRONG_USE
    return None


def today(args: argparse.Namespace) -> int:
    return tell(look(args, partial(due.show, troubles=asyncio.run(_troubles(args)))))


async def _troubles(args: argparse.Namespace) -> Sequence[Trouble]:
    async with opened(settings.load(args.config)) as database:
        return await troubles.troubles(database, datetime.now(UTC))
