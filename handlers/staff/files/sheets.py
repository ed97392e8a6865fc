"""Reading an officer's file (.xlsx, .csv, .json) into rows that know their place."""

import csv
import io
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from statistics import mode
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from handlers.staff.files import json
from handlers.staff.files.rows import MARKS, Broken, Row, UnreadableFile, Value, decode, has_values, is_blank, plain

GUIDE = "설명"  # the sheet of our template that explains
LARGEST = 20_000_000  # bytes
LISTED = "\n"  # between the parts of a cell that is a list
ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}

Grid = list[list[Value]]


def read(path: Path) -> list[Row]:
    """The rows of all visible sheets, without the empty ones; at least one, else UnreadableFile."""
    if path.suffix.lower() == ".json":
        rows = json.read(path.name, _load(path))
    else:
        rows = _all_rows(path.name, _read_grids(path, _width, ".xlsx, .csv, .json"))
    if not rows:
        raise UnreadableFile(f"{path.name}: 적은 것이 한 줄도 없습니다. 제목 줄 아래에 한 줄에 하나씩 적어 주세요.")
    return rows


def grids(path: Path) -> dict[str, Grid]:
    """The visible sheets of a file with whatever header it has, every line and cell in its place."""
    return _read_grids(path, _usual_width, ".xlsx, .csv")


def _read_grids(path: Path, width: Callable[[Grid], int], formats: str) -> dict[str, Grid]:
    """`width` tells how many columns a .csv has where a delimiter is taken for the right one."""
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise UnreadableFile(_other_format(path, formats))
    data = _load(path)
    return _read_xlsx(path.name, data) if kind == ".xlsx" else _read_csv(path.name, data, width)


def _usual_width(grid: Grid) -> int:
    return mode([len(line) for line in grid if line] or [0])


def _other_format(path: Path, formats: str) -> str:
    if path.suffix.lower() == ".xls":
        return (
            f"{path.name}: 옛 엑셀 형식(.xls)은 읽지 못합니다. "
            "엑셀에서 ‘다른 이름으로 저장 → Excel 통합 문서(.xlsx)’로 저장해 주세요."
        )
    return f"{path.name}: {formats} 파일만 읽습니다. 엑셀에서 .xlsx로 저장해 주세요."


def _load(path: Path) -> bytes:
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise UnreadableFile(f"{path}: 파일을 열 수 없습니다. 이름과 위치, 읽기 권한을 확인해 주세요.") from error
    if data is None:
        raise UnreadableFile(f"{path.name}: 파일이 너무 큽니다(20MB 초과). 목록만 남겨 나누어 주세요.")
    if not data.strip():
        raise UnreadableFile(f"{path.name}: 빈 파일입니다.")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        raise UnreadableFile(
            f"{path.name}: 웹 페이지(HTML·XML)로 저장된 파일입니다. 엑셀에서 열어 .xlsx로 다시 저장해 주세요."
        )
    return data


def _read_xlsx(name: str, data: bytes) -> dict[str, Grid]:
    if not data.startswith(b"PK"):
        raise UnreadableFile(f"{name}: {_disguise(data)}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of decorations it doesn't know
        try:
            return _sheets(data)
        except Exception as error:  # openpyxl has no common exception for damaged files
            raise UnreadableFile(f"{name}: 파일이 손상되었습니다. 엑셀에서 열어 .xlsx로 다시 저장해 주세요.") from error


def _disguise(data: bytes) -> str:
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return "엑셀 파일이 아니거나 문서 보안(DRM)이 걸려 있습니다. 보안을 풀고 .xlsx로 다시 저장해 주세요."
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "암호가 걸려 있습니다. 엑셀에서 암호를 없애고 다시 저장해 주세요."
    return "이름만 .xlsx인 옛 엑셀 파일입니다. 엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요."


def _sheets(data: bytes) -> dict[str, Grid]:
    values, formulas = (load_workbook(io.BytesIO(data), read_only=True, data_only=only) for only in (True, False))
    shown = [sheet.title for sheet in values.worksheets if sheet.sheet_state == "visible" and sheet.title != GUIDE]
    return {title: _grid(values[title], formulas[title]) for title in shown}


def _grid(values: Any, formulas: Any) -> Grid:
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # some programs write a wrong size
    pairs = zip(values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=False)
    return [[_cell(*both) for both in zip_longest(*pair)] for pair in pairs]


def _cell(value: Any, formula: Any) -> Value:
    if value is None and formula is not None:
        why = "계산된 값이 없는 수식입니다. 엑셀에서 열어 저장하거나 수식 대신 값을 적어 주세요."
        return Broken(str(formula), why)
    if value in ERRORS:
        return Broken(value, "엑셀 오류 값입니다. 셀을 고쳐 주세요.")
    return value  # type: ignore[no-any-return]


def _read_csv(name: str, data: bytes, width: Callable[[Grid], int]) -> dict[str, Grid]:
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFile(f"{name}: 이름은 .csv지만 엑셀 파일입니다. 엑셀에서 열어 .xlsx로 저장해 주세요.")
    text = decode(name, data)
    split = [grid for delimiter in ",;\t" if (grid := _split(text, delimiter))]
    if not split:
        raise UnreadableFile(f'{name}: 따옴표(")의 짝이 맞지 않습니다. 엑셀에서 열어 .xlsx로 저장해 주세요.')
    return {name: max(split, key=width)}


def _split(text: str, delimiter: str) -> Grid | None:
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return [[_cell(value, None) for value in line] for line in lines]


def _width(grid: Sequence[Sequence[Value]]) -> int:
    return next((len(line) for line in grid if _is_header(line)), 0)


def _all_rows(name: str, found: Mapping[str, Grid]) -> list[Row]:
    tables = {sheet: grid for sheet, grid in found.items() if _width(grid)}
    if not tables:
        known = "‘과정명’, ‘공고명’, ‘설문명’, ‘문항’, ‘질문’ 가운데 하나가 있는"
        raise UnreadableFile(f"{name}: 제목 줄을 찾지 못했습니다. {known} 제목 줄을 넣어 주세요.")
    return [row for sheet, grid in tables.items() for row in _rows(sheet, grid)]


def _rows(sheet: str, grid: Sequence[Sequence[Value]]) -> Iterable[Row]:
    top = next(number for number, line in enumerate(grid) if _is_header(line))
    header = [" ".join(str(value or "").split()) for value in grid[top]]
    _refuse_twins(sheet, header)
    names = {plain(name) for name in header}
    kind = next(kind for mark, kind in MARKS.items() if mark in names)
    for number, line in enumerate(grid[top + 1 :], top + 2):
        named = [
            (name or "", get_column_letter(column), value)
            for column, (name, value) in enumerate(zip_longest(header, line), 1)
            if name or not is_blank(value)
        ]
        cells = {name: value for name, _, value in named}
        if has_values(cells):
            yield Row(sheet, number, cells, {name: letter for name, letter, _ in named}, kind)


def _is_header(line: Sequence[Value]) -> bool:
    return any(isinstance(value, str) and plain(value) in MARKS for value in line)


def _refuse_twins(sheet: str, header: Sequence[str]) -> None:
    names = [plain(name) for name in header]
    twin = next((name for name in header if name and names.count(plain(name)) > 1), None)
    if twin:
        raise UnreadableFile(f"{sheet}: ‘{twin}’ 열이 두 번 있습니다. 하나만 남겨 주세요.")
