"""A paper as a workbook: numbers are numbers, and sums are formulas that show their values before they are reckoned."""

import io
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.papers import reckoned
from bot.documents.papers.paper import Bars, Block, Cell, Grid, Heading, Lines, Place
from handlers.language.letters.widths import width

THIN = Side(style="thin", color="7A869A")
BOX, SHADE = Border(THIN, THIN, THIN, THIN), PatternFill("solid", fgColor="EEF2F8")
BEGINS_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
COLUMNS, COLUMN_WIDTH, LINE_HEIGHT = 24, 3.9, 15.5
CHART_ROWS, CHART_AT, BESIDE_CHART, CHARTED = 14, 11, (6, 3, 15), (1, 7)  # of columns, from 1
NOT_IN_TITLES = str.maketrans("[]:*?/\\", "       ")


class Pages:
    """A workbook whose sheets are filled from the top down; each has so many columns that widths are shared among."""

    def __init__(self) -> None:
        self._book = Workbook()
        self._book.remove(self._book.active)
        self._values: dict[str, dict[str, float | str]] = {}

    def add(self, title: str, blocks: Sequence[Block]) -> None:
        sheet = self._book.create_sheet(title.translate(NOT_IN_TITLES).strip("' ")[:31])
        _set_up(sheet)
        values: dict[str, float | str] = {}
        row = 1
        for each in blocks:
            row = _add(sheet, row, each, values)
        self._values[f"xl/worksheets/sheet{len(self._book.worksheets)}.xml"] = values

    def to_bytes(self) -> bytes:
        content = io.BytesIO()
        self._book.save(content)
        return reckoned.with_values(content.getvalue(), self._values)


def _set_up(sheet: Worksheet) -> None:
    for number in range(1, COLUMNS + 1):
        sheet.column_dimensions[get_column_letter(number)].width = COLUMN_WIDTH
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5


def _add(sheet: Worksheet, row: int, block: Block, values: dict[str, float | str]) -> int:
    """The row below it."""
    match block:
        case Heading():
            size, align = (16, "center") if block.level == 1 else (12 if block.level == 2 else 11, "left")
            return _line(sheet, row + (block.level > 1), block.text, Font(bold=True, size=size), align)
        case Lines():
            for each in block.lines:
                row = _line(sheet, row, f"{block.mark} {each}".strip(), Font(size=9 if block.is_small else 10), "left")
            return row
        case Grid():
            if block.title:
                row = _line(sheet, row + 1, block.title, Font(bold=True), "left")
            return _grid(sheet, row, block, values)
        case Bars():
            return _bars(sheet, row + 1, block)


def _line(sheet: Worksheet, row: int, text: str, font: Font, align: str) -> int:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=COLUMNS)
    cell = sheet.cell(row, 1)
    _write(cell, text)
    cell.font, cell.alignment = font, Alignment(align, "center", wrap_text=True)
    sheet.row_dimensions[row].height = _height(text, COLUMNS) * (font.size or 11) / 10
    return row + 1


def _grid(sheet: Worksheet, top: int, grid: Grid, values: dict[str, float | str]) -> int:
    edges = [0, *(round(COLUMNS * each / sum(grid.widths)) for each in accumulate(grid.widths))]

    def name(place: Place) -> str:
        return f"{get_column_letter(edges[place[1]] + 1)}{top + place[0]}"

    heights = [LINE_HEIGHT] * len(grid.rows)
    for (row, column), one in grid.places():
        first, last = edges[column] + 1, edges[column + one.across]
        _boxed(sheet, (top + row, top + row + one.down - 1), (first, last), one)
        cell = sheet.cell(top + row, first)
        if formula := reckoned.formula(one, name):
            cell.value, values[cell.coordinate] = formula, one.text if one.number is None else one.number
        elif one.number is None:
            _write(cell, one.text)
        else:
            cell.value = one.number
        if one.shown_as:
            cell.number_format = one.shown_as
        if one.down == 1:
            heights[row] = max(heights[row], _height(one.text, last - first + 1))
    for row, height in enumerate(heights):
        sheet.row_dimensions[top + row].height = height
    return top + len(grid.rows)


def _boxed(sheet: Worksheet, rows: tuple[int, int], columns: tuple[int, int], one: Cell) -> None:
    for row in range(rows[0], rows[1] + 1):
        for column in range(columns[0], columns[1] + 1):
            cell = sheet.cell(row, column)
            cell.border = BOX
            if one.is_head:
                cell.fill = SHADE
    cell = sheet.cell(rows[0], columns[0])
    cell.font, cell.alignment = Font(bold=one.is_head, size=10), Alignment(one.align, "center", wrap_text=True)
    if rows[0] < rows[1] or columns[0] < columns[1]:
        sheet.merge_cells(start_row=rows[0], end_row=rows[1], start_column=columns[0], end_column=columns[1])


def _bars(sheet: Worksheet, row: int, drawn: Bars) -> int:
    """What is drawn, the chart beside it, and below both the words that say the same."""
    row = _line(sheet, row, drawn.title, Font(bold=True), "left")
    cells = tuple((Cell(name), Cell(f"{value:,g}", value, align="right")) for name, value in drawn.bars)
    last = _grid(sheet, row, Grid(cells, BESIDE_CHART), {}) - 1
    if cells:
        sheet.add_chart(_chart(sheet, drawn, row, last), f"{get_column_letter(CHART_AT)}{row}")
    return _line(sheet, max(last + 1, row + CHART_ROWS * bool(cells)), drawn.words, Font(size=9), "left")


def _chart(sheet: Worksheet, drawn: Bars, first: int, last: int) -> BarChart:
    chart = BarChart(barDir="bar", gapWidth=60)
    names, values = CHARTED
    chart.add_data(Reference(sheet, min_col=values, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet, min_col=names, min_row=first, max_row=last))
    chart.legend, chart.title, chart.width, chart.height = None, None, 11, CHART_ROWS * 0.5
    chart.y_axis.title, chart.x_axis.scaling.orientation = drawn.unit, "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    return chart


def _height(text: str, columns: int) -> float:
    room = max(columns * COLUMN_WIDTH * 0.93 - 1, 2)
    return LINE_HEIGHT * sum(max(-(-width(line) // room), 1) for line in text.split("\n"))


def _write(cell: Any, text: str) -> None:
    """As text, also where it begins as a formula does."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", text.startswith(BEGINS_FORMULA)
