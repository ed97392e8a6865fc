"""Courses, and what officers decide about one: courses, draw, select, close-course, move-session, complete."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.terminal.command import Commands, add_act, add_output, confirm, do, look, numbers, show, tell, whole
from bot.terminal.writing import add_force, write_file
from handlers.staff.courses import closing, history, listing, lotteries, selections
from handlers.staff.courses.classes import moving
from handlers.staff.courses.completion import completing, no_shows
from handlers.staff.desk import undoing
from handlers.staff.files.rows import decode


def add_to(commands: Commands) -> None:
    _add_courses(add_act(commands, "courses", show_courses))
    _add_draw(_of_course(commands, "draw", draw))
    _add_select(_of_course(commands, "select", select))
    close = _of_course(commands, "close-course", close_course)
    close.add_argument("--reason", required=True, metavar="까닭", help="주민에게 그대로 보입니다")
    _add_move(_of_course(commands, "move-session", move_session))
    _add_complete(_of_course(commands, "complete", complete))
    each = add_act(commands, "undo", undo)
    each.add_argument("entry", nargs="?", type=whole, metavar="번호", help="되돌릴 일의 번호")
    add_output(each)


def show_courses(args: argparse.Namespace) -> int:
    if args.history:
        from handlers.staff import every_act  # noqa: F401 - which the journal has by their names

        return show(args, partial(history.show, code=args.history), code=args.history)
    asked = {"term": args.term, "text": " ".join(args.text), "everything": args.all, "page": args.page}
    return show(args, partial(listing.show, **asked), **asked)


def draw(args: argparse.Namespace) -> int:
    if args.write:
        protocol = look(args, partial(lotteries.write, code=args.course), code=args.course)
        write_file(args.write, protocol.encode(), args.force)
        print(f"{args.write} 에 추첨 기록을 적었습니다. 이름 없이 신청번호만 있어 누구에게나 보여 줄 수 있습니다.")
        return 0
    if args.verify is not None:
        published = decode(str(args.verify), args.verify.read_bytes()) if args.verify != NO_FILE else ""
        return tell(look(args, partial(lotteries.verify, code=args.course, published=published), code=args.course))
    return do(args, lotteries.DRAW, code=args.course, value=args.value, alone=args.without_public_value)


def select(args: argparse.Namespace) -> int:
    if args.list:
        return show(args, partial(selections.show, code=args.course), code=args.course)
    return do(args, selections.SELECT, code=args.course, numbers=args.accept)


def close_course(args: argparse.Namespace) -> int:
    return do(args, closing.CLOSE, code=args.course, reason=args.reason)


def move_session(args: argparse.Namespace) -> int:
    if args.drop:
        return do(args, moving.DROP, code=args.course, number=args.number)
    return do(args, moving.MOVE, code=args.course, number=args.number, when=" ".join(args.when))


def complete(args: argparse.Namespace) -> int:
    if args.list:
        return show(args, partial(completing.show, code=args.course), code=args.course)
    if args.waive is not None:
        return do(args, no_shows.WAIVE, code=args.course, number=args.waive, reason=args.reason)
    if args.proposed:
        return do(args, completing.COMPLETE, code=args.course, proposed=True)
    numbers = args.only if args.only is not None else args.excepted or []
    words = {"numbers": numbers, "completed": args.only is not None, "reason": args.reason}
    return do(args, completing.COMPLETE, code=args.course, **words)


def undo(args: argparse.Namespace) -> int:
    from handlers.staff import every_act  # noqa: F401 - whichever is undone

    if args.entry is None:
        return show(args, undoing.recent)
    return confirm(args, partial(undoing.undo, entry=args.entry), action=undoing.UNDO, words={"entry": args.entry})


NO_FILE = Path()


def _readable(name: str) -> Path:
    if not Path(name).is_file():
        raise argparse.ArgumentTypeError(f"‘{name}’: 파일이 없습니다.")
    return Path(name)


def _of_course(
    commands: Commands, name: str, command: Callable[[argparse.Namespace], int | None]
) -> argparse.ArgumentParser:
    each = add_act(commands, name, command)
    each.add_argument("course", metavar="과정번호")
    return each


def _add_courses(each: argparse.ArgumentParser) -> None:
    each.add_argument("text", nargs="*", default=[], metavar="찾는 말", help="번호, 과정명, 장소, 강사, 초성")
    each.add_argument("--term", default="", metavar="학기", help="예: 2026-H2")
    each.add_argument("--all", action="store_true", help="끝난 과정과 폐강한 과정도 보여 줍니다")
    each.add_argument("--page", type=whole, default=1, metavar="쪽", help="50개씩 보여 줍니다")
    each.add_argument("--history", default="", metavar="과정번호", help="이 과정이 바뀐 내역을 봅니다")
    add_output(each)


def _add_draw(each: argparse.ArgumentParser) -> None:
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--value", default="", metavar="숫자들", help='약속한 때에 나온 공개값. 예: "3 12 19 27 33 41 7"')
    ways.add_argument(
        "--without-public-value", action="store_true", help="공개값 없이 추첨합니다. 기록에 그렇게 남습니다"
    )
    verify = "다시 추첨해서 같은 결과인지, 전에 받아 둔 기록과 같은지 봅니다"
    ways.add_argument("--verify", type=_readable, nargs="?", const=NO_FILE, metavar="기록", help=verify)
    ways.add_argument("--write", type=Path, metavar="파일", help="누구나 다시 추첨해 볼 수 있는 기록을 적습니다")
    add_force(each)


def _add_select(each: argparse.ArgumentParser) -> None:
    ways = each.add_mutually_exclusive_group(required=True)
    ways.add_argument("--list", action="store_true", help="결정할 신청을 보여 줍니다")
    ways.add_argument("--accept", type=numbers, metavar="번호,번호", help="이 신청들을 이 순서대로 뽑습니다")
    add_output(each)


def _add_move(each: argparse.ArgumentParser) -> None:
    each.add_argument("number", type=whole, metavar="회차")
    ways = each.add_mutually_exclusive_group(required=True)
    ways.add_argument("when", nargs="*", default=[], metavar="날짜와 시각", help="예: 2026-12-15 14:00")
    ways.add_argument("--drop", action="store_true", help="이 수업을 없앱니다")


def _add_complete(each: argparse.ArgumentParser) -> None:
    ways = each.add_mutually_exclusive_group(required=True)
    ways.add_argument("--list", action="store_true", help="수강생을 보여 줍니다")
    add_output(each)
    ways.add_argument("--proposed", action="store_true", help="출석으로 제안한 대로 정합니다")
    ways.add_argument("--all", action="store_true", help="모두 수료했습니다")
    ways.add_argument("--only", type=numbers, metavar="번호,번호", help="이 신청들만 수료했습니다")
    ways.add_argument(
        "--except", type=numbers, dest="excepted", metavar="번호,번호", help="이 신청들 말고 수료했습니다"
    )
    ways.add_argument("--waive", type=whole, metavar="번호", help="한 번도 오지 않은 이분을 예외로 합니다")
    each.add_argument("--reason", default="", metavar="까닭", help="제안과 다르게 정하거나 예외로 하는 까닭")
