"""Text files are split as Excel splits them."""

import pytest

from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.files.reading import sheets
from handlers.staff.files.rows import UnreadableFile


@pytest.fixture
def text(tmp_path):
    def write(content, name="courses.csv", encoding="utf-8"):
        (tmp_path / name).write_bytes(content.encode(encoding))
        return tmp_path / name

    return write


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('"초급" 과정입니다', "초급 과정입니다"),
        ('"초급" 과 "중급"', '초급 과 "중급"'),
        ('5" 파이프', '5" 파이프'),
        ('"그는 ""네""라고 했다"', '그는 "네"라고 했다'),
        ('"두\n줄"', "두\n줄"),
        ('""', ""),
    ],
)
@pytest.mark.parametrize("delimiter", ",;\t")
def test_quotation_marks_are_read_as_excel_reads_them(text, cell, value, delimiter):
    [row] = sheets.read(text(f"과정명,설명,정원\n꽃차,{cell},15\n".replace(",", delimiter)))
    assert row.cells == {"과정명": "꽃차", "설명": value, "정원": "15"}


@pytest.mark.parametrize("cell", ['"초급', '꽃차,"초급\n커피,"중급", 끝\n"'])
def test_a_quotation_mark_that_is_never_closed_is_refused(text, cell):
    with pytest.raises(UnreadableFile, match="따옴표"):
        sheets.read(text(f"과정명,설명\n꽃차,{cell}"))


@pytest.mark.parametrize(
    "lines",
    [
        ["고르세요.,의견", "가;나;다,좋아요", "가;다;라,고맙습니다"],
        ["고르세요.;의견", "가;네, 좋아요, 또 올게요, 정말", "나;네, 또, 열어, 주세요"],
        ["고르세요.\t의견", "가, 나; 다\t네", "가, 다; 라\t네, 또"],
        ["고르세요, 두 개까지;의견", "가;네", "나;네"],
        ["수요조사, 2027년 상반기", "고르세요.,의견", "가,네", "나,네"],
    ],
)
def test_the_delimiter_is_the_one_that_splits_all_lines_alike(text, lines):
    [grid] = sheets.grids(text("\r\n".join(lines))).values()
    assert {len(line) for line in grid.lines} == {2}


def test_the_line_that_tells_excel_the_delimiter_is_obeyed(text):
    [row] = sheets.read(text("sep=|\r\n과정명|정원\r\n꽃차, 커피; 차|15\r\n"))
    assert (row.number, row.cells) == (3, {"과정명": "꽃차, 커피; 차", "정원": "15"})


@pytest.mark.parametrize("name", ["courses.tsv", "courses.TSV", "courses.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_text_with_tabs_is_read(text, name, encoding):
    [row] = sheets.read(text("과정명\t정원\n꽃차\t15\n", name, encoding))
    assert row.cells == {"과정명": "꽃차", "정원": "15"}


def test_a_workbook_with_macros_is_read(book):
    path = book(과정=[["과정명"], ["꽃차"]])
    assert sheets.read(path.rename(path.with_suffix(".xlsm")))[0].cells == {"과정명": "꽃차"}


def test_a_number_that_an_export_keeps_from_excel_is_the_number(text):
    [row] = sheets.read(text('과정번호,과정명\n="0012",꽃차\n'))
    assert row.cells["과정번호"] == "0012"


@pytest.mark.parametrize(
    ("cell", "why"), [("2.026E+10", "자릿수를 줄여"), ("1E+05", "자릿수를 줄여"), ("########", "열이 좁아")]
)
def test_what_excel_saved_as_it_showed_it_is_told_with_its_cell(text, cell, why):
    [row] = sheets.read(text(f"과정번호,과정명\n{cell},꽃차\n"))
    _, problems = COLUMNS.read(row)
    assert f"courses.csv 2행 A열 ‘과정번호’: ‘{cell}’ → " in str(problems[0])
    assert why in str(problems[0])


@pytest.mark.parametrize("cell", ["#1 강의실", "E+ 과정", "=", "1.5E+", "##"])
def test_what_only_looks_a_little_like_it_is_text(text, cell):
    assert sheets.read(text(f"과정번호,과정명\n1,{cell}\n"))[0].cells["과정명"] == cell
