"""A good list of courses, and workbooks as offices keep them."""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

HEADER = [
    *("과정번호", "과정명", "학기", "장소", "정원", "접수시작", "접수종료"),
    *("시작일", "종료일", "요일", "시작시간", "종료시간"),
]
DAYS = [datetime(2027, 2, 1, 9), datetime(2027, 2, 14, 18), datetime(2027, 3, 2), datetime(2027, 4, 29)]  # noqa: DTZ001


@pytest.fixture
def header() -> list[Any]:
    """The headers that a list of courses must have."""
    return list(HEADER)


@pytest.fixture
def listed() -> Callable[..., list[Any]]:
    """The line of a course below them."""

    def make(code: str, title: str = "바리스타 2급") -> list[Any]:
        return [code, title, "2027년 상반기", "실습실", 15, *DAYS, "화,목", time(14), time(17)]

    return make


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """A workbook with these sheets, each a list of lines; `change` may do to it what officers do by hand."""

    def make(change: Callable[[Workbook], object] = lambda _: None, **sheets: list[list[Any]]) -> Path:
        made = Workbook()
        made.remove(made.active)
        for title, lines in sheets.items():
            sheet = made.create_sheet(title)
            for line in lines:
                sheet.append(line)
        change(made)
        made.save(tmp_path / "book.xlsx")
        return tmp_path / "book.xlsx"

    return make
