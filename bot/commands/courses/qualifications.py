"""Qualifications that people acquired after a course: qualifications."""

import argparse
import sys
from functools import partial

from bot.terminal.command import WRONG_USE, Commands, add_act, add_output, do, show, whole
from handlers.staff.qualifications import entering, listing

USAGE = "자격증 이름과 취득일을 함께 적어 주세요. 예: --enter 12 --name '바리스타 2급' --day 2026-12-20"


def add_to(commands: Commands) -> None:
    each = add_act(commands, "qualifications", qualifications)
    each.add_argument("course", nargs="?", default="", metavar="과정번호", help="없으면 과정마다 취득률을 보여 줍니다")
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--enter", type=whole, metavar="신청번호", help="이 신청으로 수료한 분이 딴 자격을 적습니다")
    ways.add_argument("--drop", type=whole, metavar="번호", help="잘못 적은 자격을 지웁니다")
    each.add_argument("--name", default="", metavar="자격증", help="급수까지. 예: 바리스타 2급")
    each.add_argument("--number", default="", metavar="자격번호", help="자격증에 적힌 번호")
    each.add_argument("--day", default="", metavar="날짜", help="취득일. 예: 2026-12-20")
    add_output(each)


def qualifications(args: argparse.Namespace) -> int:
    if args.drop is not None:
        return do(args, entering.DROP, number=args.drop)
    if args.enter is None:
        return show(args, partial(listing.show, code=args.course), code=args.course)
    if not (args.name and args.day):
        print(USAGE, file=sys.stderr)
        return WRONG_USE
    said = {"name": args.name, "day": args.day, "license_number": args.number}
    return do(args, entering.ENTER, number=args.enter, **said)
