"""Workbooks are read as they are seen: merged cells, what is hidden, and what is struck through."""

import zipfile

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from handlers.staff.files.reading import sheets
from handlers.staff.files.rows import Broken, UnreadableFile


def strike(sheet, row, *columns):
    for cell in sheet[row]:
        if not columns or cell.coordinate[0] in columns:
            cell.font = Font(strike=True)


def read(path):
    rows = sheets.read(path)
    return [row.cells["과정번호"] for row in rows], rows[0].remarks


@pytest.fixture
def three(book, header, listed):
    """A list of three courses, after what is done to its sheet."""
    return lambda change: book(lambda made: change(made["과정"]), 과정=[header, *map(listed, ("A-1", "A-2", "A-3"))])


@pytest.mark.parametrize(("column", "cells"), [("D", "D2:D4"), ("G", "G2:G4"), ("L", "L2:L9")])
def test_a_merged_cell_gives_its_value_to_all_its_rows_and_is_told(three, column, cells):
    rows = sheets.read(three(lambda sheet: sheet.merge_cells(cells)))
    header = next(name for name, letter in rows[0].letters.items() if letter == column)
    assert len({row.cells[header] for row in rows}) == 1
    assert rows[0].cells[header] is not None
    assert rows[0].remarks[0].startswith(f"과정: 병합한 셀의 값은 그 셀이 걸친 모든 행의 값으로 읽었습니다: {cells} ‘")


def test_a_merged_cell_makes_no_course_of_an_empty_row(book, header, listed):
    path = book(lambda made: made["과정"].merge_cells("D2:D4"), 과정=[header, listed("A-1"), [], listed("A-2")])
    assert read(path)[0] == ["A-1", "A-2"]


def test_a_value_merged_over_two_columns_is_that_of_the_first(three):
    def merge(sheet):
        sheet["K2"] = "14:00~17:00"
        sheet.merge_cells("K2:L2")

    first, *_ = sheets.read(three(merge))
    assert (first.cells["시작시간"], first.cells["종료시간"]) == ("14:00~17:00", None)
    assert first.remarks == ("과정: 옆으로 병합한 셀의 값은 첫 열의 값으로만 읽었습니다: K2:L2 ‘14:00~17:00’",)


def hide(sheet):
    sheet.row_dimensions[3].hidden = True


def test_a_hidden_row_is_left_out_and_told(three):
    assert read(three(hide)) == (
        ["A-1", "A-3"],
        ("과정: 숨기거나 필터로 가린 행은 읽지 않았습니다: 3행 ‘A-2, 바리스타 2급, 2027년 상반기’",),
    )


def test_a_merged_value_whose_first_row_is_hidden_is_that_of_the_others(three):
    def change(sheet):
        sheet.merge_cells("D2:D4")
        sheet.row_dimensions[2].hidden = True

    rows = sheets.read(three(change))
    assert [row.cells["장소"] for row in rows] == ["실습실", "실습실"]


def test_a_row_that_is_struck_through_is_left_out_and_told(three):
    assert read(three(lambda sheet: strike(sheet, 4))) == (
        ["A-1", "A-2"],
        ("과정: 취소선을 그은 행은 읽지 않았습니다: 4행 ‘A-3, 바리스타 2급, 2027년 상반기’",),
    )


def test_a_struck_row_with_a_merged_value_that_is_not_struck_is_left_out(three):
    def change(sheet):
        sheet.merge_cells("D2:D4")
        strike(sheet, 3, *"ABCEFGHIJKL")

    assert read(three(change))[0] == ["A-1", "A-3"]


def test_a_value_that_is_struck_through_is_asked_about(three):
    first, *_ = sheets.read(three(lambda sheet: strike(sheet, 2, "E")))
    assert isinstance(first.cells["정원"], Broken)
    assert "취소선" in first.cells["정원"].why


def test_what_is_struck_through_in_a_cell_is_no_part_of_its_value(three):
    def change(sheet):
        sheet["E2"] = CellRichText(TextBlock(InlineFont(strike=True), "15"), "20")

    first, *_ = sheets.read(three(change))
    assert first.cells["정원"] == "20"
    assert first.remarks == ("과정: 취소선을 그은 글자는 빼고 읽었습니다: E2 ‘15’",)


def paint(sheet, *rows):
    for cell in (cell for row in rows for cell in sheet[row]):
        cell.fill = PatternFill("solid", fgColor="FFFF0000")


