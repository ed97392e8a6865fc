"""Reading an officer's file (.xlsx, .csv, .json) into rows that know their place."""

from collections.abc import Sequence
from pathlib import Path

from handlers.staff.files import delimited, excel, json, tables
from handlers.staff.files.grids import Grid, Line
from handlers.staff.files.rows import Row, UnreadableFile

LARGEST = 20_000_000  # bytes
BOOKS, TEXTS = (".xlsx", ".xlsm"), (".csv", ".tsv", ".txt")


def read(path: Path) -> list[Row]:
    """The rows of all visible sheets, without the empty ones; at least one, else UnreadableFile."""
    if path.suffix.lower() != ".json":
        return tables.read(path.name, _read_grids(path, _width, ".xlsx, .csv, .json"))
    rows = json.read(path.name, _load(path))
    if not rows:
        raise UnreadableFile(f"{path.name}: 적은 것이 하나도 없습니다.")
    return rows


def grids(path: Path) -> dict[str, Grid]:
    """The visible sheets of a file with whatever header it has, every line and cell in its place."""
    return _read_grids(path, delimited.evenness, ".xlsx, .csv")


def _read_grids(path: Path, fit: delimited.Fit, formats: str) -> dict[str, Grid]:
    """`fit` tells how well a .csv is split by a delimiter."""
    kind = path.suffix.lower()
    if kind not in (*BOOKS, *TEXTS):
        raise UnreadableFile(_other_format(path, formats))
    data = _load(path)
    return excel.read(path.name, data) if kind in BOOKS else delimited.read(path.name, data, fit)


def _width(lines: Sequence[Line]) -> int:
    return next((len(line) for line in lines if tables.is_header(line)), 0)


def _other_format(path: Path, formats: str) -> str:
    if path.suffix.lower() in (".xls", ".xlsb"):
        sort = "옛 엑셀 형식(.xls)" if path.suffix.lower() == ".xls" else "엑셀 바이너리 형식(.xlsb)"
        return (
            f"{path.name}: {sort}은 읽지 못합니다. "
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
