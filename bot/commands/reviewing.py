"""Who looked at and changed whose data: access-log."""

import argparse
import sys
from functools import partial

import handlers.staff.every_act  # noqa: F401 - which the journal has by their names
from bot.terminal.command import WRONG_USE, Commands, add_act, add_output, do, show, whole
from handlers.staff.access import review
from handlers.staff.access.review import Month


def add_to(commands: Commands) -> None:
    each = add_act(commands, "access-log", show_log)
    of = each.add_mutually_exclusive_group()
    of.add_argument("--month", type=_month, metavar="달", help="이 달의 기록 (기본: 이번 달). 예: 2026-11")
    of.add_argument("--person", type=whole, metavar="기록", help="이 기록의 분을 누가 보고 바꾸었는지")
    each.add_argument("--sign", action="store_true", help="--month의 기록을 모두 살펴보았다고 적습니다")
    add_output(each)


def show_log(args: argparse.Namespace) -> int:
    if args.sign and not args.month:
        print("확인한 달을 --month로 함께 적어 주세요. 예: --month 2026-11 --sign", file=sys.stderr)
        return WRONG_USE
    if args.sign:
        return do(args, review.SIGN, month=str(args.month))
    if args.person is not None:
        return show(args, partial(review.of_person, number=args.person), person=args.person)
    work = partial(review.show, month=args.month, everything=bool(args.output))
    return show(args, work, month=str(args.month or ""))


def _month(text: str) -> Month:
    try:
        return review.read_month(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"‘{text}’: 달을 적어 주세요. 예: 2026-11") from error
