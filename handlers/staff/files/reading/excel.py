"""Reading a workbook of Excel as it is seen: without hidden rows and what is struck through, merged cells filled."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from handlers.staff.files.cells import column_letters
from handlers.staff.files.columns import shown
from handlers.staff.files.reading import bombs
from handlers.staff.files.reading.grids import Grid, Line, Merged, Remark
from handlers.staff.files.reading.lines import has_total
from handlers.staff.files.reading.tables import is_header
from handlers.staff.files.rows import Broken, UnreadableFile, Value, is_blank

GUIDE = "설명"  # the sheet of our template that explains
CHOICES = "보기"  # the hidden sheet for choices that don't fit into a rule
ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

Cells = dict[int, dict[int, Value]]  # by row and column, counted from 1


def read(name: str, data: bytes) -> dict[str, Grid]:
    """The sheets; one that is hidden is empty, but for telling so."""
    if not data.startswith(b"PK"):
        raise UnreadableFile(f"{name}: {_disguise(data)}")
    bombs.check(name, data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of decorations it doesn't know
        try:
            found = _sheets(data)
        except Exception as error:  # openpyxl has no common exception for damaged files
            raise UnreadableFile(f"{name}: {_damage(data)}") from error
    if not found:  # as of a Strict Open XML workbook, which Excel offers too
        why = "읽을 시트가 없습니다. 엑셀에서 ‘Excel 통합 문서(.xlsx)’ 형식으로 다시 저장해 주세요."
        raise UnreadableFile(f"{name}: {why}")
    return found


_DOCUMENT = "이름만 .xlsx인 다른 파일입니다. 표를 엑셀에 옮겨 붙이고 .xlsx로 저장해 주세요."


def _damage(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        is_book = any("workbook" in name.lower() for name in book.namelist())
    return "파일이 손상되었습니다. 엑셀에서 열어 .xlsx로 다시 저장해 주세요." if is_book else _DOCUMENT


def _disguise(data: bytes) -> str:
    if b"HWP Document File" in data:
        return _DOCUMENT
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return "엑셀 파일이 아니거나 문서 보안(DRM)이 걸려 있습니다. 보안을 풀고 .xlsx로 다시 저장해 주세요."
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "암호가 걸려 있습니다. 엑셀에서 암호를 없애고 다시 저장해 주세요."
    return "이름만 .xlsx인 옛 엑셀 파일입니다. 엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요."


def _sheets(data: bytes) -> dict[str, Grid]:
    from openpyxl import load_workbook  # here, as most of those who read files read no workbook

    values, formulas = (load_workbook(io.BytesIO(data), data_only=only, rich_text=True) for only in (True, False))
    sheets = [sheet for sheet in values.worksheets if sheet.title not in (GUIDE, CHOICES)]
    return {sheet.title: _grid(sheet, formulas[sheet.title]) for sheet in sheets}


def _grid(sheet: Any, formulas: Any) -> Grid:
    if sheet.sheet_state != "visible":
        return Grid(remarks=(Remark("숨긴 시트라 읽지 않았습니다."),))
    cells, struck = _cells(sheet, formulas)
    below = [row for row in cells if not is_header([*cells[row].values()])]
    hidden = [row for row in below if row in sheet.row_dimensions and sheet.row_dimensions[row].hidden]
    gone = [row for row in below if row not in hidden and _is_struck(cells[row], struck.get(row, set()))]
    named = [Remark(_HIDDEN, _beginnings(cells, hidden)), Remark(_STRUCK, _beginnings(cells, gone))]
    merged = list(_fill(sheet, cells, struck)) if cells else []
    left = {row: _unstruck(cells[row], struck.get(row, set())) for row in cells if row not in {*hidden, *gone}}
    seen = tuple(each for each in merged if not left.keys().isdisjoint(range(each.first, each.last + 1)))
    named += _beside(sheet, left, set(below))
    return Grid(_lines(left), tuple(remark for remark in named if remark.cells), seen)


def _cells(sheet: Any, formulas: Any) -> tuple[Cells, dict[int, set[int]]]:
    """The cells with values, and in which columns of a row they are struck through."""
    cells: Cells = {}
    struck: dict[int, set[int]] = {}
    # What openpyxl calls the cells of a sheet makes those that aren't there, up to the last row of Excel.
    for (row, column), cell in sorted(sheet._cells.items()):
        other = formulas._cells.get((row, column))
        value, is_struck = _read(cell, other.value if other else None)
        if not is_blank(value):
            cells.setdefault(row, {})[column] = value
            if is_struck:
                struck.setdefault(row, set()).add(column)
    return cells, struck


def _read(cell: Any, formula: Any) -> tuple[Value, bool]:
    from openpyxl.cell.rich_text import CellRichText

    value = cell.value
    if value is None and formula is not None and cell.data_type != "str":  # which is a text that is empty
        why = "계산된 값이 없는 수식입니다. 엑셀에서 열어 저장하거나 수식 대신 값을 적어 주세요."
        return Broken(str(getattr(formula, "text", formula)), why), False
    if isinstance(value, CellRichText):
        kept = "".join(str(part) for part in value if not _is_struck_part(part))
        return _unescaped(kept or str(value)), not kept.strip()
    if isinstance(value, str) and value in ERRORS:
        return Broken(value, "엑셀 오류 값입니다. 셀을 고쳐 주세요."), False
    return _unescaped(value) if isinstance(value, str) else value, bool(cell.font and cell.font.strike)


def _is_struck_part(part: Any) -> bool:
    from openpyxl.cell.rich_text import TextBlock

    return isinstance(part, TextBlock) and bool(part.font.strike)


def _unescaped(text: str) -> str:
    """Excel writes a sign that XML can't hold as _x000D_."""
    if not _ESCAPE.search(text):
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# --- merged cells ---


