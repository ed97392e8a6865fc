"""Entries of years, from the facts of a policy sheet or typed in."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.demo.year import YEAR
from bot.terminal.typed import typed
from handlers.staff.desk import acts
from handlers.staff.desk.imported import Meant, summary
from handlers.staff.files.reading import sheets
from handlers.staff.reports.lines import of_told
from handlers.staff.year.entries import entering, importing
from storage.year import entries

FACTS = Path(YEAR)


@pytest.fixture
def takes_in(school):
    """Rows of a file are taken in; what an officer is told."""

    async def take(rows, only_check=False, as_written=False):
        meant = Meant(as_written)
        imported = await school.asks(importing.import_entries, rows, only_check, meant=meant)
        return "\n".join(of_told(summary([imported]), typed))

    return take


@pytest.fixture
async def facts(takes_in):
    """The facts of the policy sheet are entered."""
    return await takes_in(sheets.read(FACTS))


@pytest.fixture
def entered(school):
    """All of a sort, in the order in which they were entered."""
    return lambda sort: school.database.read(lambda tx: entries.all_of(tx, sort))


@pytest.fixture
def enters(school):
    async def enter(sort, as_written=False, **values):
        args = {"sort": sort, "values": values, "as_written": as_written}
        return await school.asks(lambda tx, desk: acts.perform(tx, desk, entering.ENTER, args))

    return enter


@pytest.fixture
def changes(school):
    async def change(sort, number, **values):
        args = {"sort": sort, "number": number, "values": values}
        return await school.asks(lambda tx, desk: acts.perform(tx, desk, entering.CHANGE, args))

    return change


@pytest.fixture
def lined():
    """Rows of a workbook with these lines, of which the first is the header."""

    def make(*lines, name="표"):
        book = Workbook()
        book.active.title = name
        for line in lines:
            book.active.append(line)
        content = io.BytesIO()
        book.save(content)
        return sheets.rows_of("y.xlsx", content.getvalue())

    return make
