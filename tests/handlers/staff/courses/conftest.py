"""A course under other headers."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.staff.courses.sheets import columns
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.files.rows import Row
from storage.course import Course

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