def _fill(sheet: Any, cells: Cells, struck: dict[int, set[int]]) -> Iterator[Merged]:
    """Give the value of cells that are one to all their rows that have something of their own."""
    own = set(cells)
    for area in sorted(sheet.merged_cells.ranges, key=lambda area: area.bounds):
        column, first, last_column, last = area.bounds
        value = cells.get(first, {}).get(column)
        if is_blank(value):
            continue
        for row in (row for row in range(first + 1, min(last, max(own)) + 1) if row in own):
            cells[row][column] = value
            if column in struck.get(first, set()):
                struck.setdefault(row, set()).add(column)
        yield Merged(area.coord, first, last, last_column - column + 1, shown(value))


# --- what isn't seen, and what is struck through ---

_HIDDEN = "숨기거나 필터로 가린 행은 읽지 않았습니다"
_STRUCK = "취소선을 그은 행은 읽지 않았습니다"


def _is_struck(line: Mapping[int, Value], struck: set[int]) -> bool:
    """All of it, but for what is a mere number of the line."""
    return bool(struck) and all(column in struck or isinstance(line[column], int) for column in line)


def _unstruck(line: Mapping[int, Value], struck: set[int]) -> dict[int, Value]:
    why = "취소선을 그은 값입니다. 쓰지 않는 값이면 지우고, 쓰는 값이면 취소선을 없애 주세요."
    return {column: Broken(shown(value), why) if column in struck else value for column, value in line.items()}


def _beginnings(cells: Cells, rows: list[int]) -> list[tuple[str, str]]:
    return [(f"{row}행", ", ".join(shown(cells[row][column]) for column in sorted(cells[row])[:3])) for row in rows]


def _beside(sheet: Any, cells: Cells, below: set[int]) -> Iterator[Remark]:
    """What else of the rows that are read isn't plain to see."""
    from openpyxl.cell.rich_text import CellRichText

    there = [cell for (row, _), cell in sorted(sheet._cells.items()) if row in cells and row in below]
    rich = [(cell, cell.value) for cell in there if isinstance(cell.value, CellRichText)]
    struck = [(cell.coordinate, "".join(str(part) for part in parts if _is_struck_part(part))) for cell, parts in rich]
    yield Remark("취소선을 그은 글자는 빼고 읽었습니다", [(place, shown(text)) for place, text in struck if text])
    notes = [(cell.coordinate, shown(cell.comment.text)) for cell in there if cell.comment]
    rows = sorted({*cells} & below)
    coloured = [row for row in rows if all(_is_coloured(sheet._cells[row, column]) for column in cells[row])]
    # What all have in common, or the sums alone, tells nothing of a row.
    if len(coloured) < len(rows):
        own = [row for row in coloured if len(cells[row]) > 2 and not has_total([*cells[row].values()])]
        yield Remark("바탕색의 뜻은 읽지 않았습니다", _beginnings(cells, own))
    yield Remark("메모에 적은 말은 읽지 않았습니다", notes)
    # Who hides a column wants it narrow on paper, and still means what stands in it.
    columns = sorted({column for line in cells.values() for column in line if _is_column_hidden(sheet, column)})
    headed = [(f"{column_letters(column)}열", _top(cells, column)) for column in columns]
    yield Remark("숨긴 열도 읽었습니다", headed)


def _is_coloured(cell: Any) -> bool:
    fill = getattr(cell, "fill", None)
    return bool(fill and fill.fill_type == "solid" and fill.fgColor.rgb not in ("FFFFFFFF", "00FFFFFF"))


def _top(cells: Cells, column: int) -> str:
    return next(shown(line[column]) for line in cells.values() if column in line)


def _is_column_hidden(sheet: Any, column: int) -> bool:
    return any(
        (each.hidden or each.width == 0) and each.min and each.min <= column <= each.max
        for each in sheet.column_dimensions.values()
    )


def _lines(cells: Cells) -> list[Line]:
    last = max(cells, default=0)
    return [
        [cells[row].get(column) for column in range(1, max(cells[row]) + 1)] if cells.get(row) else []
        for row in range(1, last + 1)
    ]
