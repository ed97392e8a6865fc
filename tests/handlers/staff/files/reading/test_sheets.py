"""Files as officers have them: read into rows that know their place, or refused with what to do."""

import json
import zipfile
from datetime import datetime, time

import pytest
from openpyxl import Workbook, load_workbook

from handlers.staff.files.reading.sheets import read
from handlers.staff.files.rows import Broken, UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LINES = "과정명,정원\n꽃차,15\n"


def test_a_row_knows_its_place_below_a_title_and_a_gap(workbook):
    [row] = read(workbook(["2026년 과정 목록"], [], ["과정명", None, " 정 원\u00a0"], [], ["꽃차", None, 15]))
    assert row.place("정 원") == "과정 5행 C열 ‘정 원’"
    assert row.cells == {"과정명": "꽃차", "정 원": 15}


def test_excel_dates_times_and_numbers_come_typed(workbook):
    [row] = read(workbook(["title", "시작일", "시작시간", "정원"], ["꽃차", datetime(2026, 12, 1), time(10), 15.0]))  # noqa: DTZ001
    assert list(row.cells.values()) == ["꽃차", datetime(2026, 12, 1), time(10), 15]  # noqa: DTZ001


def test_the_guide_and_hidden_sheets_are_not_read(tmp_path, workbook):
    book = load_workbook(workbook(["과정명"], ["꽃차"]))
    for name, state in (("설명", "visible"), ("작년", "hidden"), ("메모", "visible")):
        sheet = book.create_sheet(name)
        sheet.append(["과정명" if name != "메모" else "그냥 메모"])
        sheet.append(["딴 과정"])
        sheet.sheet_state = state
    book.save(tmp_path / "more.xlsx")
    assert [row.sheet for row in read(tmp_path / "more.xlsx")] == ["과정"]


def test_several_sheets_are_read_one_after_the_other(tmp_path):
    book = Workbook()
    for sheet in (book.active, book.create_sheet("하반기")):
        sheet.append(["과정명"])
        sheet.append(["꽃차"])
    book.save(tmp_path / "two.xlsx")
    assert [(row.sheet, row.number) for row in read(tmp_path / "two.xlsx")] == [("Sheet", 2), ("하반기", 2)]


def test_a_formula_that_was_never_computed_says_so(workbook):
    [row] = read(workbook(["과정명", "정원"], ["꽃차", "=10+5"]))
    broken = row.cells["정원"]
    assert isinstance(broken, Broken)
    assert "수식" in broken.why


def test_an_excel_error_is_not_taken_for_text(workbook):
    [row] = read(workbook(["과정명", "강사"], ["꽃차", "#REF!"]))
    assert isinstance(row.cells["강사"], Broken)


def test_a_value_below_no_header_is_kept_to_be_told(workbook):
    [row] = read(workbook(["과정명"], ["꽃차", None, "메모"]))
    assert row.cells[""] == "메모"
    assert row.place("") == "과정 2행 C열"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_every_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = tmp_path / "courses.csv"
    path.write_bytes(f"\n{LINES}".replace(",", delimiter).encode(encoding))
    [row] = read(path)
    assert (row.sheet, row.number, row.cells) == ("courses.csv", 3, {"과정명": "꽃차", "정원": "15"})


def test_csv_cells_may_hold_delimiters_and_line_breaks(tmp_path):
    path = tmp_path / "courses.csv"
    path.write_text('과정명;설명\n"꽃차;커피";"첫 줄\n둘째, 줄"\n', encoding="utf-8")
    [row] = read(path)
    assert row.cells == {"과정명": "꽃차;커피", "설명": "첫 줄\n둘째, 줄"}


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"meta": 1, "courses": rows}])
def test_json_is_a_list_or_an_object_with_courses(tmp_path, wrap):
    path = tmp_path / "courses.json"
    path.write_text(json.dumps(wrap([{"title": "꽃차", "요일": ["화", "목"], "정원": {"a": 1}}])), encoding="utf-8")
    [row] = read(path)
    assert row.cells["요일"] == "화, 목"
    assert isinstance(row.cells["정원"], Broken)
    assert row.place("요일") == "courses.json 1번째 과정 ‘요일’"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xls", OLE, "통합 문서"),
        ("a.hwp", OLE, ".xlsx"),
        ("a.xlsx", OLE, "이름만 .xlsx"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "암호"),
        ("a.xlsx", b"\xef\xbb\xbf\r\n<html><table>", "HTML"),
        ("a.xlsx", b"\x9b DRMONE This Document is encrypted", "DRM"),
        ("a.xlsx", b"PK\x03\x04 not a workbook", "손상"),
        ("a.xlsx", b"", "빈 파일"),
        ("a.csv", b"PK\x03\x04", "엑셀 파일입니다"),
        ("a.csv", b"\xff\x81\xff\x81", "CSV UTF-8"),
        ("a.csv", '과정명,정원\n"꽃차,15\n'.encode(), "따옴표"),
        ("a.csv", "이름,정원\n꽃차,15\n".encode(), "제목 줄"),
        ("a.csv", "과정명,정원\n,\n".encode(), "한 줄도 없습니다"),
        ("a.csv", "과정명,정원, 정 원\n꽃차,1,2\n".encode(), "두 번"),
        ("a.json", b"{", "JSON 형식이 아닙니다"),
        ("a.json", b'{"rows": []}', "목록이 없습니다"),
        ("a.json", b"[" * 100_000, "JSON 형식이 아닙니다"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=told):
        read(tmp_path / name)


@pytest.mark.parametrize("name", ["missing.xlsx", "folder.csv"])
def test_a_missing_file_or_a_folder_is_refused(tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UnreadableFile, match="열 수 없습니다"):
        read(tmp_path / name)


@pytest.mark.parametrize("name", ["a.hwp", "a.hwpx", "a.pdf", "a.docx", "a.PNG"])
def test_a_document_is_refused_with_how_to_get_its_table_into_excel(tmp_path, name):
    (tmp_path / name).write_bytes(b"anything")
    with pytest.raises(UnreadableFile, match="문서에 있는 표는 엑셀에 옮겨 붙이고"):
        read(tmp_path / name)


@pytest.mark.parametrize("part", ["mimetype", "word/document.xml", "사진.txt"])
def test_another_file_that_was_named_a_workbook_is_not_called_damaged(tmp_path, part):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as other:
        other.writestr(part, "application/hwp+zip")
    with pytest.raises(UnreadableFile, match="인 다른 파일입니다"):
        read(tmp_path / "a.xlsx")


def test_a_document_of_hangul_that_was_named_a_workbook_is_not_called_an_old_one(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(OLE + b"HWP Document File V5.00")
    with pytest.raises(UnreadableFile, match="다른 파일입니다"):
        read(tmp_path / "a.xlsx")
