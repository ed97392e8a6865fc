"""The Excel file that officers fill in: headers, an example, choices, and a sheet that explains."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from handlers.staff.columns import COLUMNS, LAYOUT
from handlers.staff.layout import Column, Layout
from handlers.staff.sheets import GUIDE

LAST_ROW = 1000  # as far as choices are offered
BOLD = Font(bold=True)
REQUIRED = PatternFill("solid", fgColor="FFF2CC")
TOP = Alignment(vertical="top", wrap_text=True)


def write(path: Path, today: date) -> None:
    """Write the template of courses; its example is a hidden course that begins in about a month."""
    write_form(path, "과정", LAYOUT, _example(today))


def write_form(path: Path, title: str, layout: Layout, example: dict[str, object]) -> None:
    """A form with one example, by the fields of its columns."""
    book = Workbook()
    _fill_sheet(book.active, title, layout.columns, example)
    _fill_guide(book.create_sheet(GUIDE), title, layout.columns)
    book.save(path)


def _example(today: date) -> dict[str, object]:
    tuesday = today + timedelta(days=28 + (1 - today.weekday()) % 7)
    times = {
        "term": f"{tuesday.year}년 {'상' if tuesday.month < 7 else '하'}반기",
        "apply_start": datetime.combine(today + timedelta(days=7), time(9)),
        "apply_end": datetime.combine(today + timedelta(days=20), time(18)),
        "start_date": tuesday,
        "end_date": tuesday + timedelta(days=51),
        "start_time": time(19),
        "end_time": time(21),
    }
    return {column.field: column.example for column in COLUMNS} | times


def _fill_sheet(sheet: Any, title: str, columns: Sequence[Column], example: dict[str, object]) -> None:
    sheet.title = title
    sheet.freeze_panes = "C2"
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        _fill_header(sheet.cell(1, number), column)
        _fill_example(sheet.cell(2, number), column, example[column.field])
        sheet.column_dimensions[letter].width = _width(column)
        sheet.column_dimensions[letter].number_format = column.kind.shown_as
        if column.kind.choices:
            sheet.add_data_validation(_choices(column, f"{letter}2:{letter}{LAST_ROW}"))


def _fill_header(cell: Any, column: Column) -> None:
    cell.value = column.header
    cell.font = BOLD
    if column.required:
        cell.fill = REQUIRED


def _fill_example(cell: Any, column: Column, value: object) -> None:
    cell.value = value or None
    cell.number_format = column.kind.shown_as


def _width(column: Column) -> int:
    """Hangul is about two characters wide."""
    if column.kind.shown_as.startswith("yyyy"):
        return 17
    return min(max(2 * len(column.header) + 4, 2 * len(str(column.example)) + 2), 40)


def _choices(column: Column, cells: str) -> DataValidation:
    words = column.kind.choices
    validation = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
    validation.errorTitle, validation.error = column.header, column.kind.expected
    validation.add(cells)
    return validation


def _fill_guide(sheet: Any, title: str, columns: Sequence[Column]) -> None:
    sheet.append(["열", "꼭 적기", "설명", "적는 방법", "비우면"])
    for cell in sheet[1]:
        cell.font = BOLD
    for column in columns:
        needed = "꼭" if column.required else ""
        sheet.append([column.header, needed, column.explanation, column.kind.expected, _default(column)])
    for letter, width in zip("ABCDE", (14, 9, 60, 55, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = TOP
    sheet.append([])
    sheet.append(["", "", f"{title} 시트의 노란 열은 꼭 적어야 합니다. 2행은 예시이니 지우고 적어 주세요."])


def _default(column: Column) -> str:
    """What an empty cell means, in the officer's words."""
    words = {"first_come": "선착순", "residents": "예", "published": "공개", "True": "예", "None": "저절로"}
    return words.get(str(column.default), str(column.default))
