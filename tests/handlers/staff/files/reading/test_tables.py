"""Sheets as offices lay them out: headers below titles and in two lines, sums, notes, and tables for other ends."""

import pytest

from handlers.staff.files.reading import sheets
from handlers.staff.files.rows import QUALIFICATION, YEAR, UnreadableFile

UPPER = ["과정번호", "과정명", "학기", "장소", "정원", "접수기간", None, "교육기간", None, "요일", "교육시간", None]
LOWER = [*[None] * 5, "접수시작", "접수종료", "시작일", "종료일", None, "시작시간", "종료시간"]


def read(path):
    rows = sheets.read(path)
    return [row.cells.get("과정번호") for row in rows], "\n".join(rows[0].remarks)


@pytest.mark.parametrize(
    "title",
    [
        ["과정명", "직업역량강화 프로그램"],
        ["2027년 상반기 프로그램"],
        ["과정", "강좌", "프로그램"],
        ["교육과정", "2027년 상반기", "중구청"],
    ],
)
def test_a_title_with_a_word_of_a_header_is_not_the_header(book, header, listed, title):
    rows = sheets.read(book(과정=[title, header, listed("A-1")]))
    assert [row.cells for row in rows] == [dict(zip(header, listed("A-1"), strict=True))]


@pytest.mark.parametrize("is_merged", [True, False])
def test_a_header_of_two_lines_is_one(book, header, listed, is_merged):
    def merge(made):
        for cells in ["A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:G2", "H2:I2", "J2:J3", "K2:L2"] * is_merged:
            made["과정"].merge_cells(cells)

    [row] = sheets.read(book(merge, 과정=[["2027년 상반기"], UPPER, LOWER, listed("A-1")]))
    assert row.cells == dict(zip(header, listed("A-1"), strict=True))
    assert row.remarks == ("과정: 2행과 3행을 한 제목으로 읽었습니다.",)


def test_a_lower_line_with_fewer_words_is_no_table_of_its_own(book, listed):
    upper = ["연번", *UPPER[1:]]
    lower = [*[None] * 5, "시작", "마감", "시작", "종료", None, "시작", "종료"]

    def merge(made):
        for cells in ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1", "H1:I1", "J1:J2", "K1:L1"]:
            made["과정"].merge_cells(cells)

    [row] = sheets.read(book(merge, 과정=[upper, lower, listed("A-1")]))
    assert row.remarks == ("과정: 1행과 2행을 한 제목으로 읽었습니다.", "과정: ‘연번’ 열을 ‘과정번호’로 읽었습니다.")


def test_words_that_are_alone_too_little_are_read_with_those_above(book, listed):
    lower = [*[None] * 5, "시작", "종료", "시작일", "종료일", None, "시작", "종료"]
    [row] = sheets.read(book(과정=[UPPER, lower, listed("A-1")]))
    names = [*row.cells]
    assert names[5:] == [
        "접수기간 시작", "접수기간 종료", "시작일", "종료일", "요일", "교육시간 시작", "교육시간 종료",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "word", ["합계", "합 계", "계", "소계", "총계", "총합계", "평균", "요약", "합계(2과정)", "총 2개 과정"]
)
@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_line_of_sums_is_no_course(book, header, listed, word, at):
    line = [*[None] * at, word, *[None] * (4 - at)]
    line[4] = 30
    codes, told = read(book(과정=[header, listed("A-1"), [], listed("A-2"), [], line]))
    assert codes == ["A-1", "A-2"]
    assert told == f"과정: 합계 행은 읽지 않았습니다: 6행 ‘{word}, 30’"


@pytest.mark.parametrize("title", ["회계 실무", "통계", "계산기 다루기", "합계와 평균"])
def test_a_course_of_sums_is_one(book, header, listed, title):
    assert read(book(과정=[header, listed("A-1", title)]))[0] == ["A-1"]


@pytest.mark.parametrize(
    "note",
    [
        "※ 접수는 선착순입니다.",
        "* 재료비 별도",
        "주1) 휴강일 별도 안내",
        "문의: 평생학습팀",
        "위 일정은 바뀔 수 있음",
        "자격증 과정",
    ],
)
def test_a_line_with_nothing_but_a_note_is_no_course(book, header, listed, note):
    codes, told = read(book(과정=[header, [note], listed("A-1"), [], [note]]))
    assert codes == ["A-1"]
    assert told == f"과정: 설명을 적은 행은 읽지 않았습니다: 2행 ‘{note}’, 5행 ‘{note}’"


