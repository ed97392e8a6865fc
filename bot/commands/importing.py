"""Bringing in what officers keep in files: import."""

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot import settings
from bot.commands import posting
from bot.commands.command import REFUSED, WRONG_USE, Commands, add, tell, write
from handlers.staff import imports, sheets, template


def add_to(commands: Commands) -> None:
    each = add(commands, "import", import_files, "강좌나 채용공고를 엑셀, CSV, JSON 파일에서 등록합니다")
    each.add_argument("files", type=Path, nargs="*", metavar="파일", help="등록할 파일")
    each.add_argument("--check", action="store_true", help="등록하지 않고 확인만 합니다")
    each.add_argument("--template", type=Path, metavar="파일", help="빈 양식(.xlsx)을 만듭니다")
    each.add_argument("--of", choices=("courses", "postings"), default="courses", help="양식의 종류 (기본: courses)")


def import_files(given: argparse.Namespace) -> int:
    if given.template:
        if given.of == "postings":
            posting.write_template(given.template)
        else:
            template.write(given.template, datetime.now(UTC).date())
        print(f"{given.template} 양식을 만들었습니다. 채운 뒤 python -m bot import {given.template} 로 등록하세요.")
        return 0
    if not given.files:
        print("등록할 파일을 적어 주세요. 예: python -m bot import courses.xlsx", file=sys.stderr)
        return WRONG_USE
    rows = [row for file in given.files for row in sheets.read(file)]
    if posting.are_postings(rows):
        return posting.import_postings(given, rows)
    loaded = settings.load(given.config)
    work = imports.preview if given.check else imports.import_courses
    house, closed_days = loaded.house, loaded.organization.closed_days
    report = asyncio.run(write(loaded, lambda tx: work(tx, rows, house.timezone, closed_days, datetime.now(UTC))))
    tell([*(["확인만 했습니다. 등록하려면 --check 없이 실행하세요."] if given.check else []), *report.lines()])
    return REFUSED if report.problems else 0
