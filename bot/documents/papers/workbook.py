"""A paper as a workbook: numbers are numbers, and sums are formulas that show their values before they are reckoned."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

from bot.documents.papers import reckoned
from bot.documents.papers.columns import Columns, Shared
from bot.documents.papers.paper import Block
from bot.documents.papers.sheet import Sheet

LONGEST_TITLE = 31
NOT_IN_TITLES = str.maketrans("[]:*?/\\", "       ")


class Book:
    """A workbook whose sheets are filled from the top down."""

    def __init__(self) -> None:
        self._book = Workbook()
        self._book.remove(self._book.active)
        self._values: dict[str, dict[str, float | str]] = {}

    def add(self, title: str, blocks: Sequence[Block], columns: Columns | Shared) -> None:
        made = self._book.create_sheet(title.translate(NOT_IN_TITLES).strip("' ")[:LONGEST_TITLE].strip("' "))
        sheet = Sheet(made, columns)
        for each in blocks:
            sheet.add(each)
        self._values[f"xl/worksheets/sheet{len(self._book.worksheets)}.xml"] = sheet.values

    def to_bytes(self) -> bytes:
        content = io.BytesIO()
        self._book.save(content)
        return reckoned.with_values(content.getvalue(), self._values)
