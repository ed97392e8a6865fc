"""A sheet of a workbook that blocks of a paper are written into, one below the other."""

from copy import copy
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.papers import reckoned
from bot.documents.papers.columns import Columns, Shared
from bot.documents.papers.paper import Bars, Block, Cell, Grid, Heading, Lines, Place, figure
from handlers.language.letters.widths import width

THIN = Side(style="thin", color="7A869A")
BOX, SHADE = Border(THIN, THIN, THIN, THIN), PatternFill("solid", fgColor="EEF2F8")
BEGINS_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
HIGHEST = 409  # that a row may be
LINE_HEIGHT, CHART_ROWS, BESIDE_CHART = 15.5, 14, (6, 3, 15)
SIZES, BODY, SMALL = {1: 16, 2: 12, 3: 11}, 10, 9
TEXT = "@"


class Sheet:
    """`values` are those of its formulas, by the names of their cells."""

    def __init__(self, sheet: Worksheet, columns: Columns | Shared) -> None:
        self._sheet, self._columns, self._row = sheet, columns, 1
        self._styles: dict[tuple[bool, str, str], Any] = {}
        self.values: dict[str, float | str] = {}
        for number, each in enumerate(columns.widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = each
        sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.sheet_view.showGridLines = False
        sheet.print_options.horizontalCentered = True
        sheet.page_margins.left = sheet.page_margins.right = 0.5

    def add(self, block: Block) -> None:
        match block:
            case Heading():
                self._row += block.level > 1
                self._line(block.text, SIZES[block.level], True, "center" if block.level == 1 else "left")
            case Lines():
                for each in block.lines:
                    self._line(f"{block.mark} {each}".strip(), SMALL if block.is_small else BODY)
            case Grid():
                if block.title:
                    self.add(Heading(block.title, 3))
                self._grid(block)
            case Bars():
                self._bars(block)

    def _line(self, text: str, size: float, bold: bool = False, align: str = "left") -> None:
        last = len(self._columns.widths)
        self._merge(self._row, 1, self._row, last)
        cell = self._sheet.cell(self._row, 1)
        _write(cell, text)
        cell.font, cell.alignment = Font(bold=bold, size=size), Alignment(align, "center", wrap_text=True)
        self._sheet.row_dimensions[self._row].height = min(self._height(text, 0, last) * size / BODY, HIGHEST)
        self._row += 1

    def _grid(self, grid: Grid) -> None:
        top, edges = self._row, self._columns.edges(grid)
        heights = [LINE_HEIGHT] * len(grid.rows)
        for (row, column), one in grid.places():
            first, last = edges[column], edges[column + one.across]
            self._box(top + row, first + 1, top + row + one.down - 1, last, one)
            self._fill(self._sheet.cell(top + row, first + 1), one, top, edges)
            if one.down == 1:
                heights[row] = max(heights[row], self._height(one.text, first, last))
        for row, height in enumerate(heights):
            self._sheet.row_dimensions[top + row].height = min(height, HIGHEST)
        self._row = top + len(grid.rows)

    def _fill(self, cell: Any, one: Cell, top: int, edges: list[int]) -> None:
        def name(place: Place) -> str:
            return f"{get_column_letter(edges[place[1]] + 1)}{top + place[0]}"

        if formula := reckoned.formula(one, name):
            cell.value, self.values[cell.coordinate] = formula, one.text if one.number is None else one.number
        elif one.number is None:
            _write(cell, one.text)
        else:
            cell.value = one.number

    def _box(self, top: int, left: int, bottom: int, right: int, one: Cell) -> None:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self._dress(self._sheet.cell(row, column), one)
        if (top, left) != (bottom, right):
            self._merge(top, left, bottom, right)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """As merge_cells, which is slow as it reckons the edges that these cells have already."""
        self._sheet.merged_cells.add(CellRange(None, left, top, right, bottom))

    def _dress(self, cell: Any, one: Cell) -> None:
        """Reckoning a style is slow: of each sort once."""
        key = _style(one)
        if key in self._styles:
            cell._style = copy(self._styles[key])
            return
        cell.border, cell.font = BOX, Font(bold=one.is_head, size=BODY)
        cell.alignment = Alignment(one.align, "center", wrap_text=True)
        cell.number_format = one.shown_as or (TEXT if one.number is None else "General")
        if one.is_head:
            cell.fill = SHADE
        self._styles[key] = copy(cell._style)

    def _bars(self, drawn: Bars) -> None:
        """What is drawn, the chart beside it, and below both the words that say the same."""
        self.add(Heading(drawn.title, 3))
        first = self._row
        cells = tuple(
            (Cell(name), Cell(figure(value), value, "#,##0.##" if value % 1 else "#,##0", align="right"))
            for name, value in drawn.bars
        )
        grid = Grid(cells, BESIDE_CHART)
        self._grid(grid)
        edges = self._columns.edges(grid)
        if cells:
            chart = _chart(self._sheet, drawn, (first, self._row - 1), (edges[0] + 1, edges[1] + 1))
            self._sheet.add_chart(chart, f"{get_column_letter(edges[2] + 2)}{first}")
            self._row = max(self._row, first + CHART_ROWS)
        self._line(drawn.words, SMALL)

    def _height(self, text: str, first: int, last: int) -> float:
        room = max(sum(self._columns.widths[first:last]) * 0.93 - 1, 2)
        return LINE_HEIGHT * sum(max(-(-width(line) // room), 1) for line in text.split("\n"))


def _chart(sheet: Worksheet, drawn: Bars, rows: tuple[int, int], columns: tuple[int, int]) -> BarChart:
    chart = BarChart(barDir="bar", gapWidth=60)
    names, values = (Reference(sheet, min_col=each, min_row=rows[0], max_row=rows[1]) for each in columns)
    chart.add_data(values)
    chart.set_categories(names)
    chart.legend, chart.width, chart.height = None, 11, CHART_ROWS * 0.5
    chart.y_axis.title, chart.x_axis.scaling.orientation = drawn.unit, "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    return chart


def _style(one: Cell) -> tuple[bool, str, str]:
    return one.is_head, one.align, one.shown_as or (TEXT if one.number is None else "General")


def _write(cell: Any, text: str) -> None:
    """As text, also where it begins as a formula does."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    if text.startswith(BEGINS_FORMULA):
        cell.quotePrefix = True
