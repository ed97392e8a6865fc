"""Bringing in what officers keep in files: import."""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.terminal.command import WRONG_USE, Commands, add_act, do, look, show, tell
from bot.terminal.typed import typed
from bot.terminal.writing import add_force, write_file
from handlers.staff.attendance.sheets import exporting
from handlers.staff.attendance.sheets import importing as attendance
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.imported import only_checked, summary
from handlers.staff.desk.told import Step, Told
from handlers.staff.entering import importing as answers
from handlers.staff.entering import template as answer_template
from handlers.staff.entering.importing import File
from handlers.staff.files import workbook
from handlers.staff.files.reading import sheets
from handlers.staff.files.rows import Row
from handlers.staff.files.workbook import Page
from handlers.staff.importers import IMPORT, IMPORTERS, brief, check
from handlers.staff.reports.lines import of_told


def add_to(commands: Commands) -> None:
    each = add_act(commands, "import", import_files)
    each.add_argument("files", type=_named, nargs="*", metavar="파일", help="등록할 파일")
    each.add_argument("--check", action="store_true", help="등록하지 않고 확인만 합니다")
    each.add_argument("--template", type=Path, metavar="파일", help="양식(.xlsx)을 만듭니다")
    kinds = "courses(강좌), surveys(설문), postings(채용공고), counseling(상담 시간), questions(자주 묻는 질문)"
    kinds += ", qualifications(취득 자격), year(한 해 기록: 목표, 예산, 주민참여 …)"
    each.add_argument("--of", choices=IMPORTERS, default="courses", help=f"어떤 양식인지: {kinds}")
    each.add_argument("--answers", metavar="설문번호", help="이 설문의 종이 응답지나 다른 폼의 응답을 등록합니다")
    each.add_argument("--course", metavar="과정번호", help="--answers와 함께: 어느 과정의 응답인지")
    attendance = "이 과정의 출석부를 등록합니다. --template과 함께: 지금까지 적은 출석부를 만듭니다"
    each.add_argument("--attendance", metavar="과정번호", help=attendance)
    each.add_argument("--reason", default="", metavar="까닭", help="수업 날이 지난 출석을 고치는 까닭")
    each.add_argument("--purpose", default="", metavar="목적", help="출석부를 만들 때: 무엇에 쓰는지")
    each.add_argument("--as-written", action="store_true", help="이상해 보여 여쭌 것도 적은 그대로 등록합니다")
    each.add_argument(
        "--same-course",
        type=lambda text: [code.strip() for code in text.split(",") if code.strip()],
        default=[],
        metavar="과정번호,…",
        help="이름이나 학기가 다르거나 이미 끝났어도 같은 과정을 고치는 것입니다",
    )
    each.add_argument("--write", type=Path, metavar="파일", help="등록할 것과 바뀌는 것을 한 줄씩 모두 파일에 적습니다")
    add_force(each)


def _named(text: str) -> Path:
    """Excel keeps a file beside one that is open, and `*.xlsx` names it too."""
    name = Path(text).name
    if name.startswith("~$"):
        why = f"엑셀이 ‘{name.removeprefix('~$')}’ 파일을 열어 둔 동안만 있는 파일입니다. 엑셀을 닫고 다시 해 주세요."
        raise argparse.ArgumentTypeError(f"‘{name}’: {why}")
    return Path(text)


def import_files(args: argparse.Namespace) -> int:
    if args.course and not args.answers:
        print("--course는 --answers와 함께 적어 주세요.", file=sys.stderr)
        return WRONG_USE
    if args.attendance and args.answers:
        print("--attendance와 --answers는 함께 적을 수 없습니다.", file=sys.stderr)
        return WRONG_USE
    if args.template:
        return _write_attendance(args) if args.attendance else tell(_write_template(args))
    if not args.files:
        example = typed(Step("", "import", {"files": ["courses-2026.xlsx"]}))
        print(f"등록할 파일을 적어 주세요. 예: {example}", file=sys.stderr)
        return WRONG_USE
    return _check(args) if args.check else _take_in(args)