@pytest.mark.parametrize("line", [["A-9"], [None, "꽃차"], ["A-9", "꽃차", "2027년 상반기"]])
def test_a_course_that_was_only_begun_is_not_taken_for_a_note(book, header, listed, line):
    assert len(read(book(과정=[header, listed("A-1"), line]))[0]) == 2


def test_another_table_below_is_named_and_not_read(book, header, listed):
    budget = [["구분", "금액", "비고"], ["강사료", 1_000_000], ["재료비", 200_000]]
    codes, told = read(book(과정=[header, listed("A-1"), [], *budget]))
    assert codes == ["A-1"]
    assert told == (
        "과정: 다른 표로 보이는 행은 읽지 않았습니다: "
        "4행 ‘구분, 금액, 비고’, 5행 ‘강사료, 1000000’, 6행 ‘재료비, 200000’"
    )


def test_two_lists_of_courses_in_a_sheet_are_read_each_by_its_own_header(book, header, listed):
    turned = [header[::-1], listed("A-2")[::-1]]
    rows = sheets.read(book(과정=[header, listed("A-1"), [], ["하반기"], *turned]))
    assert [(row.number, row.cells["과정번호"], row.letters["과정번호"]) for row in rows] == [
        (2, "A-1", "A"),
        (6, "A-2", "L"),
    ]
    assert "과정: 표 2개를 읽었습니다. 제목 줄: 1행, 5행" in rows[0].remarks


def test_a_list_for_other_ends_below_the_courses_is_named_and_not_read(book, header, listed):
    path = book(
        과정=[header, listed("A-1"), [], ["과정명", "강사", "연락처"], ["바리스타 2급", "강사 A", "02-000-0000"]]
    )
    assert read(path) == (
        ["A-1"],
        "과정: 4행부터는 열이 ‘과정명’, ‘강사’, ‘연락처’뿐이라 과정 목록이 아닌 것으로 보고 읽지 않았습니다.",
    )


def test_sheets_that_are_no_list_of_courses_are_named_and_not_read(book, header, listed):
    path = book(
        과정=[header, listed("A-1")],
        예산=[["과목", "금액"], ["강사료", 1_000_000]],
        검토용=[["순번", "과정명", "비고"], [1, "바리스타 2급", "확정"]],
        빈칸=[],
    )
    assert read(path) == (
        ["A-1"],
        "예산: ‘과정명’ 같은 제목 줄이 없는 시트라 읽지 않았습니다.\n"
        "검토용: 열이 ‘과정명’뿐이라 과정 목록이 아닌 것으로 보고 읽지 않았습니다.",
    )


def test_a_file_without_a_line_to_read_says_what_its_lines_are(book, header):
    with pytest.raises(UnreadableFile, match=r"한 줄도 없습니다.*\n.*합계 행은 읽지 않았습니다: 2행 ‘합계, 30’"):
        sheets.read(book(과정=[header, ["합계", None, None, None, 30]]))


@pytest.mark.parametrize("name", ["연번", "순번", "No.", "#", "비고", "비 고", "비고(참고)", "담당자"])
def test_numbers_of_lines_and_remarks_are_skipped_and_told(book, header, listed, name):
    [row] = sheets.read(book(과정=[[name, *header], [1, *listed("A-1")]]))
    assert row.cells == dict(zip(header, listed("A-1"), strict=True))
    assert row.remarks == (f"과정: 연번이나 비고 같은 열은 읽지 않았습니다: A열 ‘{name}’",)


def test_numbers_that_count_lines_are_skipped_whatever_they_are_called(book, header, listed):
    lines = [["번호", *header], [1, *listed("A-1")], [2, *listed("A-2")]]
    assert all("번호" not in row.cells for row in sheets.read(book(과정=lines)))


