"""Surveys for officers: surveys, results, open-survey, close-survey, set-aside, kiosk, slips."""

import argparse
import sys
from functools import partial
from pathlib import Path

from bot.terminal.command import WRONG_USE, Commands, add, add_act, add_output, do, look, show, tell, whole, year
from bot.terminal.typed import typed
from bot.terminal.writing import add_force, write_file
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.reports.surveys import files
from handlers.staff.reports.surveys import lines as survey_lines
from handlers.staff.surveys import bursts, kiosks, opening, rounds
from handlers.staff.surveys.tally import results as survey_results
from handlers.staff.surveys.tally import years
from handlers.staff.surveys.tally.results import Result
from handlers.staff.surveys.tally.years import Year
from storage.database import Transaction

Found = Result | Year


def add_to(commands: Commands) -> None:
    add_output(add(commands, "surveys", show_surveys))
    each = add(commands, "results", results)
    each.add_argument("survey", nargs="?", metavar="설문번호")
    each.add_argument("--course", metavar="과정번호", help="이 과정의 결과만 보여 줍니다")
    each.add_argument("--year", type=year, metavar="연도", help="한 해의 설문을 모아 보여 줍니다. 예: 2026")
    each.add_argument("-o", type=Path, dest="output", metavar="파일", help="결과를 적을 파일: .xlsx, .html, .png")
    add_force(each)
    each = add_act(commands, "open-survey", open_survey)
    each.add_argument("survey", metavar="설문번호")
    each.add_argument("--course", metavar="과정번호", help="이 과정에서 받는 설문")
    each.add_argument("--days", type=whole, metavar="일", help="며칠 동안 받는지. 적지 않으면 설문에 적힌 기간")
    each = add_act(commands, "close-survey", close)
    each.add_argument("survey", metavar="설문번호")
    each.add_argument("--course", metavar="과정번호", help="이 과정에서 받는 설문")
    each = add_act(commands, "set-aside", set_aside)
    each.add_argument("survey", metavar="설문번호")
    each.add_argument("--course", metavar="과정번호", help="이 과정에서 받는 설문")
    each.add_argument("--device", required=True, metavar="이름", help="어디에서 들어왔는지. surveys가 보여 줍니다")
    each.add_argument("--hour", required=True, metavar="시각", help="몇 시에 들어왔는지. 예: 2026-11-24T10")
    each.add_argument("--back", action="store_true", help="뺀 것을 다시 넣습니다")
    _add_kiosk(commands)


def _add_kiosk(commands: Commands) -> None:
    each = add_act(commands, "kiosk", kiosk)
    add_output(each)
    chosen = each.add_mutually_exclusive_group()
    chosen.add_argument("--allow", metavar="이름", help="이 이름의 태블릿에 한 번 적을 번호를 만듭니다")
    chosen.add_argument("--revoke", metavar="이름", help="이 태블릿에서 더 받지 않습니다")
    each = add_act(commands, "slips", slips)
    each.add_argument("survey", metavar="설문번호")
    each.add_argument("--course", metavar="과정번호", help="이 과정의 답하지 않은 수강생마다 하나씩 만듭니다")
    each.add_argument("--people", type=whole, metavar="명", help="누구나 답하는 설문: 몇 분께 드릴지")


def show_surveys(args: argparse.Namespace) -> int:
    return show(args, rounds.show)


def open_survey(args: argparse.Namespace) -> int:
    return do(args, opening.OPEN, code=args.survey, course_code=args.course, days=args.days)


def close(args: argparse.Namespace) -> int:
    return do(args, rounds.CLOSE, code=args.survey, course_code=args.course)


def set_aside(args: argparse.Namespace) -> int:
    where = {"device": args.device, "hour": args.hour, "back": args.back}
    return do(args, bursts.SET_ASIDE, code=args.survey, course_code=args.course, **where)


def kiosk(args: argparse.Namespace) -> int:
    if args.allow:
        return do(args, kiosks.ALLOW, name=args.allow)
    return do(args, kiosks.REVOKE, name=args.revoke) if args.revoke else show(args, kiosks.show)


def slips(args: argparse.Namespace) -> int:
    return do(args, kiosks.HAND_OUT, code=args.survey, course_code=args.course, people=args.people)


def results(args: argparse.Namespace) -> int:
    if bool(args.survey) == bool(args.year) or (args.year and args.course):
        print("설문번호나 --year 가운데 하나를 적어 주세요. --course는 설문번호와 함께 씁니다.", file=sys.stderr)
        return WRONG_USE
    make = files.maker(args.output) if args.output else None
    words = {"survey": args.survey, "course": args.course, "year": args.year}
    found, lines = look(args, partial(_found, args=args), **words)
    if make:
        write_file(args.output, make(*found), args.force)
        return tell(Told(f"{args.output} 에 결과를 적었습니다."))
    return tell(lines)


def _found(tx: Transaction, desk: Desk, args: argparse.Namespace) -> tuple[tuple[Found, Desk], list[str]]:
    if args.year:
        year = years.of_year(tx, desk, args.year)
        return (year, desk), survey_lines.of_year(year)
    result = survey_results.of_survey(tx, desk, args.survey, args.course)
    return (result, desk), survey_lines.of_survey(result, desk, typed)
