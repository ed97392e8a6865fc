"""What a half-year was like, and what residents want: half-year, demand."""

import argparse
from functools import partial
from pathlib import Path

from bot.documents import half_year
from bot.terminal.command import Commands, add, add_output, look, show, tell, year
from bot.terminal.writing import add_force, refuse_taken, write_file
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Told
from handlers.staff.year.demands import demand
from handlers.staff.year.reports import reporting, told

HALVES = {"상": 1, "하": 2, "상반기": 1, "하반기": 2, "1": 1, "2": 2}


def add_to(commands: Commands) -> None:
    each = add(commands, "half-year", report)
    each.add_argument("year", type=year, metavar="연도")
    each.add_argument("half", type=half, nargs="?", metavar="반기", help="상 또는 하. 적지 않으면 한 해")
    kinds = "·".join(half_year.SUFFIXES)
    each.add_argument("-o", type=Path, dest="report", metavar="파일", help=f"결과보고를 적을 파일: {kinds}")
    add_force(each)
    each = add(commands, "demand", show_demand)
    each.add_argument("year", type=year, nargs="?", metavar="연도", help="적지 않으면 올해")
    add_output(each)


def half(text: str) -> int:
    if text not in HALVES:
        raise argparse.ArgumentTypeError(f"‘{text}’: 상 또는 하로 적어 주세요. 예: half-year 2026 상")
    return HALVES[text]


def report(args: argparse.Namespace) -> int:
    words = {"year": args.year, "half": args.half}
    work = partial(reporting.report, **words)
    if not args.report:
        return tell(told.of_report(look(args, work, **words)))
    suffix = args.report.suffix.lower()
    if suffix not in half_year.SUFFIXES:
        raise Declined(f"{args.report}: 결과보고는 {'·'.join(half_year.SUFFIXES)} 파일로 적습니다.")
    refuse_taken(args.report, args.force)
    found = look(args, work, **words, output=suffix)
    write_file(args.report, half_year.write(found, suffix), args.force)
    return tell(Told(f"{args.report} 에 {found.title}를 적었습니다."))


def show_demand(args: argparse.Namespace) -> int:
    return show(args, lambda tx, desk: demand.demand(tx, desk, args.year or desk.today.year), year=args.year)
