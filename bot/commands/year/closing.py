"""A year in figures, its policy card as a file, and its quarters: year, quarter."""

import argparse
from functools import partial
from pathlib import Path

from bot.documents import policy_card
from bot.terminal.command import Commands, add, add_act, do, look, show, tell, whole, year
from bot.terminal.writing import add_force, refuse_taken, write_file
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.year import listing
from handlers.staff.year.cards import carding, quarters
from handlers.staff.year.cards.card import Card
from handlers.staff.year.counted import period
from storage.database import Transaction

QUARTERS = {f"{each}": each for each in period.QUARTERS}


def add_to(commands: Commands) -> None:
    each = add(commands, "year", show_year)
    each.add_argument("year", type=year, nargs="?", metavar="연도", help="적지 않으면 올해")
    each.add_argument(
        "--quarter", type=quarter, metavar="분기", help="-o로 만들 카드의 분기 (기본: 마지막으로 시작한 분기)"
    )
    each.add_argument("--of", default="", metavar="지표", help="이 확인지표의 실적을 이루는 과정을 보여 줍니다")
    kinds = "·".join(policy_card.SUFFIXES)
    each.add_argument("-o", type=Path, dest="card", metavar="파일", help=f"이행카드를 적을 파일: {kinds}")
    add_force(each)
    each.set_defaults(output=None, purpose="")
    each = add_act(commands, "quarter", close_quarter)
    each.add_argument("year", type=year, metavar="연도")
    each.add_argument("quarter", type=quarter, metavar="분기")
    ways = each.add_mutually_exclusive_group(required=True)
    ways.add_argument("--draft", action="store_true", help="작성을 시작하거나, --stage를 다시 고릅니다")
    ways.add_argument("--check", action="store_true", help="팀장이 확인합니다")
    ways.add_argument("--freeze", action="store_true", help="확정합니다: 값과 그것을 이루는 줄을 그대로 남깁니다")
    ways.add_argument("--reopen", action="store_true", help="확인하거나 확정한 분기를 다시 엽니다")
    each.add_argument("--stage", default="", metavar="단계", help="--draft에서 고를 이행단계. 예: 추진중")


def quarter(text: str) -> int:
    """“3” and “3분기”."""
    found = QUARTERS.get(text.removesuffix("분기"))
    if found is None:
        raise argparse.ArgumentTypeError(f"‘{text}’: 분기를 1부터 4까지로 적어 주세요. 예: 3")
    return found


def show_year(args: argparse.Namespace) -> int:
    if args.card:
        return _write(args)
    return show(args, partial(_told, args), year=args.year, of=args.of)


def _told(args: argparse.Namespace, tx: Transaction, desk: Desk) -> Told:
    asked = args.year or desk.today.year
    if args.of:
        return listing.sources(tx, desk, whole(args.of) if args.of.isdecimal() else args.of, asked)
    return listing.show(tx, desk, asked)


def _write(args: argparse.Namespace) -> int:
    suffix = args.card.suffix.lower()
    if suffix not in policy_card.SUFFIXES:
        raise Declined(f"{args.card}: 이행카드는 {'·'.join(policy_card.SUFFIXES)} 파일로 적습니다.")
    refuse_taken(args.card, args.force)
    card, form = look(args, partial(_card, args), year=args.year, quarter=args.quarter, output=suffix)
    write_file(args.card, policy_card.write(card, suffix, form), args.force)
    named = quarters.called(card.year, card.quarter)
    return tell(Told(f"{args.card} 에 {named} 이행카드를 적었습니다.", notes=card.warnings))


def _card(args: argparse.Namespace, tx: Transaction, desk: Desk) -> tuple[Card, Path | None]:
    """With the district's own template, where it has one."""
    asked = args.year or desk.today.year
    card = carding.card(tx, desk, asked, args.quarter or period.newest_quarter(asked, desk.today))
    return card, desk.organization.policy_card.template


def close_quarter(args: argparse.Namespace) -> int:
    words = {"year": args.year, "quarter": args.quarter}
    if args.draft:
        return do(args, quarters.DRAFT, **words, stage=args.stage)
    if args.stage:
        raise Declined("--stage는 --draft와 함께 적어 주세요.")
    act = quarters.CHECK if args.check else quarters.FREEZE if args.freeze else quarters.REOPEN
    return do(args, act, **words)
