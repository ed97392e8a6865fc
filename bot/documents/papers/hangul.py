"""A paper as a file of 한글 (.hwpx)."""

import io
from copy import deepcopy
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from bot.documents.papers.paper import Bars, Block, Cell, Grid, Heading, Lines, Paper, figure
from handlers.language.letters.widths import width

if TYPE_CHECKING:
    from hwpx import HwpxDocument

SIDES = {"left": 16, "right": 16, "top": 8, "bottom": 8}  # mm; header and footer come to top and bottom
EDGE_MM, WIDTH = 8, 50400  # HWPUNIT, of which an inch has 7200: 210 mm less both sides
LINE, PADDING, HALF_LETTER, BESIDE = 1350, 450, 520, 1020
FONT, SHADE, EDGE, INK = "맑은 고딕", "#EEF2F8", "#7A869A", "#1F3A68"
HEADINGS = {1: (18, "CENTER", 0, 8), 2: (12, "LEFT", 10, 4), 3: (10.5, "LEFT", 6, 3)}  # points: size, above, below
BODY, SMALL, SPACING = 10, 9, 130
BAR, LONGEST_BAR, AS_LETTER = "█", 24, 18000


def write(paper: Paper) -> bytes:
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    document.page.setup(paper_size="A4", margins_mm=SIDES, header_margin_mm=EDGE_MM, footer_margin_mm=EDGE_MM)
    document.parts.clear_document_metadata()  # of whoever made the empty document of the library
    document.parts.clear_preview()
    document.parts.set_document_metadata(title=paper.title)
    pen = Pen(document, WIDTH)
    for each in (Heading(paper.title, 1), *paper.blocks):
        pen.add(each)
    document.page.set_page_number(align="CENTER")
    return checked(_saved(document))


def _saved(document: "HwpxDocument") -> bytes:
    """The library takes seconds to save a long paper: it saves one of the first paragraph, and the rest is put in."""
    section = document.sections[0]
    rest = deepcopy(section.element)
    del rest[0], section.element[1:]
    begun, made = document.to_bytes(), io.BytesIO()
    with ZipFile(io.BytesIO(begun)) as old, ZipFile(made, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, _joined(content, rest) if part.filename == section.part_name else content)
    return made.getvalue()


def _joined(content: bytes, rest: Any) -> bytes:
    """Joined as text, since moving elements from one tree to another takes longer."""
    from hwpx.opc.xml_utils import serialize_xml

    rest.text = ""  # so that it has an end even where nothing is in it
    return content[: content.rindex(b"</")] + serialize_xml(rest).partition(b">")[2]


def checked(content: bytes) -> bytes:
    """The whole file. ValueError where an editor would not open it."""
    from hwpx.tools.package_validator import validate_package

    report = validate_package(content)
    if not report.ok:
        raise ValueError("; ".join(map(str, report.errors)))
    return content


