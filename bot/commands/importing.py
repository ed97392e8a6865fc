"""Bringing in what officers keep in files: import."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot import settings
from bot.commands.command import REFUSED, WRONG_USE, Commands, add, tell, write
from bot.settings import Settings
from handlers.staff import counseling_imports, course_imports, sheets, survey_imports, template
from handlers.staff.rows import COUNSELING, COURSE, QUESTION, SURVEY, Row
from storage.database import Transaction

TEMPLATES = {"courses": template.courses, "surveys": template.surveys, "counseling": template.counseling}
KINDS = "어떤 양식인지: courses(강좌), surveys(설문), counseling(상담 시간)"


def add_to(commands: Commands) -> None:
    each = add(commands, "import", import_files, "강좌, 설문, 상담 시간을 엑셀, CSV, JSON 파일에서 등록합니다")
    each.add_argument("files", type=Path, nargs="*", metavar="파일", help="등록할 파일")
    each.add_argument("--check", action="store_true", help="등록하지 않고 확인만 합니다")
    each.add_argument("--template", type=Path, metavar="파일", help="양식(.xlsx)을 만듭니다")
    each.add_argument("--of", choices=TEMPLATES, default="courses", help=KINDS)


def import_files(given: argparse.Namespace) -> int:
    if given.template:
        template.write(given.template, TEMPLATES[given.of](datetime.now(UTC).date()))
        print(f"{given.template} 양식을 만들었습니다. 채운 뒤 python -m bot import {given.template} 로 등록하세요.")
        return 0
    if not given.files:
        print("등록할 파일을 적어 주세요. 예: python -m bot import courses.xlsx", file=sys.stderr)
        return WRONG_USE
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
    of_courses = [row for row in rows if row.kind == COURSE]
    of_surveys = [row for row in rows if row.kind in (SURVEY, QUESTION)]
    of_counseling = [row for row in rows if row.kind in COUNSELING]
    zone, now = loaded.house.timezone, datetime.now(UTC)
    reports: list[course_imports.Report | survey_imports.Report | counseling_imports.Report] = []
    if of_courses:
        work = course_imports.preview if only_check else course_imports.import_courses
        reports.append(work(tx, of_courses, zone, loaded.organization.closed_days, now))
    if of_surveys:
        reports.append(survey_imports.import_surveys(tx, of_surveys, zone, only_check=only_check))
    if of_counseling:
        taking = counseling_imports.import_counseling
        reports.append(taking(tx, of_counseling, loaded.house, now, only_check=only_check))
    return not any(report.problems for report in reports), [line for report in reports for line in report.lines()]
