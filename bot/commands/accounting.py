"""Accounts of officers in the console: officers."""

import argparse

from bot.terminal.command import Commands, add_act, add_output, do, show
from handlers.staff.officers import accounts
from handlers.staff.officers.roles import ROLES


def add_to(commands: Commands) -> None:
    each = add_act(commands, "officers", officers)
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--add", metavar="아이디", help="계정을 만들고 시작하는 링크를 보여 줍니다")
    ways.add_argument("--reset", metavar="아이디", help="비밀번호, 인증 앱, 패스키를 지우고 새 링크를 만듭니다")
    ways.add_argument("--end", metavar="아이디", help="계정을 끝냅니다")
    each.add_argument("--name", default="", metavar="이름", help="--add와 함께")
    each.add_argument(
        "--role", default=ROLES["lead"], choices=list(ROLES.values()), metavar="역할", help=", ".join(ROLES.values())
    )
    add_output(each)


def officers(args: argparse.Namespace) -> int:
    if args.add:
        return do(args, accounts.ADD, login=args.add, name=args.name or args.add, role=args.role)
    if args.reset:
        return do(args, accounts.RESET, login=args.reset)
    if args.end:
        return do(args, accounts.END, login=args.end)
    return show(args, accounts.show)
