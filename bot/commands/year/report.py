"""What a half-year was like and what residents want: half-year, demand."""

import argparse
from functools import partial

from bot.terminal.command import Commands, add, add_output, show, year
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.year import demand, reporting, told
from storage.database import Transaction

HALVES = {"상": 1, "하": 2, "상반기": 1, "하반기": 2, "1": 1, "2": 2}


def add_to(commands: Commands) -> None:
    each = add(commands, "half-year", half_year, "한 반기나 한 해의 결과보고를 보여 주거나 파일로 만듭니다")
    each.add_argument("year", type=year, metavar="연도")
    each.add_argument("half", type=half, nargs="?", metavar="반기", help="상 또는 하. 적지 않으면 한 해")
    add_output(each)
    each = add(
        commands, "demand", show_demand, "주민이 무엇을 바라는지 보여 줍니다: 신청, 대기, 필요한 반, 찾지 못한 말"
    )
    each.add_argument("year", type=year, nargs="?", metavar="연도", help="적지 않으면 올해")
    add_output(each)


def half(text: str) -> int:
    if text not in HALVES:
        raise argparse.ArgumentTypeError(f"‘{text}’: 상 또는 하로 적어 주세요. 예: half-year 2026 상")
    return HALVES[text]


def half_year(args: argparse.Namespace) -> int:
    return show(args, partial(_told, year=args.year, half=args.half), year=args.year, half=args.half)


def _told(tx: Transaction, desk: Desk, year: int, half: int | None) -> Told:
    return told.of_report(reporting.report(tx, desk, year, half))


def show_demand(args: argparse.Namespace) -> int:
    def work(tx: Transaction, desk: Desk) -> Told:
        return demand.demand(tx, desk, args.year or desk.today.year)

    return show(args, work, year=args.year)
