"""Bringing in what officers keep in files: import."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot import settings
from bot.commands import entering
from bot.commands.command import REFUSED, WRONG_USE, Commands, add, tell, write
from bot.settings import Settings
from handlers.staff.counseling import importing as counseling_imports
from handlers.staff.counseling import template as counseling_template
from handlers.staff.courses import importing as course_imports
from handlers.staff.courses import template as course_template
from handlers.staff.desk.desk import Desk
from handlers.staff.files import sheets, workbook
from handlers.staff.files.rows import COUNSELING, COURSE, POSTING, QUESTION, SURVEY, Row
from handlers.staff.postings import importing as posting_imports
from handlers.staff.postings import template as posting_template
from handlers.staff.surveys import importing as survey_imports
from handlers.staff.surveys import template as survey_template
from storage.database import Transaction

Report = course_imports.Report | survey_imports.Report | posting_imports.Report | counseling_imports.Report

TEMPLATES = {
    "courses": course_template.pages,
    "surveys": survey_template.pages,
    "postings": posting_template.pages,
    "counseling": counseling_template.pages,
}


def add_to(commands: Commands) -> None:
    each = add(
        commands, "import", import_files, "강좌, 설문, 채용공고, 상담 시간을 엑셀, CSV, JSON 파일에서 등록합니다"
    )
    each.add_argument("files", type=Path, nargs="*", metavar="파일", help="등록할 파일")
    each.add_argument("--check", action="store_true", help="등록하지 않고 확인만 합니다")
    each.add_argument("--template", type=Path, metavar="파일", help="양식(.xlsx)을 만듭니다")
    of = "어떤 양식인지: courses(강좌), surveys(설문), postings(채용공고), counseling(상담 시간)"
    each.add_argument("--of", choices=TEMPLATES, default="courses", help=of)
    each.add_argument("--answers", metavar="설문번호", help="이 설문의 종이 응답지나 다른 폼의 응답을 등록합니다")
    each.add_argument("--course", metavar="과정번호", help="--answers와 함께: 어느 과정의 응답인지")


def import_files(given: argparse.Namespace) -> int:
    if given.course and not given.answers:
        print("--course는 --answers와 함께 적어 주세요.", file=sys.stderr)
        return WRONG_USE
    if given.template and given.answers:
        return entering.write_template(given)
    if given.template:
        workbook.write(given.template, TEMPLATES[given.of](datetime.now(UTC).date()))
        print(f"{given.template} 양식을 만들었습니다. 채운 뒤 python -m bot import {given.template} 로 등록하세요.")
        return 0
    if not given.files:
        print("등록할 파일을 적어 주세요. 예: python -m bot import courses.xlsx", file=sys.stderr)
        return WRONG_USE
    if given.answers:
        return entering.import_answers(given)
    rows = [row for file in given.files for row in sheets.read(file)]
    loaded = settings.load(given.config)
    work = partial(_import, loaded=loaded, rows=rows, only_check=given.check)
    is_good, lines = asyncio.run(write(loaded, work))
    tell([*(["확인만 했습니다. 등록하려면 --check 없이 실행하세요."] if given.check else []), *lines])
    return 0 if is_good else REFUSED


def _import(tx: Transaction, loaded: Settings, rows: Sequence[Row], only_check: bool) -> tuple[bool, list[str]]:
    """All of it or nothing: whether it is good, and what to tell."""
    is_good, lines = _take(tx, loaded, rows, True)
    return (is_good, lines) if only_check or not is_good else _take(tx, loaded, rows, False)


def _take(tx: Transaction, loaded: Settings, rows: Sequence[Row], only_check: bool) -> tuple[bool, list[str]]:
    reports = [work(tx) for work in _works(loaded, rows, only_check)]
    return not any(report.problems for report in reports), [line for report in reports for line in report.lines()]


def _works(loaded: Settings, rows: Sequence[Row], only_check: bool) -> Iterator[Callable[[Transaction], Report]]:
    """One for each sort of rows that there are."""
    zone, desk = loaded.house.timezone, Desk(loaded.house, loaded.house.pushing_channels, datetime.now(UTC))
    if of_courses := [row for row in rows if row.kind == COURSE]:
        work = course_imports.preview if only_check else course_imports.import_courses
        closed_days = loaded.organization.closed_days
        yield partial(work, rows=of_courses, timezone=zone, closed_days=closed_days, now=desk.now)
    if of_surveys := [row for row in rows if row.kind in (SURVEY, QUESTION)]:
        yield partial(survey_imports.import_surveys, rows=of_surveys, timezone=zone, only_check=only_check)
    if of_postings := [row for row in rows if row.kind == POSTING]:
        take = posting_imports.preview if only_check else posting_imports.take_in
        yield partial(take, desk=desk, rows=of_postings)
    if of_counseling := [row for row in rows if row.kind in COUNSELING]:
        taking = counseling_imports.import_counseling
        yield partial(taking, rows=of_counseling, house=loaded.house, now=desk.now, only_check=only_check)
