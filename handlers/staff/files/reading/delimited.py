"""Reading .csv and .tsv as Excel does: its delimiters, its quotation marks, and the line `sep=;` on top."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from statistics import mode

from handlers.staff.files.reading.excel import ERRORS
from handlers.staff.files.reading.grids import Grid, Line, written
from handlers.staff.files.rows import Broken, UnreadableFile, Value, decode

Fit = Callable[[Sequence[Line]], float]

DELIMITERS = ",;\t"
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)  # how exports keep Excel from taking a number for one
# What Excel saves as it shows it, and nobody can read any more: how it looks, and what to do.
_LOST = {
    r"\d(?:\.\d+)?E\+\d{2,3}": "엑셀이 자릿수를 줄여 저장한 값입니다. 셀 서식을 ‘텍스트’로 바꾸고 다시 적어 주세요.",
    r"#{3,}": "열이 좁아 ###으로 저장된 값입니다. 엑셀에서 열을 넓히고 다시 저장해 주세요.",
}
_END = "\ue000"  # stands alone in its line unless a quotation mark is still open


def read(name: str, data: bytes, fit: Fit) -> dict[str, Grid]:
    """The file as a sheet, by the delimiter that fits best."""
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFile(f"{name}: 이름은 .csv지만 엑셀 파일입니다. 엑셀에서 열어 .xlsx로 저장해 주세요.")
    text = decode(name, data)
    told = _TOLD.match(text)
    text = text[told.end() - 1 :] if told else text  # its line stays, as an empty one
    split = [_split(text, delimiter) for delimiter in (told[1] if told else DELIMITERS)]
    best = max(split, key=lambda lines: fit(lines[:-1]))
    if best[-1] != [_END]:
        raise UnreadableFile(f'{name}: 따옴표(")의 짝이 맞지 않습니다. 엑셀에서 열어 .xlsx로 저장해 주세요.')
    return {name: Grid(best[:-1])}


def _split(text: str, delimiter: str) -> list[Line]:
    """The lines; the last one isn't the end where a quotation mark is never closed."""
    lines: list[Line] = []
    try:
        read = csv.reader(io.StringIO(f"{text.rstrip()}\n{_END}\n", newline=""), delimiter=delimiter)
        lines.extend([_cell(value) for value in line] for line in read)
    except csv.Error:  # a cell that is longer than any: a quotation mark was left open
        return [*lines, []]
    return lines


def _cell(value: str) -> Value:
    if value[:1] not in "#=" and "E+" not in value:
        return value
    if value in ERRORS:
        return Broken(value, "엑셀 오류 값입니다. 셀을 고쳐 주세요.")
    if why := next((why for pattern, why in _LOST.items() if re.fullmatch(pattern, value.strip())), ""):
        return Broken(value, why)
    quoted = _QUOTED.fullmatch(value)
    return quoted[1] if quoted else value


def evenness(lines: Sequence[Line]) -> float:
    """How well lines of whatever header are split: as many cells in each as in its first lines, and more than one."""
    widths = [len(line) for line in lines if written(line)]
    if not widths:
        return 0
    usual = mode(widths)
    top = max(widths[:5])
    return (top > 1) * widths.count(top) / len(widths) + (top == usual) * top / 1000
