"""Seats for institutions, and what flyers and centres bring: holds, sources."""

import argparse
import sys
from functools import partial

from bot.terminal.command import WRONG_USE, Commands, add_act, add_output, do, numbers, show, whole
from handlers.staff.courses import holding
from handlers.staff.promotion import sources


def add_to(commands: Commands) -> None:
    each = add_act(commands, "holds", show_holds)
    each.add_argument("course", nargs="?", default="", metavar="과정번호")
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--institution", default="", metavar="기관", help="이 기관에 --seats만큼 --until까지 잡아 둡니다")
    ways.add_argument("--use", type=whole, metavar="번호", help="잡아 둔 자리를 --only의 신청에 드립니다")
    ways.add_argument("--release", type=whole, metavar="번호", help="잡아 둔 자리를 풉니다")
    each.add_argument("--seats", type=whole, default=1, metavar="수", help="몇 자리 (기본: 1)")
    each.add_argument("--until", default="", metavar="날짜", help="이때까지. 예: 2026-12-01")
    each.add_argument("--only", type=numbers, default=[], metavar="번호,번호", help="--use로 자리를 드릴 신청")
    add_output(each)
    each = add_act(commands, "sources", show_sources)
    each.add_argument("--course", default="", metavar="과정번호", help="이 과정만")
    each.add_argument("--code", default="", metavar="코드", help="전단지나 주소에 담은 코드")
    each.add_argument("--called", default="", metavar="이름", help="--code에 붙일 이름")
    add_output(each)


def show_holds(args: argparse.Namespace) -> int:
    if args.institution or args.use or args.release:
        return _change(args)
    return show(args, partial(holding.show, code=args.course), code=args.course)


def _change(args: argparse.Namespace) -> int:
    missing = _missing(args)
    if missing:
        print(f"{missing} 함께 적어 주세요.", file=sys.stderr)
        return WRONG_USE
    if args.institution:
        wanted = {"institution": args.institution, "count": args.seats, "until": args.until}
        return do(args, holding.HOLD, code=args.course, **wanted)
    if args.use:
        return do(args, holding.USE, code=args.course, hold_id=args.use, numbers=args.only)
    return do(args, holding.RELEASE, code=args.course, hold_id=args.release)


def _missing(args: argparse.Namespace) -> str:
    if not args.course:
        return "과정번호를"
    if args.institution and not args.until:
        return "--until을"
    return "--only를" if args.use and not args.only else ""


def show_sources(args: argparse.Namespace) -> int:
    if bool(args.code) != bool(args.called):
        print("--code와 --called는 함께 적어 주세요.", file=sys.stderr)
        return WRONG_USE
    if args.code:
        return do(args, sources.NAME, code=args.code, name=args.called)
    return show(args, partial(sources.show, code=args.course), course=args.course)