class Pen:
    """What writes blocks one below the other, with the styles that they share."""

    def __init__(self, document: "HwpxDocument", width: int, is_new: bool = True) -> None:
        self._document, self._width = document, width
        self._aligned: dict[tuple[Any, ...], str] = {}
        self._is_first = is_new
        self._plain, self._shaded = (self._box(None), self._box(SHADE))
        self._body, self._bold, self._drawn = (
            self._letters(BODY),
            self._letters(BODY, True),
            self._letters(BODY, color=INK),
        )

    def add(self, block: Block) -> None:
        match block:
            case Heading():
                size, align, above, below = HEADINGS[block.level]
                self._paragraph(block.text, self._letters(size, True, INK), align, above, below, True)
            case Lines():
                letters = self._letters(SMALL if block.is_small else BODY)
                for each in block.lines:
                    self._paragraph(f"{block.mark} {each}".strip(), letters, "LEFT", 0, 2)
            case Grid():
                if block.title:
                    self.add(Heading(block.title, 3))
                self._grid(block)
            case Bars():
                self.add(Heading(block.title, 3))
                self._grid(_drawn(block))
                self.add(Lines((block.words,), is_small=True))

    def _paragraph(
        self, text: str, letters: str, align: str, above: float, below: float, is_heading: bool = False
    ) -> None:
        """The first is the one that a new document has already."""
        if self._is_first:
            made = self._document.paragraphs[0]
            made.text, made.char_pr_id_ref, self._is_first = text, letters, False
        else:
            made = self._document.add_paragraph(text, char_pr_id_ref=letters, inherit_style=False)
        self._align(made, align, above, below, is_heading)

    def _grid(self, grid: Grid) -> None:
        columns = len(grid.widths)
        edges = [0, *(round(self._width * each / sum(grid.widths)) for each in accumulate(grid.widths))]
        table = self._document.add_table(
            1, columns, width=self._width, height=LINE + PADDING, border_fill_id_ref=self._plain
        )
        table.set_column_widths(grid.widths)
        table.element.set("repeatHeader", "1" if grid.head else "0")
        _add_rows(table, len(grid.rows))
        rows = table.rows
        cells = [row.cells for row in rows]
        heights = [LINE + PADDING] * len(grid.rows)
        for (row, column), one in grid.places():
            if one.down == 1:
                heights[row] = max(heights[row], _height(one.text, edges[column + one.across] - edges[column]))
            self._fill(cells[row][column], one, row < grid.head)
        for each, height in zip(rows, heights, strict=True):
            for size in each.element.iter("{*}cellSz"):
                size.set("height", str(height))
        for (row, column), one in grid.places():
            if one.down > 1 or one.across > 1:
                table.merge_cells(row, column, row + one.down - 1, column + one.across - 1)
        _flow(table, sum(heights))

    def _fill(self, cell: Any, one: Cell, is_repeated: bool) -> None:
        cell.element.set("borderFillIDRef", self._shaded if one.is_head else self._plain)
        cell.element.set("header", "1" if is_repeated else "0")
        _set_text(cell, one.text)
        letters = self._bold if one.is_head else self._drawn if one.text.startswith(BAR) else self._body
        for each in cell.paragraphs:
            for run in each.element:
                run.set("charPrIDRef", letters)
            self._align(each, one.align.upper(), 0, 0)

    def _align(self, paragraph: Any, align: str, above: float, below: float, is_heading: bool = False) -> None:
        """A heading stays with what it is of."""
        key = (align, above, below)
        if key in self._aligned:
            paragraph.element.set("paraPrIDRef", self._aligned[key])
            return
        self._document.styles.apply_paragraph_format(
            paragraphs=[paragraph],
            alignment=align,
            line_spacing_percent=SPACING,
            spacing_before_pt=above,
            spacing_after_pt=below,
            keep_with_next=is_heading,
        )
        self._aligned[key] = paragraph.para_pr_id_ref

    def _letters(self, size: float, bold: bool = False, color: str | None = None) -> str:
        return self._document.styles.ensure_run(bold=bold, size=size, font=FONT, color=color)

    def _box(self, fill: str | None) -> str:
        return self._document.styles.ensure_border_fill(border_color=EDGE, fill_color=fill)


def _add_rows(table: Any, count: int) -> None:
    """Copies of its first one: the library takes long to make many."""
    first = table.rows[0].element
    for number in range(1, count):
        row = deepcopy(first)
        for place in row.iter("{*}cellAddr"):
            place.set("rowAddr", str(number))
        for paragraph in row.iter("{*}p"):
            paragraph.set("id", str(int(paragraph.get("id")) + number))
        table.element.append(row)
    table.element.set("rowCnt", str(count))


def _set_text(cell: Any, text: str) -> None:
    """Lines, tabs and what can't be printed are left to the library, which takes long."""
    if text.isprintable():
        next(cell.element.iter("{*}t")).text = text or None
    else:
        cell.set_text(text, split_paragraphs=True)


def _drawn(bars: Bars) -> Grid:
    """Bars made of letters, which whatever opens the file can show."""
    most = max((value for _, value in bars.bars), default=0)
    rows = tuple(
        (
            Cell(name, is_head=True),
            Cell(BAR * round(LONGEST_BAR * value / most) if most > 0 else ""),
            Cell(f"{figure(value)}{bars.unit}", align="right"),
        )
        for name, value in bars.bars
    )
    return Grid(rows or ((Cell("-", is_head=True), Cell(), Cell()),), (6, 14, 4))


def _height(text: str, room: int) -> int:
    """So much as whoever opens it needs that doesn't set the lines anew."""
    fits = max((room - BESIDE) // HALF_LETTER, 2)
    return PADDING + LINE * sum(max(-(-width(line) // fits), 1) for line in text.split("\n"))


def _flow(table: Any, height: int) -> None:
    """A long table goes on on the next page; as a letter it would be cut off."""
    size = table.element.find("{*}sz")
    size.set("height", str(height))
    if height > AS_LETTER:
        table.set_treat_as_char(False)
