"""What is to go out, and what did not arrive: rehearse, outbox."""

import argparse
import sys
from datetime import date
from functools import partial

from bot.terminal.command import WRONG_USE, Commands, add, add_act, add_output, do, numbers, show
from handlers.staff.files import moments
from handlers.staff.notices import by_hand, owed, rehearsal


def add_to(commands: Commands) -> None:
    each = add(commands, "rehearse", rehearse, "언제 누구에게 무엇이 나갈지 보내지 않고 보여 줍니다")
    each.add_argument("--from", type=day, required=True, dest="first", metavar="날짜", help="예: 2026-12-01")
    each.add_argument("--to", type=day, required=True, dest="last", metavar="날짜", help="이 날까지")
    each.add_argument("--names", action="store_true", help="받는 분의 이름도 보여 줍니다")
    add_output(each)
    each = add_act(commands, "outbox", outbox, "나갈 알림, 늦거나 닿지 못한 알림을 보고, 직접 알린 것을 적습니다")
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--done", type=numbers, metavar="번호,번호", help="직접 알린 알림. 대화에서 다시 알리지 않습니다")
    ways.add_argument("--tried", type=numbers, metavar="번호,번호", help="연락했지만 닿지 않은 알림. --note와 함께")
    each.add_argument("--note", default="", metavar="메모", help="동료가 볼 메모. 예: 받지 않음, 내일 다시")
    each.add_argument("--all", action="store_true", help="줄이지 않고 모두 보여 줍니다")
    add_output(each)


def rehearse(args: argparse.Namespace) -> int:
    work = partial(rehearsal.rehearse, first=args.first, last=args.last, with_names=args.names)
    return show(args, work, first=str(args.first), last=str(args.last), names=args.names)


def outbox(args: argparse.Namespace) -> int:
    if args.done:
        return do(args, by_hand.BY_HAND, numbers=args.done, note=args.note)
    if args.tried:
        return do(args, by_hand.TRY, numbers=args.tried, note=args.note)
    if args.note:
        print("--note는 --done이나 --tried와 함께 적어 주세요.", file=sys.stderr)
        return WRONG_USE
    return show(args, partial(owed.show, everything=args.all or bool(args.output)))


def day(text: str) -> date:
    try:
        return moments.day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"‘{text}’: 날짜를 적어 주세요. 예: 2026-12-01") from error
