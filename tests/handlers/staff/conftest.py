"""Rows of a good course, and files that hold what tests write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.files.rows import Row

LETTERS = {column.header: f"C{number}" for number, column in enumerate(COLUMNS.all)}

GOOD = {
    "과정번호": "26-01",
    "과정명": "바리스타 2급",
    "분류": "식음료",
    "학기": "2026년 하반기",
    "주야": "주간",
    "장소": "실습실 A",
    "정원": "15명",
    "최소인원": 8,
    "접수시작": "2026-11-02 09:00",
    "접수종료": "2026-11-13",
    "시작일": "2026. 12. 1.(화)",
    "종료일": "2026. 12. 29.",
    "요일": "화",
    "시작시간": "오전 10시",
    "종료시간": "13:00",
    "재료비": "120,000원",
}


@pytest.fixture
def rows() -> Callable[..., list[Row]]:
    """Rows of a sheet: the good course, each with its changes."""

    def make(*changes: dict[str, Any]) -> list[Row]:
        return [Row("과정", number, GOOD | change, LETTERS) for number, change in enumerate(changes or ({},), 2)]

    return make


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """An .xlsx file with these lines in its first sheet."""

    def make(*lines: list[Any]) -> Path:
        book = Workbook()
        book.active.title = "과정"
        for line in lines:
            book.active.append(line)
        book.save(tmp_path / "courses.xlsx")
        return tmp_path / "courses.xlsx"

    return make
