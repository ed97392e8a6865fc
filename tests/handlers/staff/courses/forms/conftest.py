"""An officer with the form of a course before them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest

from handlers.staff.courses.forms import form, saving
from handlers.staff.courses.forms.form import CourseForm
from handlers.staff.desk import acts
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from storage.journal import Officer
from tests.support.domain import SETTINGS, School


@dataclass
class Editor:
    """Has the form open as it was shown, and types into it."""

    school: School
    name: str
    shown: CourseForm = form.new()
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
            "rows": [saving.row_for(tx, desk, self.code, texts)],
            "as_written": as_written,
        }
        if not self.code:
            return acts.perform(tx, desk, saving.ADD, args)
        return acts.perform(tx, desk, saving.EDIT, {**args, "code": self.code, "seen": self.shown.seen})


@pytest.fixture
def editor(school: School) -> Callable[..., Editor]:
    return lambda name="김담당": Editor(school, name)