def test_rows_in_a_colour_that_others_do_not_have_are_told(three):
    told = "과정: 바탕색의 뜻은 읽지 않았습니다: 3행 ‘A-2, 바리스타 2급, 2027년 상반기’"
    assert read(three(lambda sheet: paint(sheet, 1, 3))) == (["A-1", "A-2", "A-3"], (told,))


def test_a_colour_of_all_rows_means_nothing(three):
    assert read(three(lambda sheet: paint(sheet, 2, 3, 4)))[1] == ()


def test_hidden_columns_are_read_and_told(three):
    def change(sheet):
        for letter in "DE":
            sheet.column_dimensions[letter].hidden = True

    first, *_ = sheets.read(three(change))
    assert (first.cells["장소"], first.cells["정원"]) == ("실습실", 15)
    assert first.remarks == ("과정: 숨긴 열도 읽었습니다: D열 ‘장소’, E열 ‘정원’",)


def test_a_hidden_sheet_is_left_out_and_told(book, header, listed):
    def hide_last(made):
        made["작년"].sheet_state = "veryHidden"

    path = book(hide_last, 과정=[header, listed("A-1")], 작년=[header, listed("B-1")])
    assert read(path) == (["A-1"], ("작년: 숨긴 시트라 읽지 않았습니다.",))


def test_a_file_of_which_all_is_hidden_says_so(book, header, listed):
    path = book(lambda made: hide(made["과정"]), 과정=[header, [], listed("A-1")])
    with pytest.raises(UnreadableFile, match=r"한 줄도 없습니다.*\n.*숨기거나 필터로 가린 행은 읽지 않았습니다: 3행"):
        sheets.read(path)


def test_comments_are_told_and_change_nothing(three):
    def change(sheet):
        sheet["E2"].comment = Comment("팀장님: 정원 20명으로", "x")

    first, *_ = sheets.read(three(change))
    assert first.cells["정원"] == 15
    assert first.remarks == ("과정: 메모에 적은 말은 읽지 않았습니다: E2 ‘팀장님: 정원 20명으로’",)


@pytest.mark.parametrize(
    ("kept", "read_as"),
    [
        ("2번 출구_x000D_\n왼쪽", "2번 출구\r\n왼쪽"),
        ("_x0041_B", "AB"),
        ("_xD83D__xDC69_", "👩"),
        ("_x00_ 그대로", "_x00_ 그대로"),
    ],
)
def test_signs_that_excel_wrote_out_are_read_as_signs(book, kept, read_as):
    [row] = sheets.read(book(과정=[["과정명", "설명"], ["꽃차", kept]]))
    assert row.cells["설명"] == read_as


def test_a_stray_cell_far_below_costs_nothing(three):
    def change(sheet):
        sheet.cell(1_048_576, 16_384).font = Font(bold=True)

    assert read(three(change))[0] == ["A-1", "A-2", "A-3"]


def patched(path, of, by):
    """The same workbook with other bytes in its parts."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).replace(of, by) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return path


def test_a_formula_that_shows_nothing_is_an_empty_cell(book):
    """Excel says that it is a text, and keeps none."""
    path = book(과정=[["과정번호", "과정명", "설명"], ["A-1", "꽃차", "=1"], ["=1", "=1", "=1"]])
    assert len(sheets.read(path)) == 2
    for place in ("C2", "A3", "B3", "C3"):
        patched(path, f'r="{place}"><f>1</f>'.encode(), f'r="{place}" t="str"><f>IF(Z1=1,"x","")</f>'.encode())
    [row] = sheets.read(path)
    assert row.cells == {"과정번호": "A-1", "과정명": "꽃차", "설명": None}


def test_a_workbook_of_another_kind_is_refused_with_the_kind_to_save_it_in(book):
    """Strict Open XML, which Excel offers too."""
    path = book(과정=[["과정번호", "과정명"], ["A-1", "꽃차"]])
    for of, by in (("spreadsheetml/2006/", "spreadsheetml/"), ("officeDocument/2006/", "officeDocument/")):
        old, new = f"http://schemas.openxmlformats.org/{of}", f"http://purl.oclc.org/ooxml/{by}"
        patched(path, old.encode(), new.encode())
    with pytest.raises(UnreadableFile, match="형식으로 다시 저장해 주세요"):
        sheets.read(path)
