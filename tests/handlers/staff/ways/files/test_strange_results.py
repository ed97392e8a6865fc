"""Files of results as they come: titles above, numbers as Excel keeps them, formulas, and columns that are missing."""

import io

import pytest
from openpyxl import Workbook

from handlers.staff.files.reading import sheets
from handlers.staff.ways.files.results import RESULTS
from storage.ways import files as sent
from tests.support.notices.push_files import HEAD, SECOND, refused, takes

pytestmark = pytest.mark.on_sqlite


def book(*rows, title="Sheet", formulas=()):
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for place, formula in formulas:
        made.active[place] = formula
    content = io.BytesIO()
    made.save(content)
    return [("결과.xlsx", sheets.grids_of("결과.xlsx", content.getvalue()))]


async def test_a_workbook_with_numbers_and_a_title_above_is_read(sent_file, school):
    rows = (
        ["발송 결과 목록"],
        [],
        [*HEAD, "발송시각"],
        [1, 1000000001, "성공"],
        [2.0, 1000000002, "실패"],
        ["합계", 2],
    )
    told = await sent_file.does(RESULTS, number=1, files=book(*rows))
    assert "성공 1건, 실패 1건, 결과가 없는 줄 1건" in told


async def test_a_formula_says_nothing(sent_file, school):
    rows = ([*HEAD], [1, "01000000001", "x"], list(SECOND))
    told = await sent_file.does(RESULTS, number=1, files=book(*rows, formulas=[("C2", '="성"&"공"')]))
    assert "성공 0건, 실패 1건, 결과가 없는 줄 2건" in told


async def test_cells_of_a_csv_that_are_kept_from_acting_are_read(sent_file, school):
    told = await takes(sent_file, ('="1"', '="01000000001"', "성공", ""), ("'2", "'01000000002", "'실패", ""))
    assert "성공 1건, 실패 1건" in told


@pytest.mark.parametrize("head", [("이름", "결과"), ("번호", "이름"), ("가", "나"), ("수신번호", "비고")])
async def test_a_file_without_the_columns_that_it_takes_is_refused(sent_file, head):
    assert "제목 줄을 찾지 못했습니다" in await refused(sent_file, ("1", "성공"), head=head)


async def test_two_rows_to_one_number_are_told_apart_by_our_number_alone(sent_file, school):
    def one_number(tx):
        rows = sent.rows_of(tx, 1)
        said_of = sent._written(rows[0].said)
        table = sent.push_file_rows
        tx.execute(table.update().where(table.c.dispatch_id == rows[1].dispatch_id).values(said=said_of))

    await school.database.write(one_number)
    head = ("수신번호", "결과")
    told = await refused(sent_file, ("01000000001", "성공"), ("01000000001", "실패"), head=head)
    assert "1번(홍길동): 결과.csv 2행은 성공, 결과.csv 3행은 실패" in told
    assert "성공 2건" in await takes(sent_file, ("01000000001", "성공"), ("01000000001", "성공"), head=head)


async def test_what_a_file_says_can_not_act_in_a_spreadsheet(sent_file, school):
    def evil(tx):
        table = sent.push_file_rows
        tx.execute(table.update().values(said=["+821000000001", "=1+1", [["강좌", "+cmd|' /C calc'!A0"]]]))

    await school.database.write(evil)
    cells = [cell for row in (await sent_file.workbook()).iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"n", "s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+")))


async def test_numbers_with_an_empty_fraction_are_whole(sent_file):
    rows = (("1.0", "1000000001.0", "성공", ""), ("2.0", "1000000002.0", "실패", "결번"))
    assert "성공 1건, 실패 1건" in await takes(sent_file, *rows)


async def test_a_row_without_a_result_is_told_to_have_none(sent_file):
    assert "‘1’: 결과가 비어 있습니다." in await refused(sent_file, ("1", "01000000001", "", ""))
