"""What an officer is shown as a list, as a file that a spreadsheet opens: every row in it, and nothing that acts."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from handlers.language.letters.widths import width
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Listing, Table, Told
from handlers.staff.files.cells import column_letters

GUIDE, SECTION, BELOW, LISTED, LIST = "설명", "구분", "자세히", "내용", "목록"
WIDEST, LONGEST_TITLE = 60, 31
_NUMBER = re.compile("0|[1-9][0-9]{0,8}")
_BEGINS_FORMULA = tuple("=+-@＝＋－＠\t\r\n")  # what Excel takes for a formula when it opens a .csv
_BESIDE_TITLE = re.compile(r" \(|: \d")  # advice and counts, which a terminal shows behind a title
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
NOTHING = "-"  # what tables show where there is nothing

Grid = list[list[str]]  # the first line is of the columns


def maker(path: Path) -> Callable[[Told], bytes]:
    """What makes a file that is named so; refused at once when there is nothing that does."""
    make = MAKERS.get(path.suffix.lower())
    if make is None:
        raise Declined(f"{path}: 목록은 {'·'.join(MAKERS)} 파일로만 만들 수 있습니다. 파일 이름을 고쳐 주세요.")
    return make


def count(told: Told) -> int:
    """How many rows a file would have."""
    return sum(len(grid) - 1 for _, grid in _grids(told))


def book(told: Told) -> bytes:
    """A sheet for all tables of the same columns, and one that says what this is."""
    from handlers.staff.files import styles

    made = styles.Workbook()
    made.remove(made.active)
    for title, grid in _sheets(told):
        _fill(made.create_sheet(_sheet_title(title)), grid)
    guide = made.create_sheet(GUIDE)
    guide.column_dimensions["A"].width = WIDEST * 1.5
    for row, line in enumerate((told.title, *told.facts, *told.notes), 1):
        _write(guide.cell(row, 1), line)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def separated(told: Told) -> bytes:
    """One table, as Excel opens it: of several tables each row tells which it is of."""
    found = list(_grids(told))
    columns = list(dict.fromkeys(name for _, grid in found for name in grid[0]))
    several = len(found) > 1
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([SECTION, *columns] if several else columns)
    for title, grid in found:
        for row in grid[1:]:
            cells = dict(zip(grid[0], row, strict=True))
            named = [title] if several else []
            writer.writerow(map(_harmless, [*named, *(cells.get(name, "") for name in columns)]))
    return text.getvalue().encode("utf-8-sig")


MAKERS = {".xlsx": book, ".csv": separated}


def _sheets(told: Told) -> Iterator[tuple[str, Grid]]:
    """Tables of the same columns together, of which each row tells which it is of."""
    alike: dict[tuple[str, ...], list[tuple[str, Grid]]] = {}
    for title, grid in _grids(told):
        alike.setdefault(tuple(grid[0]), []).append((title, grid))
    for columns, group in alike.items():
        if len(group) == 1:
            yield group[0]
        else:
            yield LIST, [[SECTION, *columns], *([title, *row] for title, grid in group for row in grid[1:])]


def _grids(told: Told) -> Iterator[tuple[str, Grid]]:
    """Titles and cells of all tables; every line is as long as the first."""
    for each in told.tables:
        lines = [(item,) for item in each.items] if isinstance(each, Listing) else _lines(each)
        columns = (LISTED,) if isinstance(each, Listing) else each.columns
        longest = max((len(columns), *(len(line) for line in lines)))
        named = [*columns, *(f"{BELOW}{number or ''}" for number in range(longest - len(columns)))]
        yield (
            _BESIDE_TITLE.split(each.title)[0] or LIST,
            [named, *([*line, *[""] * (longest - len(line))] for line in lines)],
        )


def _lines(table: Table) -> list[tuple[str, ...]]:
    """What stands below a row is a cell of its own, behind the columns."""
    lines = []
    for row, below in zip_longest(table.rows, table.details, fillvalue=()):
        padding = ("",) * (len(table.columns) - len(row)) if below else ()
        told = ("\n".join("  ".join(line) for line in below),) if below else ()
        lines.append((*row, *padding, *told))
    return lines


def _sheet_title(title: str) -> str:
    """openpyxl numbers those that are the same."""
    return _NOT_IN_TITLES.sub(" ", title).strip("' ")[:LONGEST_TITLE] or LIST


def _fill(sheet: Any, grid: Grid) -> None:
    from handlers.staff.files import styles

    for row, line in enumerate(grid, 1):
        for number, text in enumerate(line, 1):
            _write(sheet.cell(row, number), text)
    for number, column in enumerate(zip(*grid, strict=True), 1):
        head = sheet.cell(1, number)
        head.font, head.fill = styles.BOLD, styles.YELLOW
        longest = max(width(line) for text in column for line in text.split("\n"))
        sheet.column_dimensions[column_letters(number)].width = min(longest + 3, WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _write(cell: Any, text: str) -> None:
    """Numbers that are counted are numbers; all else is text, also when it is edited."""
    from handlers.staff.files import styles

    text = styles.ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.value = int(text) if _NUMBER.fullmatch(text) else text
    cell.alignment = styles.TOP
    if isinstance(cell.value, str):
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = text.startswith(_BEGINS_FORMULA)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) and text != NOTHING else text
