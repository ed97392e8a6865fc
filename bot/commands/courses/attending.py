"""Who came to the classes of a course: attendance."""

import argparse
import sys
from functools import partial
from typing import Any

from bot.terminal.command import WRONG_USE, Commands, add_act, add_output, do, numbers, show, whole
from handlers.staff.attendance import listing
from handlers.staff.attendance.marking import MARK
from handlers.staff.attendance.waiting import DECIDE
from handlers.staff.attendance.words import mark_of
from handlers.staff.desk.lookup import MARKS


def add_to(commands: Commands) -> None:
    each = add_act(commands, "attendance", attend)
    each.add_argument("course", metavar="과정번호")
    each.add_argument("--class", type=whole, dest="meeting", metavar="회차", help="이 수업만")
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--all-present", action="store_true", help="아직 적지 않은 분을 모두 출석으로 적습니다")
    ways.add_argument("--only", type=numbers, metavar="번호,번호", help="이 신청들을 --mark로 적습니다")
    ways.add_argument(
        "--decide", type=numbers, metavar="번호,번호", help="확인할 출석을 말한 대로, 또는 --mark로 받습니다"
    )
    each.add_argument("--mark", default="", metavar="표시", help=", ".join(MARKS.values()))
    each.add_argument("--reason", default="", metavar="까닭", help="수업 날이 지난 표시를 고치는 까닭")
    each.add_argument("--dismiss", action="store_true", help="--decide의 출석을 받지 않고 넘깁니다")
    add_output(each)


def attend(args: argparse.Namespace) -> int:
    if missing := _missing(args):
        print(f"{missing} 함께 적어 주세요.", file=sys.stderr)
        return WRONG_USE
    if args.decide:
        return do(args, DECIDE, code=args.course, numbers=args.decide, mark=args.mark, dismiss=args.dismiss)
    if args.all_present:
        return do(args, MARK, code=args.course, number=args.meeting, everyone=True)
    if args.only:
        words: dict[str, Any] = {mark_of(args.mark): args.only, "why": args.reason}
        return do(args, MARK, code=args.course, number=args.meeting, **words)
    work = partial(listing.show, code=args.course, number=args.meeting)
    return show(args, work, code=args.course, number=args.meeting)


def _missing(args: argparse.Namespace) -> str:
    if (args.all_present or args.only) and args.meeting is None:
        return "--class를"
    if args.only and not args.mark:
        return "--mark를"
    return "--decide를" if args.dismiss and not args.decide else ""
