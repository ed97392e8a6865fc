"""What is to go out, and what did not arrive: rehearse, outbox."""

import argparse
from datetime import date
from functools import partial

from bot.commands.command import Commands, add, look, tell
from handlers.staff.files import moments
from handlers.staff.notices import owed, rehearsal


def add_to(commands: Commands) -> None:
    each = add(commands, "rehearse", rehearse, "언제 누구에게 무엇이 나갈지 보내지 않고 보여 줍니다")
    each.add_argument("--from", type=day, required=True, dest="first", metavar="날짜", help="예: 2026-12-01")
    each.add_argument("--to", type=day, required=True, dest="last", metavar="날짜", help="이 날까지")
    each.add_argument("--names", action="store_true", help="받는 분의 이름도 보여 줍니다")
    each = add(commands, "outbox", outbox, "나갈 알림, 늦는 알림, 닿지 못한 알림을 보여 줍니다")
    each.add_argument("--all", action="store_true", help="줄이지 않고 모두 보여 줍니다")


def rehearse(args: argparse.Namespace) -> int:
    work = partial(rehearsal.rehearse, first=args.first, last=args.last, with_names=args.names)
    return tell(look(args, work, first=str(args.first), last=str(args.last), names=args.names))


def outbox(args: argparse.Namespace) -> int:
    return tell(look(args, partial(owed.show, everything=args.all)))


def day(text: str) -> date:
    try:
        return moments.day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"‘{text}’: 날짜를 적어 주세요. 예: 2026-12-01") from error
