"""Bringing in answers from paper and from other forms: import --answers."""

import argparse
from functools import partial

from bot.commands.command import REFUSED, at_desk, tell
from bot.commands.typed import program, quoted
from handlers.staff.entering import importing, template
from handlers.staff.entering.importing import File
from handlers.staff.files import sheets, workbook


def write_template(given: argparse.Namespace) -> int:
    work = partial(template.pages, code=given.answers, course_code=given.course)
    workbook.write(given.template, at_desk(given, lambda tx, _: work(tx), writes=False))
    words = ["--answers", given.answers, *(["--course", given.course] if given.course else []), str(given.template)]
    print(f"{given.template} 응답지를 만들었습니다. 채운 뒤 {program()} {quoted(['import', *words])} 로 등록하세요.")
    return 0


def import_answers(given: argparse.Namespace) -> int:
    files = [File(path.name, sheets.grids(path)) for path in given.files]
    work = partial(
        importing.import_answers,
        code=given.answers,
        course_code=given.course,
        files=files,
        only_check=given.check,
    )
    report = at_desk(given, work, writes=not given.check)
    tell([*(["확인만 했습니다. 등록하려면 --check 없이 실행하세요."] if given.check else []), *report.lines()])
    return REFUSED if report.problems else 0