def _take_in(args: argparse.Namespace) -> int:
    names = [path.name for path in args.files]
    if args.attendance:
        return do(args, attendance.IMPORT, names=names, **_of_attendance(args))
    if args.answers:
        return do(args, answers.ENTER, begins=True, files=_grids(args), names=names, **_asked(args))
    rows = _rows(args)
    if args.write:
        _write_lines(args, look(args, partial(check, rows=rows, **_said(args)), begins=True))
    return do(args, IMPORT, begins=True, rows=rows, names=names, **_said(args))


def _check(args: argparse.Namespace) -> int:
    """Only reads: nobody who is being served waits for it."""
    if args.attendance:
        asked = _of_attendance(args)
        told = look(args, partial(attendance.check, **asked), code=args.attendance)
        return tell(only_checked(replace(told, reach=None)))
    if args.answers:
        work = partial(answers.import_answers, files=_grids(args), only_check=True, **_asked(args))
        told = summary([look(args, work, begins=True, **_asked(args))])
    else:
        told = look(args, partial(check, rows=_rows(args), **_said(args)), begins=True)
    if args.write:
        _write_lines(args, told)
    return tell(_with_next(args, only_checked(brief(told, **_said(args)))))


def _write_lines(args: argparse.Namespace, told: Told) -> None:
    """All that is told, however much, for reading apart."""
    write_file(args.write, "\n".join([*of_told(told, typed), ""]).encode("utf-8-sig"), args.force)
    print(f"확인한 것을 {args.write}에 모두 적었습니다.")


def _said(args: argparse.Namespace) -> dict[str, Any]:
    return {"files": list(map(str, args.files)), "as_written": args.as_written, "same_course": args.same_course}


def _rows(args: argparse.Namespace) -> list[Row]:
    return [row for file in args.files for row in sheets.read(file)]


def _grids(args: argparse.Namespace) -> list[File]:
    return [File(path.name, sheets.grids(path)) for path in args.files]


def _asked(args: argparse.Namespace) -> dict[str, Any]:
    return {"code": args.answers, "course_code": args.course}


def _of_attendance(args: argparse.Namespace) -> dict[str, Any]:
    files = [(path.name, sheets.grids(path)) for path in args.files]
    return {"code": args.attendance, "files": files, "why": args.reason}


def _write_attendance(args: argparse.Namespace) -> int:
    """What is marked so far, to fill in the rest."""
    args.output = args.template
    return show(args, partial(exporting.show, code=args.attendance), code=args.attendance)


def _with_next(args: argparse.Namespace, told: Told) -> Told:
    """What was only looked at, and is good, can be brought in."""
    words = {"as_written": args.as_written, "same_course": args.same_course, **_of_survey(args)}
    step = Step("등록하려면", "import", {"files": args.files, **words})
    return replace(told, steps=(*told.steps, step)) if told.is_good else told


def _write_template(args: argparse.Namespace) -> Told:
    if args.template.suffix.lower() != ".xlsx" and not args.template.is_dir():
        raise Declined(f"{args.template}: 양식은 .xlsx 파일로만 만들 수 있습니다. 파일 이름을 고쳐 주세요.")
    write_file(args.template, workbook.write(_pages(args)), args.force)
    step = Step("채운 뒤 등록하려면", "import", {"files": args.template, **_of_survey(args)})
    return Told(f"{args.template} {'응답지를' if args.answers else '양식을'} 만들었습니다.", steps=(step,))


def _pages(args: argparse.Namespace) -> list[Page]:
    if not args.answers:
        return IMPORTERS[args.of].template(datetime.now(UTC).date())
    pages = partial(answer_template.pages, code=args.answers, course_code=args.course)
    return look(args, lambda tx, _: pages(tx), **_asked(args))


def _of_survey(args: argparse.Namespace) -> dict[str, Any]:
    """As words of a step; those without a value are left out."""
    return {name: value for name in ("answers", "course") if (value := getattr(args, name))}