def test_where_no_column_has_numbers_of_courses_one_of_lines_that_holds_such_is_taken_for_it(book, header, listed):
    header[0] = "연번"
    [row] = sheets.read(book(과정=[header, listed("A-1")]))
    assert (row.cells["과정번호"], row.remarks) == ("A-1", ("과정: ‘연번’ 열을 ‘과정번호’로 읽었습니다.",))


def test_numbers_of_lines_are_none_of_courses(book, header, listed):
    header[0] = "연번"
    [row] = sheets.read(book(과정=[header, listed(1)]))
    assert "과정번호" not in row.cells


def test_remarks_that_would_change_a_line_are_told_with_their_words(book, header, listed):
    lines = [[*listed("A-1"), "폐강"], [*listed("A-2"), "야외 수업"], [*listed("A-3"), "정원 20명으로 변경"]]
    codes, told = read(book(과정=[[*header, "비고"], *lines]))
    assert codes == ["A-1", "A-2", "A-3"]
    assert told.splitlines()[1] == "과정: 비고에 적은 말대로 하지는 않습니다: M2 ‘폐강’, M4 ‘정원 20명으로 변경’"


PAST = ["연도", "반기", "과정명", "정원", "수료인원"]


@pytest.mark.parametrize(
    "sums",
    [
        ["합계", "2개 과정", None, 30, 26],
        ["소계", None, None, 30, 26],
        [2023, None, "합계", 30, 26],
        ["총계", 2, 2, 2, 2],
    ],
)
def test_a_line_of_sums_is_none_of_the_courses_of_a_year(book, sums):
    rows = sheets.read(book(지난=[PAST, [2023, "상", "꽃차", 15, 13], [2023, "상", "제과", 15, 13], sums]))
    assert [row.cells["과정명"] for row in rows] == ["꽃차", "제과"]
    assert "합계 행은 읽지 않았습니다: 4행" in rows[0].remarks[0]


def test_a_line_of_sums_that_counts_the_courses_is_none(book, header, listed):
    assert read(book(과정=[header, listed("A-1"), ["총계", "2개 과정", None, None, 30]]))[0] == ["A-1"]


MONEY = ["연도", "구분", "재원", "금액"]
PAID = [2026, "집행", "구비", 50_000]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            [["예산 현황"], [None, None, None, "(단위: 천원)"], MONEY, PAID],
            r"예산 2행: ‘\(단위: 천원\)’ → .*천원 단위에서",
        ),
        ([["예산 현황 (단위 : 백만 원)"], MONEY, PAID], "예산 1행: .*백만원 단위에서 원 단위로"),
        ([["※ 단위: 명, 천원"], MONEY, PAID], "예산 1행"),
        ([MONEY, [None, None, None, "(천원)"], PAID], r"예산 2행: ‘\(천원\)’"),
        ([MONEY, PAID, [], ["* 단위 : 만원"]], "예산 4행.*만원 단위에서"),
    ],
)
def test_a_unit_beside_a_table_of_money_is_refused_with_its_row(book, lines, told):
    with pytest.raises(UnreadableFile, match=told):
        sheets.read(book(예산=lines))


@pytest.mark.parametrize(
    "beside", ["(단위: 원)", "단위: 명", "재료비 3만원은 본인 부담", "단위: 원(재료비 3만원 별도)"]
)
def test_a_unit_of_won_or_none_of_money_is_no_matter(book, beside):
    assert len(sheets.read(book(예산=[[beside], MONEY, PAID]))) == 1


def test_a_unit_of_money_beside_a_table_without_money_is_no_matter(book, header, listed):
    assert read(book(과정=[["(단위: 천원)"], header, listed("A-1")]))[0] == ["A-1"]


@pytest.mark.parametrize("last", ["합격일", "자격취득일"])
def test_qualifications_are_known_by_each_name_of_their_day(book, last):
    [row] = sheets.read(
        book(취득=[["신청번호", "이름", "과정", "취득 자격증", last], [1, "홍길동", "꽃차", "2급", "2026-12-01"]])
    )
    assert row.kind == QUALIFICATION


@pytest.mark.parametrize("name", ["예산구분", "집행일", "확보일", "비목"])
def test_money_is_known_without_its_source(book, name):
    assert sheets.read(book(예산=[["연도", "구분", name, "금액"], [2026, "집행", "", 1]]))[0].kind == YEAR["budget"]
