"""Who somebody is, and who may be the same person in several chats: persons."""

import argparse
from functools import partial

from bot.terminal.command import Commands, add_act, add_output, do, numbers, show, whole
from handlers.staff.persons import alike, finding, merging
from handlers.staff.records import linking, overview
from storage.people.finding.searching import Index


def add_to(commands: Commands) -> None:
    each = add_act(commands, "persons", show_persons)
    add_output(each)
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--name", default="", metavar="이름", help="이름의 일부나 초성, 번호의 뒤 네 자리로 찾습니다")
    ways.add_argument("--mobile", default="", metavar="번호", help="이 번호를 적은 분들을 보여 줍니다")
    ways.add_argument("--prove", type=whole, metavar="기록", help="이 기록의 분이 번호의 주인인 것을 직접 확인했습니다")
    ways.add_argument(
        "--merge",
        type=_two,
        metavar="기록,기록",
        help="두 기록이 같은 분인 것을 직접 확인했습니다. 앞의 것이 남습니다",
    )
    ways.add_argument("--unprove", type=whole, metavar="기록", help="확인을 거둡니다")
    ways.add_argument("--record", type=whole, metavar="기록", help="이 기록의 모든 것을 보여 줍니다")
    ways.add_argument("--code", type=whole, metavar="기록", help="이 기록의 분이 새 대화를 이을 코드를 만듭니다")


def show_persons(args: argparse.Namespace) -> int:
    if args.merge:
        kept, gone = args.merge
        return do(args, merging.MERGE, kept=kept, gone=gone)
    number = args.prove if args.prove is not None else args.unprove
    if number is not None:
        return do(args, alike.PROVE, number=number, is_theirs=args.prove is not None)
    if args.code is not None:
        return do(args, linking.MAKE_CODE, number=args.code)
    if args.record is not None:
        from handlers.staff import every_act  # noqa: F401 - which the journal has by their names

        return show(args, partial(overview.as_told, number=args.record), record=args.record)
    if args.name:
        found = partial(finding.find, said=args.name, index=Index(), everything=bool(args.output))
        return show(args, found)
    work = partial(alike.show, mobile=args.mobile, everything=bool(args.output))
    return show(args, work, mobile=args.mobile)


def _two(text: str) -> list[int]:
    found = numbers(text)
    if len(found) != 2:
        raise argparse.ArgumentTypeError(f"‘{text}’: 기록 번호 두 개를 쉼표로 이어 적어 주세요. 예: 12,15")
    return found
