"""Files for the district's own sender, as tests make them: who agreed, what is approved, and what the sender says."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.sections import Pushing
from handlers.dialogue.organization import Organization
from handlers.notices.templates import TEXTS
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.files.reading import sheets
from handlers.staff.reports import lines, lists
from handlers.staff.ways.files import showing
from handlers.staff.ways.files.results import RESULTS
from storage.database import Transaction
from storage.people import consents
from storage.ways import templates
from storage.ways.templates import Approved
from tests.support.clock.scenes import at
from tests.support.domain import SETTINGS, School, Visitor, typed

KIND = "day_before"
NAMES = ("홍길동", "임꺽정", "성춘향", "이몽룡")
HEAD = ("번호", "수신번호", "결과", "사유")
FIRST, SECOND, THIRD = (
    ("1", "01000000001", "성공", ""),
    ("2", "01000000002", "실패", "카카오톡 미사용자"),
    ("3", "01000000003", "성공", ""),
)
"""A sender's results of three rows."""
SETTINGS_WITH_FILE = SETTINGS.model_copy(update={"pushes": Pushing(file=True)})


def approved(school: School, kind: str = KIND, **differing: Any) -> Approved:
    text = TEXTS[kind]
    usual = ("file", kind, "A-1", text.name, text.text, "approved", True, None, school.now)
    return replace(Approved(*usual), **differing)


async def approve(school: School, kind: str = KIND, **differing: Any) -> None:
    await school.database.write(lambda tx: templates.keep(tx, [approved(school, kind, **differing)]))


def agree(tx: Transaction, school: School, resident_id: int, given: bool = True) -> None:
    consents.record(tx, resident_id, consents.ALIMTALK, given, "1", "", "web", school.now)


class FileDesk:
    """An officer of a district whose sender takes files."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.organization: Organization = SETTINGS_WITH_FILE.to_organization()

    async def gets(self, work: Any, *given: Any, **named: Any) -> Any:
        desk = Desk(self.organization, self.school.now)
        return await self.school.database.write(lambda tx: work(tx, desk, *given, **named))

    async def does(self, act: Act, **args: Any) -> str:
        return said(await self.gets(acts.perform, act, args))

    async def sheet(self, number: int = 1) -> list[list[str]]:
        """The file as it is opened: its header, and a line a row."""
        first = await self.workbook(number)
        return [["" if cell is None else str(cell) for cell in row] for row in first.iter_rows(values_only=True)]

    async def workbook(self, number: int = 1) -> Any:
        """Its first sheet."""
        return load_workbook(io.BytesIO(lists.book(await self.gets(showing.sheet, number)))).worksheets[0]

    async def missed(self, *people: Visitor, course: int = 0) -> int:
        """These have seats, agreed to be told at their numbers, and were told of tomorrow's class in vain."""
        course = course or await self.school.opens()
        for number, (name, each) in enumerate(zip(NAMES, people, strict=False), 1):
            await each.registers(course, name=name, mobile=f"010-0000-000{number}")
        await approve(self.school)
        await self.school.database.write(self._all_agree)
        self.school.now = at("12-07 18:00")
        return course

    def _all_agree(self, tx: Transaction) -> None:
        for each in range(1, 10):
            if consents.latest(tx, each):
                agree(tx, self.school, each)


def said(told: Told) -> str:
    return "\n".join(lines.of_told(told, typed))


def results(*rows: Sequence[object], name: str = "결과.csv") -> Any:
    """A sender's results, as its columns name them, as an importer reads them."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return [(name, sheets.grids_of(name, text.getvalue().encode()))]


async def takes(files: FileDesk, *rows: Sequence[object], head: Sequence[str] = HEAD, number: int = 1) -> str:
    return await files.does(RESULTS, number=number, files=results(head, *rows))


async def refused(files: FileDesk, *rows: Sequence[object], head: Sequence[str] = HEAD, number: int = 1) -> str:
    """With what it is declined."""
    with pytest.raises(Declined) as declined:
        await takes(files, *rows, head=head, number=number)
    return "\n".join([declined.value.message, *declined.value.items])
