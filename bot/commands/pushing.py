"""The file of the district's own sender: push-file, push-results."""

import argparse
from functools import partial
from pathlib import Path

from bot.terminal.command import Commands, add_act, add_output, do, show, whole
from handlers.staff.files.reading import sheets
from handlers.staff.ways.files import showing
from handlers.staff.ways.files.making import MAKE
from handlers.staff.ways.files.results import RESULTS
from handlers.staff.ways.files.withdrawing import WITHDRAW


def add_to(commands: Commands) -> None:
    each = add_act(commands, "push-file", push_file)
    each.add_argument("number", nargs="?", type=whole, metavar="번호", help="이 발송 파일을 보거나, -o로 받습니다")
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--make", default="", metavar="알림", help='이 알림의 파일을 만듭니다. 예: "수업 하루 전"')
    ways.add_argument("--withdraw", action="store_true", help="보내지 않은 파일을 거둡니다. --never-sent와 함께")
    each.add_argument("--never-sent", action="store_true", help="이 파일로 한 건도 보내지 않은 것이 확실합니다")
    add_output(each)
    each = add_act(commands, "push-results", push_results)
    each.add_argument("number", type=whole, metavar="번호", help="발송 파일의 번호")
    each.add_argument("files", type=Path, nargs="+", metavar="파일", help="결과 파일")


def push_file(args: argparse.Namespace) -> int:
    if args.make:
        return do(args, MAKE, kind=args.make)
    if args.number is None:
        return show(args, showing.show)
    if args.withdraw:
        return do(args, WITHDRAW, number=args.number, never_sent=args.never_sent)
    found = showing.sheet if args.output else showing.show_one
    return show(args, partial(found, number=args.number), number=args.number)


def push_results(args: argparse.Namespace) -> int:
    files = [(path.name, sheets.grids(path)) for path in args.files]
    return do(args, RESULTS, number=args.number, files=files, names=[path.name for path in args.files])
