"""Who may not come to the next class of a course: unsure."""

import argparse
from functools import partial

from bot.terminal.command import Commands, add_act, add_output, do, numbers, show
from handlers.staff.attendance import unsure


def add_to(commands: Commands) -> None:
    each = add_act(commands, "unsure", tell)
    each.add_argument("course", metavar="과정번호")
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--coming", type=numbers, metavar="번호,번호", help="이 신청들은 온다고 합니다")
    ways.add_argument("--not-coming", type=numbers, metavar="번호,번호", help="이 신청들은 못 온다고 합니다")
    add_output(each)


def tell(args: argparse.Namespace) -> int:
    if args.coming or args.not_coming:
        mark = "present" if args.coming else "absent"
        return do(args, unsure.NOTE, code=args.course, numbers=args.coming or args.not_coming, mark=mark)
    return show(args, partial(unsure.show, code=args.course), code=args.course)
