"""Applications as they came: applications, application, check-applications, end-applications."""

import argparse
from functools import partial
from typing import Any

from bot.terminal.command import Commands, add, add_act, add_output, do, numbers, show, whole
from handlers.staff.applicants import timeline
from handlers.staff.courses import applications


def add_to(commands: Commands) -> None:
    each = add(commands, "applications", show_applications)
    each.add_argument("course", nargs="?", metavar="과정번호")
    each.add_argument("--all", action="store_true", help="끝난 신청도 보여 줍니다")
    add_output(each)
    each = add(commands, "application", show_application)
    each.add_argument("course", metavar="과정번호")
    each.add_argument("number", type=whole, metavar="신청번호")
    add_output(each)
    _add_choice(add_act(commands, "check-applications", check))
    each = add_act(commands, "end-applications", end)
    _add_choice(each)
    each.add_argument("--reason", required=True, metavar="까닭", help="주민에게 그대로 보입니다")
    each.add_argument("--junk", action="store_true", help="장난 신청이라 알리지 않습니다. 까닭은 기록에만 남습니다")


def show_applications(args: argparse.Namespace) -> int:
    work = partial(applications.show, code=args.course, everybody=args.all)
    return show(args, work, code=args.course, all=args.all)


def show_application(args: argparse.Namespace) -> int:
    from handlers.staff import every_act  # noqa: F401 - which the journal has by their names

    work = partial(timeline.tell, code=args.course, number=args.number)
    return show(args, work, code=args.course, number=args.number)


def check(args: argparse.Namespace) -> int:
    return do(args, applications.CHECK, **_choice(args))


def end(args: argparse.Namespace) -> int:
    return do(args, applications.END, **_choice(args), reason=args.reason, junk=args.junk)


def _add_choice(each: argparse.ArgumentParser) -> None:
    each.add_argument("course", metavar="과정번호")
    ways = each.add_mutually_exclusive_group(required=True)
    ways.add_argument("--only", type=numbers, default=[], metavar="번호,번호", help="이 신청들만")
    ways.add_argument("--burst", type=whole, metavar="번호", help="applications가 보여 주는 몰림 번호")
    ways.add_argument("--all", action="store_true", help="이 과정의 신청 모두")


def _choice(args: argparse.Namespace) -> dict[str, Any]:
    return {"code": args.course, "numbers": args.only, "burst": args.burst, "everything": args.all}
