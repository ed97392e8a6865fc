"""A workbook that would be far larger once unpacked than it looks is refused before anything reads it."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from handlers.staff.files.reading import bombs, sheets
from handlers.staff.files.rows import UnreadableFile

SHEET = "xl/worksheets/sheet1.xml"


def book(**parts: bytes) -> bytes:
    """A good workbook, with other parts in place of its own, or one more."""
    good = Workbook()
    good.active.append(["과정명", "장소"])
    good.active.append(["꽃차", "1강의실"])
    held, made = io.BytesIO(), io.BytesIO()
    good.save(held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop("sheet") if name == SHEET and "sheet" in parts else old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return made.getvalue()


def sheet(cells: str = "", merged: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>{merged}</worksheet>'.encode()


BOMBS = {
    "one part of 100 MB": {"xl/media/a.png": b"0" * 100_000_000},
    "a merged area as large as a sheet": {
        "sheet": sheet('<row r="1"><c r="A1"/></row>', '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    },
    "a row beyond the last": {
        "sheet": sheet('<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>x</t></is></c></row>')
    },
    "thousands of parts": {f"xl/a{number}.xml": b"" for number in range(bombs.PARTS)},
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_small_and_refused(name):
    data = book(**BOMBS[name])
    assert len(data) < 500_000
    with pytest.raises(UnreadableFile, match="풀면 너무 큰 파일"):
        sheets.rows_of("a.xlsx", data)


def test_a_damaged_or_locked_archive_is_refused():
    with pytest.raises(UnreadableFile, match="손상"):
        sheets.rows_of("a.xlsx", book()[:-200])


def test_a_good_workbook_is_read(tmp_path):
    [row] = sheets.rows_of("a.xlsx", book())
    assert row.cells == {"과정명": "꽃차", "장소": "1강의실"}
    assert load_workbook(io.BytesIO(book())).sheetnames == ["Sheet"]
