"""What the figures of a year are made of: targets, budget, log, year-rows."""

import argparse
import sys
from functools import partial
from pathlib import Path

from bot.terminal.command import (
    WRONG_USE,
    Commands,
    add_act,
    add_output,
    do,
    look,
    show,
    tell,
    whole,
    year,
)
from bot.terminal.writing import refuse_taken, write_file
from handlers.staff.desk.told import Told
from handlers.staff.year.entries import entering, exporting, listing
from handlers.staff.year.entries.sorts import SORTS
from storage.database import Transaction

OWN = ("targets", "budget", "log")
"""Sorts that have a command of their own."""
OTHERS = [key for key in SORTS if key not in OWN]
EXAMPLE = "예: --enter 연도=2023 구분=집행 금액=1,200,000"


def add_to(commands: Commands) -> None:
    for key in OWN:
        each = add_act(commands, key, rows)
        each.set_defaults(sort=key)
        _add_ways(each)
    each = add_act(commands, "year-rows", rows)
    named = ", ".join(f"{key}({SORTS[key].title})" for key in OTHERS)
    each.add_argument("--of", choices=OTHERS, required=True, dest="sort", help=f"어떤 기록인지: {named}")
    _add_ways(each)


def _add_ways(each: argparse.ArgumentParser) -> None:
    each.add_argument("year", nargs="?", type=year, metavar="연도", help="이 해의 것만. 없으면 모두")
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--enter", nargs="+", metavar="열=값", help=f"새로 적습니다. {EXAMPLE}")
    ways.add_argument("--change", nargs="+", metavar="등록번호 열=값", help="고칩니다. 예: --change 12 금액=5천만원")
    ways.add_argument("--drop", type=whole, metavar="등록번호", help="잘못 적은 것을 지웁니다")
    each.add_argument("--as-written", action="store_true", help="이상해 보여 여쭌 것도 적은 그대로 적습니다")
    add_output(each)


def rows(args: argparse.Namespace) -> int:
    if args.drop is not None:
        return do(args, entering.DROP, sort=args.sort, number=args.drop)
    if args.enter or args.change:
        return _write(args)
    if args.output is None:
        return show(args, partial(listing.show, sort=args.sort, year=args.year), sort=args.sort, year=args.year)
    return _to_file(args)


def _write(args: argparse.Namespace) -> int:
    number, *cells = args.change or [None, *args.enter]
    if not all("=" in cell for cell in cells) or not cells or (args.change and not number.isdigit()):
        print(f"열과 값을 ‘열=값’으로 이어 적어 주세요. {EXAMPLE}", file=sys.stderr)
        return WRONG_USE
    values = dict(cell.split("=", 1) for cell in cells)
    if args.change:
        return do(
            args,
            entering.CHANGE,
            sort=args.sort,
            number=whole(number),
            values=values,
            as_written=args.as_written,
        )
    return do(args, entering.ENTER, sort=args.sort, values=values, as_written=args.as_written)


def _to_file(args: argparse.Namespace) -> int:
    """In the columns by which it can be brought in again."""
    path: Path = args.output
    refuse_taken(path, args.force)
    sort = SORTS[args.sort]

    def written(tx: Transaction, _: object) -> tuple[int, bytes]:
        found = listing.of_year(tx, sort, args.year)
        return len(found), exporting.written(tx, [sort], path.suffix.lower(), args.year)

    count, data = look(args, written, sort=args.sort, year=args.year, output=path.suffix.lower())
    if not count:
        return tell(Told("적을 것이 없어 파일은 만들지 않았습니다."))
    write_file(path, data, args.force)
    return tell(Told(f"{path} 에 {count}줄을 적었습니다.", notes=("고쳐서 다시 등록하면 고친 줄만 바뀝니다.",)))
