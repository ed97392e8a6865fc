"""Formulas of a workbook, and the values that are shown where nothing reckons them: a preview, a telephone."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from itertools import pairwise
from xml.sax.saxutils import escape

from bot.documents.papers.paper import Cell, Place

_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v ?/?>(?:</v>)?</c>')
_TYPE = re.compile(r' t="[a-z]+"')


def formula(one: Cell, name: Callable[[Place], str]) -> str:
    """What reckons it from other cells of its grid; "" where it is just what it is."""
    if one.percent_of:
        part, whole = map(name, one.percent_of)
        return f'=IF(N({whole})=0,"-",ROUND({part}/{whole}*100,0))'
    if one.sum_of:
        return f"=SUM({','.join(_ranges(one.sum_of, name))})"
    return ""


def with_values(book: bytes, values: Mapping[str, Mapping[str, float | str]]) -> bytes:
    """The workbook with the values of its formulas, by the names of its parts and cells."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        for each in given.infolist():
            content = given.read(each)
            if of_sheet := values.get(each.filename):
                content = _filled(content.decode(), of_sheet).encode()
            kept.writestr(each, content)
    return made.getvalue()


def _filled(sheet: str, values: Mapping[str, float | str]) -> str:
    def fill(found: re.Match[str]) -> str:
        place, style, said = found.groups()
        value = values[place]
        kind = ' t="str"' if isinstance(value, str) else ""
        return f'<c r="{place}"{_TYPE.sub("", style)}{kind}><f>{said}</f><v>{escape(f"{value}")}</v></c>'

    return _FORMULA.sub(fill, sheet)


def _ranges(places: tuple[Place, ...], name: Callable[[Place], str]) -> list[str]:
    """Those that stand in a row or a column without a gap as one."""
    steps = {(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(places)}
    if len(steps) == 1 and steps <= {(0, 1), (1, 0)}:
        return [f"{name(places[0])}:{name(places[-1])}"]
    return [name(each) for each in places]
