"""Appointments with counselors, follow-up figures and instructor candidates: counseling, instructors."""

import argparse
import sys
from functools import partial
from typing import Any

from bot.terminal.command import (
    WRONG_USE,
    Commands,
    add,
    add_act,
    add_output,
    day,
    do,
    is_whole,
    numbers,
    show,
    whole,
    year,
)
from handlers.staff.counseling import appointments, completers, outcomes

USAGE = "옮길 상담의 번호와 날짜, 시각을 적어 주세요. 예: --move 14 2026-12-15 14:00"


def add_to(commands: Commands) -> None:
    each = add_act(commands, "counseling", counsel)
    each.add_argument("--from", type=day, dest="first", metavar="날짜", help="이 날부터 (기본: 이번 주)")
    each.add_argument("--to", type=day, dest="last", metavar="날짜", help="이 날까지")
    each.add_argument("--year", type=year, metavar="연도", help="그해의 상담과 수료생 취업")
    each.add_argument("--attended", type=numbers, default=[], metavar="번호,번호", help="참석한 상담")
    each.add_argument("--no-show", type=numbers, default=[], metavar="번호,번호", help="오지 않은 상담")
    each.add_argument("--registered", type=numbers, default=[], metavar="번호,번호", help="구직등록을 한 상담")
    each.add_argument("--placed", type=numbers, default=[], metavar="번호,번호", help="취업한 상담")
    each.add_argument("--not-registered", type=numbers, default=[], metavar="번호,번호", help="구직등록을 안 한 상담")
    each.add_argument("--not-placed", type=numbers, default=[], metavar="번호,번호", help="취업하지 않은 상담")
    each.add_argument("--take-back", type=numbers, default=[], metavar="번호,번호", help="적은 결과를 모두 거둘 상담")
    changes = each.add_mutually_exclusive_group()
    changes.add_argument("--cancel", type=whole, metavar="번호", help="상담을 취소하고 알립니다")
    changes.add_argument("--move", nargs="+", metavar=("번호", "때"), help="상담을 옮기고 알립니다")
    each.add_argument("--reason", default="", metavar="까닭", help="취소하는 까닭. 주민에게 그대로 보입니다")
    add_output(each)
    add_output(add(commands, "instructors", show_instructors))


def counsel(args: argparse.Namespace) -> int:
    noted = {name: getattr(args, name) for name in ("attended", "no_show", "registered", "placed")}
    back = {"numbers": args.take_back, "not_registered": args.not_registered, "not_placed": args.not_placed}
    if sum(map(bool, (any(noted.values()), any(back.values()), args.cancel is not None, args.move))) > 1:
        print("결과 적기, 거두기, 취소, 옮기기는 한 번에 하나씩 해 주세요.", file=sys.stderr)
        return WRONG_USE
    if args.cancel is not None:
        return do(args, appointments.CANCEL, number=args.cancel, reason=args.reason)
    if args.move:
        return _move(args)
    if any(noted.values()):
        return do(args, outcomes.NOTE, **noted)
    if any(back.values()):
        return do(args, outcomes.TAKE_BACK, **back)
    if args.year:
        return show(args, partial(completers.show_year, year=args.year), year=args.year)
    days = {"first": args.first, "last": args.last}
    shown: dict[str, Any] = {name: str(day) for name, day in days.items() if day}
    return show(args, partial(appointments.show, **days), **shown)


def _move(args: argparse.Namespace) -> int:
    number, *when = args.move
    if not is_whole(number) or not when:
        print(USAGE, file=sys.stderr)
        return WRONG_USE
    return do(args, appointments.MOVE, number=int(number), when=" ".join(when))


def show_instructors(args: argparse.Namespace) -> int:
    return show(args, completers.show_instructors)
