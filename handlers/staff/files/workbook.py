"""The Excel file that officers fill in: headers, an example, choices, and a sheet that explains."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from handlers.language.letters.widths import width
from handlers.staff.files.cells import column_letters
from handlers.staff.files.columns import Column, Columns
from handlers.staff.files.reading.excel import CHOICES, GUIDE

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

LAST_ROW = 1000  # as far as choices are offered
LONGEST_RULE, LONGEST_TITLE, LONGEST_ERROR = 255, 32, 225  # Excel calls a file damaged that has longer ones


@dataclass(frozen=True)
class Page:
    """A sheet with its columns, and lines that are there already."""

    title: str
    columns: Columns
    lines: Sequence[Mapping[str, object]]
    advice: str


def write(pages: Sequence[Page]) -> bytes:
    from handlers.staff.files import styles

    book = styles.Workbook()
    book.remove(book.active)
    for page in pages:
        _fill_page(book, book.create_sheet(page.title), page)
    _fill_guide(book.create_sheet(GUIDE), pages)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _fill_page(book: Any, sheet: Any, page: Page) -> None:
    sheet.freeze_panes = "C2"
    for number, column in enumerate(page.columns.all, 1):
        letter = column_letters(number)
        _fill_header(sheet.cell(1, number), column)
        for row, line in enumerate(page.lines, 2):
            _fill_cell(sheet.cell(row, number), column, line.get(column.field))
        sheet.column_dimensions[letter].width = _width(column)
        sheet.column_dimensions[letter].number_format = column.kind.shown_as
        if column.kind.choices:
            sheet.add_data_validation(_choices(book, column, f"{letter}2:{letter}{LAST_ROW}"))


def _fill_header(cell: Any, column: Column) -> None:
    from handlers.staff.files import styles

    cell.value = column.header
    cell.font = styles.BOLD
    cell.alignment = styles.TOP
    if column.required:
        cell.fill = styles.YELLOW


def _fill_cell(cell: Any, column: Column, value: object) -> None:
    from handlers.staff.files import styles

    cell.value = None if value in ("", None) else _in_words(column, value)
    cell.number_format = column.kind.shown_as
    if isinstance(cell.value, str):
        cell.data_type = "s"  # and no formula, whatever it begins with
    if "\n" in str(value):
        cell.alignment = styles.TOP


def _in_words(column: Column, value: object) -> object:
    """A code as the word that stands for it."""
    kind = column.kind
    return next((word for word in kind.choices if kind.parse(word) == value), value)


def _width(column: Column) -> int:
    if column.kind.shown_as.startswith("yyyy"):
        return 17
    return min(max(width(column.header) + 4, width(str(column.example)) + 2), 40)


def _choices(book: Any, column: Column, cells: str) -> "DataValidation":
    from handlers.staff.files import styles

    strict = column.kind.is_strict
    rule = _rule(book, column.kind.choices)
    validation = styles.DataValidation("list", formula1=rule, allow_blank=True, showErrorMessage=strict)
    validation.errorTitle = column.header[:LONGEST_TITLE]
    validation.error = column.kind.expected[:LONGEST_ERROR]
    validation.add(cells)
    return validation


def _rule(book: Any, words: Sequence[str]) -> str:
    listed = ",".join(words)
    if len(listed) < LONGEST_RULE - 1 and not any(sign in word for word in words for sign in ',"'):
        return f'"{listed}"'
    if CHOICES not in book.sheetnames:
        book.create_sheet(CHOICES).sheet_state = "hidden"
    sheet = book[CHOICES]
    letter = column_letters(1 + len(sheet.column_dimensions))
    sheet.column_dimensions[letter].width = 20
    for row, word in enumerate(words, 1):
        sheet[f"{letter}{row}"] = int(word) if word.isdigit() else word
    return f"{CHOICES}!${letter}$1:${letter}${len(words)}"


def _fill_guide(sheet: Any, pages: Sequence[Page]) -> None:
    from handlers.staff.files import styles

    for page in pages:
        sheet.append([f"{page.title} 시트의 열", "꼭 적기", "설명", "적는 방법", "비우면"])
        for cell in sheet[sheet.max_row]:
            cell.font = styles.BOLD
        for column in page.columns.all:
            needed = "꼭" if column.required else ""
            sheet.append([column.header, needed, column.explanation, column.kind.expected, _default(column)])
        sheet.append(["", "", f"{page.title} 시트의 노란 열은 꼭 적어야 합니다. {page.advice}".strip()])
        sheet.append([])
    for letter, wide in zip("ABCDE", (16, 9, 60, 55, 12), strict=True):
        sheet.column_dimensions[letter].width = wide
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = styles.TOP


def _default(column: Column) -> str:
    """What an empty cell means, in the officer's words."""
    words = {"first_come": "선착순", "residents": "예", "published": "공개", "True": "예", "None": "저절로", "()": ""}
    worded = _in_words(column, column.default) if isinstance(column.default, int) else column.default
    return words.get(str(column.default), str(worded))
