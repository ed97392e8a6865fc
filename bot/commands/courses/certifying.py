"""Certificates of completion: certificates."""

import argparse
import asyncio
from functools import partial
from pathlib import Path

from bot.documents import certificates
from bot.terminal.command import Commands, add_act, do, look, show
from bot.terminal.writing import add_force, refuse_taken, write_file
from handlers.staff.certificates import finding, issuing

FOR_PRINTING = "수료증 인쇄"


def add_to(commands: Commands) -> None:
    each = add_act(commands, "certificates", certify)
    each.add_argument("course", metavar="과정번호")
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--issue", action="store_true", help="수료했는데 수료증이 없는 모든 분께 냅니다")
    ways.add_argument("--revoke", default="", metavar="번호", help="이 수료증을 취소합니다. 예: 2026-000123")
    ways.add_argument("--reissue", default="", metavar="번호", help="취소하고 지금 이름으로 새 번호를 냅니다")
    ways.add_argument("-o", type=Path, dest="pdf", metavar="파일.pdf", help="유효한 수료증을 모두 한 파일로 적습니다")
    each.add_argument("--reason", default="", metavar="까닭", help="취소하거나 새로 내는 까닭")
    each.add_argument("--purpose", default="", metavar="목적", help=f"수료증을 무엇에 쓰는지 (기본: {FOR_PRINTING})")
    add_force(each)
    each.set_defaults(output=None)


def certify(args: argparse.Namespace) -> int:
    if args.issue:
        return do(args, issuing.ISSUE, code=args.course)
    if args.revoke:
        return do(args, issuing.REVOKE, code=args.course, number=args.revoke, reason=args.reason)
    if args.reissue:
        return do(args, issuing.REISSUE, code=args.course, number=args.reissue, reason=args.reason)
    if args.pdf:
        return _print(args)
    return show(args, partial(finding.show, code=args.course), code=args.course)


def _print(args: argparse.Namespace) -> int:
    refuse_taken(args.pdf, args.force)
    work = partial(finding.sheets, code=args.course)
    sheets = look(args, work, purpose=lambda: args.purpose or FOR_PRINTING, code=args.course, output=".pdf")
    write_file(args.pdf, asyncio.run(certificates.printed(sheets)), args.force)
    print(f"{args.pdf} 에 수료증 {len(sheets)}장을 적었습니다.")
    return 0
