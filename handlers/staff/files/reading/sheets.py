"""Reading an officer's file (.xlsx, .csv, .json) into rows that know their place."""

from collections.abc import Sequence
from pathlib import Path

from handlers.staff.files.reading import delimited, excel, json, tables
from handlers.staff.files.reading.grids import Grid, Line
from handlers.staff.files.rows import Row, UnreadableFile

LARGEST = 20_000_000  # bytes
DOCUMENTS = (".hwp", ".hwpx", ".pdf", ".doc", ".docx", ".jpg", ".jpeg", ".png")
BOOKS, TEXTS = (".xlsx", ".xlsm"), (".csv", ".tsv", ".txt")


def read(path: Path) -> list[Row]:
    """The rows of all visible sheets, without the empty ones; at least one, else UnreadableFile."""
    _check_kind(path.name, (".json", *BOOKS, *TEXTS), ".xlsx, .csv, .json")
    return rows_of(path.name, _load(path))


def rows_of(name: str, data: bytes) -> list[Row]:
    """Those of a file of this name that holds this."""
    if Path(name).suffix.lower() != ".json":
        return tables.read(name, _grids(name, data, _width, ".xlsx, .csv, .json"))
    rows = json.read(name, _legible(name, data))
    if not rows:
        raise UnreadableFile(f"{name}: 적은 것이 하나도 없습니다.")
    return rows


def grids(path: Path) -> dict[str, Grid]:
    """The visible sheets of a file with whatever header it has, every line and cell in its place."""
    _check_kind(path.name, (*BOOKS, *TEXTS), ".xlsx, .csv")
    return grids_of(path.name, _load(path))


def grids_of(name: str, data: bytes) -> dict[str, Grid]:
    """Those of a file of this name that holds this."""
    return _grids(name, data, delimited.evenness, ".xlsx, .csv")


def _grids(name: str, data: bytes, fit: delimited.Fit, formats: str) -> dict[str, Grid]:
    """`fit` tells how well a .csv is split by a delimiter."""
    _check_kind(name, (*BOOKS, *TEXTS), formats)
    held = _legible(name, data)
    return excel.read(name, held) if Path(name).suffix.lower() in BOOKS else delimited.read(name, held, fit)


def _check_kind(name: str, kinds: Sequence[str], formats: str) -> None:
    if Path(name).suffix.lower() not in kinds:
        raise UnreadableFile(_other_format(Path(name), formats))


def _width(lines: Sequence[Line]) -> int:
    return next((len(line) for line in lines if tables.is_header(line)), 0)


def _other_format(path: Path, formats: str) -> str:
    if path.suffix.lower() in (".xls", ".xlsb"):
        sort = "옛 엑셀 형식(.xls)" if path.suffix.lower() == ".xls" else "엑셀 바이너리 형식(.xlsb)"
        return (
            f"{path.name}: {sort}은 읽지 못합니다. "
            "엑셀에서 ‘다른 이름으로 저장 → Excel 통합 문서(.xlsx)’로 저장해 주세요."
        )
    how = "문서에 있는 표는 엑셀에 옮겨 붙이고" if path.suffix.lower() in DOCUMENTS else "엑셀에서"
    return f"{path.name}: {formats} 파일만 읽습니다. {how} .xlsx로 저장해 주세요."


def _load(path: Path) -> bytes:
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise UnreadableFile(f"{path}: 파일을 열 수 없습니다. 이름과 위치, 읽기 권한을 확인해 주세요.") from error
    if data is None:
        raise UnreadableFile(f"{path.name}: 파일이 너무 큽니다(20MB 초과). 목록만 남겨 나누어 주세요.")
    return data


def _legible(name: str, data: bytes) -> bytes:
    if not data.strip():
        raise UnreadableFile(f"{name}: 빈 파일입니다.")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        raise UnreadableFile(
            f"{name}: 웹 페이지(HTML·XML)로 저장된 파일입니다. 엑셀에서 열어 .xlsx로 다시 저장해 주세요."
        )
    return data
