"""Workbooks that would be far larger once unpacked than they look: refused before anything reads them."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from handlers.staff.files.rows import UnreadableFile

UNPACKED = 60_000_000  # bytes
PARTS = 2_000
MERGED = 500_000  # cells that stand in merged areas
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of Excel

_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([^\"']{1,40})[\"']")
_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*?\br\s*=\s*[\"'][A-Za-z]{0,8}(\d+)[\"']")


def check(name: str, data: bytes) -> None:
    """Raises UnreadableFile. No part can be longer than it says: reading stops there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            too_much = _is_too_much(book)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise UnreadableFile(f"{name}: 파일이 손상되었습니다. 엑셀에서 열어 .xlsx로 다시 저장해 주세요.") from error
    if too_much:
        raise UnreadableFile(f"{name}: 풀면 너무 큰 파일이라 읽지 않았습니다. 목록만 새 파일에 옮겨 저장해 주세요.")


def _is_too_much(book: zipfile.ZipFile) -> bool:
    """Any part may be a sheet, whatever it is named."""
    parts = book.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        return True
    held = [book.read(part) for part in parts]
    merged = sum(size for part in held for size in _merged(part))
    return merged > MERGED or any(int(found[1]) > LAST_ROW for part in held for found in _PLACE.finditer(part))


def _merged(sheet: bytes) -> Iterator[int]:
    from openpyxl.utils import range_boundaries

    for found in _MERGE.finditer(sheet):
        left, top, right, bottom = range_boundaries(found[1].decode("ascii", "replace"))
        yield ((right or LAST_COLUMN) - (left or 1) + 1) * ((bottom or LAST_ROW) - (top or 1) + 1)
