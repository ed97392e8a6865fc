"""Texts that senders have to approve: kakao-templates."""

import argparse
from pathlib import Path

from bot.terminal.command import Commands, add_act, do, look, tell
from bot.terminal.writing import add_force, refuse_taken, write_file
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Told
from handlers.staff.notices.templates import approving, forms, standing
from handlers.staff.reports import lists

MAKERS = {".xlsx": lists.book, ".txt": forms.written}


def add_to(commands: Commands) -> None:
    each = add_act(commands, "kakao-templates", templates)
    kinds = "·".join(MAKERS)
    each.add_argument("-o", type=Path, dest="form", metavar="파일", help=f"신청서를 적을 파일: {kinds}")
    add_force(each)
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--compare", action="store_true", help="승인된 것과 견주어 봅니다")
    ways.add_argument("--approve", default="", metavar="안내", help="구의 발송 시스템에서 승인된 것으로 적습니다")
    ways.add_argument("--reject", default="", metavar="안내", help="구의 발송 시스템에서 반려된 것으로 적습니다")
    each.add_argument("--code", default="", metavar="코드", help="승인된 템플릿의 코드")
    each.add_argument("--text", default="", metavar="글", help="승인된 글이 배움톡의 글과 다르면 그 글")


def templates(args: argparse.Namespace) -> int:
    """Without more, all texts as they are to be sent in."""
    if args.approve:
        return do(args, approving.APPROVE, kind=args.approve, code=args.code, text=args.text)
    if args.reject:
        return do(args, approving.REJECT, kind=args.reject)
    if args.compare:
        return tell(look(args, standing.show))
    if args.form:
        return tell(_write(args))
    return tell(forms.written(look(args, forms.show)).decode().splitlines())


def _write(args: argparse.Namespace) -> Told:
    make = MAKERS.get(args.form.suffix.lower())
    if make is None:
        raise Declined(f"{args.form}: 신청서는 {'·'.join(MAKERS)} 파일로만 만들 수 있습니다. 파일 이름을 고쳐 주세요.")
    refuse_taken(args.form, args.force)
    told = look(args, forms.show)
    write_file(args.form, make(told), args.force)
    return Told(f"{args.form} 에 템플릿 {lists.count(told)}개를 적었습니다.", notes=told.notes)
