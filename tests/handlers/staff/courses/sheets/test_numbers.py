"""The number of a course is the same, however it is cased, spaced and dashed, and stays as it was written first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.settings import Settings
from bot.terminal.typed import typed
from handlers.staff.courses.sheets.numbers import as_known
from handlers.staff.desk import lookup
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import summary
from handlers.staff.files.cells import code_form
from handlers.staff.importers import IMPORT, import_rows
from handlers.staff.reports.lines import of_told
from storage import tables
from storage.teaching import courses

DESK = Desk(Settings().to_organization(), datetime(2026, 11, 3, tzinfo=UTC))
SAME = ["a-1", "Ａ－１", "A‐1", "A–1", "A—1", "A−1", "A ㅡ 1", " A - 1 ", "A\u200b-1", "A1", "a 1"]


def imports(rows, only_check=False):
    return lambda tx: "\n".join(of_told(summary(import_rows(tx, DESK, rows, only_check)), typed))


@pytest.mark.parametrize("code", SAME)
async def test_a_number_that_is_written_otherwise_is_the_same_course(sqlite, rows, code):
    await sqlite.write(imports(rows({"과정번호": "A-1"})))
    said = await sqlite.write(imports(rows({"과정번호": code, "장소": "실습실 B"})))
    assert "새로 0개, 바뀜 1개" in said
    assert await sqlite.read(
        lambda tx: {each: courses.by_code(tx, [each])[each].venue for each in courses.codes(tx)}
    ) == {"A-1": "실습실 B"}


@pytest.mark.parametrize("code", SAME)
async def test_a_command_finds_a_course_by_its_number_however_it_is_written(sqlite, rows, code):
    await sqlite.write(imports(rows({"과정번호": "A-1"})))
    assert (await sqlite.read(lambda tx: lookup.course(tx, code))).code == "A-1"


async def test_another_spelling_of_a_known_number_is_told(sqlite, rows):
    await sqlite.write(imports(rows({"과정번호": "A-1"})))
    said = await sqlite.read(imports(rows({"과정번호": "a–1"}), only_check=True))
    assert "과정 2행 C0열 ‘과정번호’: ‘a–1’은 ‘A-1’과 같은 번호로 읽었습니다." in said


async def test_one_number_in_two_spellings_is_refused_in_one_file(sqlite, rows):
    said = await sqlite.write(imports(rows({"과정번호": "A-1"}, {"과정번호": "a－1"})))
    assert "과정 2행에 같은 번호가 있습니다" in said
    assert await sqlite.read(courses.codes) == {}


async def test_taking_an_import_back_takes_back_the_course_under_its_own_number(sqlite, rows):
    await sqlite.write(imports(rows({"과정번호": "A-1"})))

    def touched(tx):
        scope, _ = IMPORT.scope(tx, DESK, rows({"과정번호": "a1"}))
        return tx.execute(select(tables.courses.c.code).where(scope[tables.courses])).scalars().all()

    assert await sqlite.read(touched) == ["A-1"]


@pytest.mark.parametrize(("one", "other"), [("1-11", "11-1"), ("26-1-01", "26-10-1"), ("A-1", "A-2"), ("A-1", "A-1-1")])
def test_numbers_that_differ_in_more_are_different(one, other):
    assert code_form(one) != code_form(other)


@pytest.mark.parametrize("code", [None, "", 26.0, "26-01", datetime(2026, 1, 1)])  # noqa: DTZ001
async def test_a_number_that_is_no_text_is_left_to_those_who_read_it(sqlite, rows, code):
    [row] = rows({"과정번호": code})
    assert await sqlite.read(lambda tx: as_known(tx, [row, replace(row, kind="설문")])) == [
        row,
        replace(row, kind="설문"),
    ]


@pytest.mark.parametrize(("known", "written"), [("001", 1), ("01", "1"), ("7", "007")])
def test_zeros_in_front_that_excel_takes_away_make_no_other_number(known, written):
    assert code_form(known) == code_form(str(written))


@pytest.mark.parametrize(("one", "other"), [("10", "1"), ("27-01", "27-1"), ("A-01", "A-1"), ("0", "00-1")])
def test_other_zeros_do(one, other):
    assert code_form(one) != code_form(other)
