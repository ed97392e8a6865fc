"""One way in for all kinds of rows: every kind has one room, and a file is taken in whole or not at all."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from sqlalchemy import event, func, select

from bot.settings import Settings
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import summary
from handlers.staff.files import rows as file_rows
from handlers.staff.files import workbook
from handlers.staff.files.reading import json as json_files
from handlers.staff.files.reading import sheets
from handlers.staff.files.rows import Row
from handlers.staff.importers import IMPORTERS, import_rows
from storage.tables import common_questions, counselors, courses, postings, surveys

pytestmark = pytest.mark.on_sqlite

DESK = Desk(Settings().to_organization(), datetime(2026, 11, 3, tzinfo=UTC))
TABLES = {
    "courses": courses,
    "surveys": surveys,
    "postings": postings,
    "counseling": counselors,
    "questions": common_questions,
}


@pytest.fixture
def rows(tmp_path) -> list[Row]:
    """What the templates hold, of every room."""
    found: list[Row] = []
    for name, importer in IMPORTERS.items():
        (tmp_path / f"{name}.xlsx").write_bytes(workbook.write(importer.template(date(2026, 11, 3))))
        found += sheets.read(tmp_path / f"{name}.xlsx")
    return found


def imports(rows, only_check=False):
    return lambda tx: import_rows(tx, DESK, rows, only_check)


def counts(tx):
    found = {name: tx.execute(select(func.count()).select_from(table)).scalar_one() for name, table in TABLES.items()}
    return {name: count for name, count in found.items() if count}


def spoiled(rows, kind):
    """With a column that nobody knows in the rows of one kind."""
    return [replace(row, cells={**row.cells, "모르는 것": "1"}) if row.kind == kind else row for row in rows]


def test_every_kind_of_row_has_one_room_that_takes_it_in():
    kinds = Counter(kind for importer in IMPORTERS.values() for kind in importer.kinds)
    assert set(kinds.values()) == {1}
    assert set(kinds) == {*file_rows.MARKS.values(), *json_files.LISTS.values()}


@pytest.mark.on_both
async def test_all_templates_together_are_taken_in_at_once_and_the_same_again_changes_nothing(database, rows):
    first = await database.write(imports(rows))
    assert await database.read(counts) == {"courses": 1, "surveys": 2, "postings": 1, "questions": 1}
    again = await database.write(imports(rows))
    assert [(part.new, part.changed, part.same) for part in again] == [(0, 0, part.new) for part in first]


@pytest.mark.on_both
async def test_of_untouched_templates_residents_see_nothing_but_the_surveys(database, rows):
    await database.write(imports(rows))
    shown = {
        courses: courses.c.state == "published",
        postings: postings.c.close_on >= DESK.today,
        common_questions: common_questions.c.shown.is_(True),
        counselors: counselors.c.id > 0,
    }
    for table, is_shown in shown.items():
        query = select(func.count()).select_from(table).where(is_shown)
        assert await database.read(lambda tx, query=query: tx.execute(query).scalar_one()) == 0


@pytest.mark.parametrize("kind", ["과정", "설문", "공고", "상담시간", "자주 묻는 질문"])
async def test_one_wrong_cell_in_one_room_and_no_room_takes_anything_in(database, rows, kind):
    parts = await database.write(imports(spoiled(rows, kind)))
    assert not summary(parts).is_good
    assert "모르는 열입니다" in str(summary(parts).tables)
    assert await database.read(counts) == {}


async def test_a_check_tells_what_the_import_does_and_only_reads(database, rows):
    checked = await database.read(imports(rows, only_check=True))
    assert await database.read(counts) == {}
    assert checked == await database.write(imports(rows))
    assert await database.read(imports(rows, only_check=True)) == await database.write(imports(rows))


async def test_a_check_locks_nothing_that_others_wait_for(database, rows):
    await database.write(imports(rows))
    said: list[str] = []

    def check(tx):
        event.listen(tx.engine, "before_cursor_execute", lambda *call: said.append(call[2].upper()))
        return import_rows(tx, DESK, rows, True)

    await database.read(check)
    locks = ("FOR UPDATE", "FOR NO KEY UPDATE", "ADVISORY", "INSERT", "UPDATE ", "DELETE")
    assert len(said) > 4
    assert [statement for statement in said if any(lock in statement for lock in locks)] == []


@pytest.fixture
def with_a_line_struck(tmp_path):
    """The rows of a template to which the first line was copied, and struck through there."""

    def make(name):
        (tmp_path / "t.xlsx").write_bytes(workbook.write(IMPORTERS[name].template(date(2026, 11, 3))))
        book = load_workbook(tmp_path / "t.xlsx")
        sheet = book.worksheets[0]
        sheet.append([cell.value for cell in sheet[2]])
        for cell in sheet[sheet.max_row]:
            cell.font = Font(strike=True)
        book.save(tmp_path / "t.xlsx")
        return sheets.read(tmp_path / "t.xlsx")

    return make


@pytest.mark.parametrize("name", IMPORTERS)
async def test_every_import_tells_what_of_its_file_was_left_out(database, with_a_line_struck, name):
    rows = with_a_line_struck(name)
    told = summary(await database.write(imports(rows)))
    assert told.is_good
    assert "취소선을 그은 행은 읽지 않았습니다" in str(told.tables)
    assert "취소선을 그은 행은 읽지 않았습니다" in str(summary(await database.read(imports(rows, True))).tables)


async def test_what_was_left_out_is_told_where_something_is_wrong_too(database, with_a_line_struck):
    told = summary(await database.write(imports(spoiled(with_a_line_struck("courses"), "과정"))))
    assert not told.is_good
    assert "취소선을 그은 행은 읽지 않았습니다" in str(told.tables)


def test_a_lone_sign_in_a_cell_is_something():
    assert not file_rows.is_blank("○")
    assert file_rows.is_blank(" \u200b")
