"""What residents looked for in vain: missed."""

import argparse
import sys
from functools import partial

from bot.terminal.command import WRONG_USE, Commands, add_act, add_output, do, show
from handlers.staff.courses import missed


def add_to(commands: Commands) -> None:
    each = add_act(commands, "missed", show_missed)
    add_output(each)
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--synonym", metavar="말", help="이 말로 --course의 과정을 찾게 합니다")
    ways.add_argument("--wish", metavar="말", help="다음 학기에 열 강좌로 적어 둡니다")
    ways.add_argument("--drop", metavar="말", help="목록에서 뺍니다. 다시 적어도 보이지 않습니다")
    ways.add_argument("--back", metavar="말", help="적어 두거나 뺀 말을 목록에 되돌립니다")
    each.add_argument("--course", metavar="과정번호", help="--synonym의 과정")


def show_missed(args: argparse.Namespace) -> int:
    if bool(args.synonym) != bool(args.course):
        print("--synonym과 --course는 함께 적어 주세요.", file=sys.stderr)
        return WRONG_USE
    if args.synonym:
        return do(args, missed.SYNONYM, code=args.course, words=args.synonym)
    for act, words in ((missed.WISH, args.wish), (missed.DROP, args.drop), (missed.BACK, args.back)):
        if words:
            return do(args, act, words=words)
    return show(args, partial(missed.show, everything=bool(args.output)))
