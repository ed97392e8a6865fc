"""What offices call their columns, however the headers are dressed."""

from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from handlers.staff.counseling.columns import COUNSELORS, EXCEPTIONS, HOURS
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.files.headers import is_skipped, plain
from handlers.staff.files.rows import Row
from handlers.staff.postings.columns import COLUMNS as POSTINGS
from handlers.staff.questions.columns import COLUMNS as COMMON_QUESTIONS
from handlers.staff.surveys.sheets.columns import QUESTIONS, SURVEYS

SEOUL = ZoneInfo("Asia/Seoul")


USUAL = {
    "과정번호": "강좌번호",
    "과정명": "강좌명",
    "장소": "교육장소",
    "정원": "모집인원",
    "재료비": "실습비",
    "접수시작": "신청시작",
    "접수종료": "신청마감",
    "시작일": "개강일",
    "종료일": "종강일",
    "요일": "교육요일",
    "시작시간": "시작",
    "종료시간": "종료",
}


@pytest.mark.parametrize(
    "dressed",
    [
        lambda name: name,
        lambda name: f"{name}*",
        lambda name: f"※ {name} :",
        lambda name: f"{name}(필수)",
        lambda name: f"{name} [선택사항]",
        lambda name: f"{name}\n(예: 2027-03-02)",
        lambda name: f"3. {name}",
        lambda name: "\u2060".join(name) + "\u200e",
        lambda name: " ".join(name),
        lambda name: "\u00a0".join(name),
        lambda name: f"\ufeff{name}\u3164",
    ],
)
@pytest.mark.parametrize("names", [{}, USUAL])
def test_a_header_is_known_however_it_is_dressed(renamed, rows, dressed, names, as_course):
    headers = {name: dressed(names.get(name, name)) for name in rows()[0].cells}
    assert as_course(renamed(headers)) == as_course(renamed())


@pytest.mark.parametrize("header", ["정원(명)", "정원 (인)", "정원[명]", "모집인원(단위: 명)", "정 원(명)*", "강의실"])
def test_units_of_a_header_are_no_part_of_its_name(renamed, header, as_course):
    instead = "장소" if header == "강의실" else "정원"
    assert as_course(renamed({instead: header})) == as_course(renamed())


@pytest.mark.parametrize("header", ["과정명(영문)", "과정명 (English)", "과정명(영어)", "title_en"])
def test_english_is_never_taken_for_korean(renamed, header, as_course):
    row = renamed()
    row = Row("과정", 2, {**row.cells, header: "Barista"}, {**row.letters, header: "Z"})
    assert (as_course(row).title, as_course(row).title_en) == ("바리스타 2급", "Barista")


@pytest.mark.parametrize(
    "columns_of", [COLUMNS, POSTINGS, COMMON_QUESTIONS, SURVEYS, QUESTIONS, COUNSELORS, HOURS, EXCEPTIONS]
)
def test_no_header_stands_for_two_columns_or_for_none(columns_of):
    names = Counter(plain(name) for name in columns_of.names)
    assert [name for name, count in names.items() if count > 1] == []
    assert [name for name in columns_of.names if is_skipped(name)] == []
