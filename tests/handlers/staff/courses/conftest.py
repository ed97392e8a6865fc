"""A course under other headers, and officers with the form of a course before them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.staff.courses.forms import form, saving
from handlers.staff.courses.forms.form import CourseForm
from handlers.staff.courses.sheets import columns
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.desk import acts
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.files.rows import Row
from storage.audit.journal import Officer
from storage.teaching.course import Course
from tests.support.domain import SETTINGS, School

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def renamed(rows: Callable[..., list[Row]]) -> Callable[..., Row]:
    """The good course with other headers, or other cells under them; None leaves a column away."""

    def make(headers: dict[str, Any] | None = None, **changed: Any) -> Row:
        [row] = rows(changed)
        cells = {(headers or {}).get(name, name): value for name, value in row.cells.items()}
        kept = {name: value for name, value in cells.items() if name is not None}
        return Row("과정", 2, kept, {name: f"C{at}" for at, name in enumerate(kept)})

    return make


@pytest.fixture
def as_course() -> Callable[[Row], Course]:
    """The course of a row in which nothing is wrong."""

    def read(row: Row) -> Course:
        course, problems = columns.read(row, SEOUL)
        assert [*map(str, COLUMNS.header_problems([row])), *map(str, problems)] == []
        return course

    return read


@dataclass
class Editor:
    """Has the form open as it was shown, and types into it."""

    school: School
    name: str
    shown: CourseForm = field(default_factory=form.new)
    code: str = ""

    async def opens(self, code: str) -> CourseForm:
        self.code = code
        self.shown = await self.school.gets(form.of_course, code)
        return self.shown

    async def checks(self, as_written: bool = False, **typed: str) -> CourseForm:
        self.shown = await self.school.gets(
            saving.checked, self.code, {**self.shown.texts, **typed}, self.shown.seen, as_written
        )
        return self.shown

    async def saves(self, as_written: bool = False, **typed: str) -> Told:
        return await self.school.database.write(partial(self._save, {**self.shown.texts, **typed}, as_written))

    def _save(self, texts: dict[str, str], as_written: bool, tx: Any) -> Told:
        desk = replace(Desk(SETTINGS.to_organization(), self.school.now), officer=Officer(self.name, "console"))
        args: dict[str, Any] = {
            "rows": [saving.row_for(tx, SEOUL, self.code, texts)],
            "as_written": as_written,
        }
        if not self.code:
            return acts.perform(tx, desk, saving.ADD, args)
        return acts.perform(tx, desk, saving.EDIT, {**args, "code": self.code, "seen": self.shown.seen})


@pytest.fixture
def editor(school: School) -> Callable[..., Editor]:
    return lambda name="김담당": Editor(school, name)
