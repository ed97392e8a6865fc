"""Lists as files: every row, numbers of telephones as text, and nothing in them that a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Listing, Table, Told
from handlers.staff.reports import lists

COLUMNS = ("신청번호", "이름", "휴대전화")
ONE = Told("수강생 1명", tables=(Table((("12", "홍길동", "010-0000-0001"),), COLUMNS),), notes=("참고",))
FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "＝1+1", "\t=1", '=HYPERLINK("http://x","y")')


def sheets(told: Told) -> dict[str, list[list[object]]]:
    book = load_workbook(io.BytesIO(lists.book(told)))
    return {sheet.title: [[cell.value for cell in line] for line in sheet.iter_rows()] for sheet in book}


def lines(told: Told) -> list[list[str]]:
    return list(csv.reader(io.StringIO(lists.separated(told).decode("utf-8-sig"), newline="")))


def test_a_list_is_a_sheet_and_what_it_is_stands_in_another_one():
    assert sheets(ONE) == {"목록": [[*COLUMNS], [12, "홍길동", "010-0000-0001"]], "설명": [["수강생 1명"], ["참고"]]}
    assert lines(ONE) == [[*COLUMNS], ["12", "홍길동", "010-0000-0001"]]
    assert lists.separated(ONE).startswith(b"\xef\xbb\xbf")


def test_tables_of_the_same_columns_are_one_sheet_and_others_have_their_own():
    late, refused = (Table((("1", name, "-"),), COLUMNS, title=name) for name in ("늦은 것", "거절"))
    late = replace(late, title="늦은 것 (전화해 주세요): 3건")
    told = Told(tables=(late, refused, Table((("가: 1",),), title="다른 [것]/*"), Listing(("나",), "기록")))
    found = sheets(told)
    assert list(found) == ["목록", "다른  것", "기록", "설명"]
    assert found["목록"] == [["구분", *COLUMNS], ["늦은 것", 1, "늦은 것", "-"], ["거절", 1, "거절", "-"]]
    assert lines(told)[0] == ["구분", *COLUMNS, "자세히", "내용"]
    assert lists.count(told) == 4


def test_what_stands_below_a_row_is_a_cell_of_its_own():
    told = Told(tables=(Table((("1", "가"), ("2",)), COLUMNS, details=((("대화", "a"), ("종이", "b")),)),))
    assert lines(told) == [[*COLUMNS, "자세히"], ["1", "가", "", "대화  a\n종이  b"], ["2", "", "", ""]]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_that_looks_like_a_formula_is_a_name(name):
    told = Told(tables=(Table((("1", name, ""),), COLUMNS),))
    sheet = load_workbook(io.BytesIO(lists.book(told)))["목록"]
    assert (sheet["B2"].value.strip(), sheet["B2"].data_type, sheet["B2"].quotePrefix) == (name.strip(), "s", True)
    assert lines(told)[1][1] == f"'{name}"


def test_long_numbers_leading_zeros_and_signs_that_no_sheet_takes_stay_as_they_are():
    told = Told(tables=(Table((("0012", "1234567890123456", "가\x0b나"),), COLUMNS),))
    assert sheets(told)["목록"][1] == ["0012", "1234567890123456", "가나"]


def test_a_file_of_another_kind_is_refused_at_once():
    with pytest.raises(Declined, match=r"목록은 \.xlsx·\.csv 파일로만"):
        lists.maker(Path("list.pdf"))
