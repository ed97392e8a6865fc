"""A row of a feed as a posting: its category, its part of the day, and what it is known again by."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.postings import merging, seoul, sourcing, work24
from handlers.postings.reading import categories, hours
from handlers.postings.records import UnreadablePosting

URL = "https://example.invalid/{no}"
WORK24 = {
    "wantedAuthNo": "K1",
    "title": "바리스타",
    "company": "예시카페",
    "region": "서울 중구",
    "closeDt": "채용시까지",
}
SEOUL = {"JO_REQST_NO": "K1", "JO_SJ": "바리스타", "CMPNY_NM": "예시카페", "RCEPT_CLOS_NM": "채용시까지"}


# --- categories ---


@pytest.mark.parametrize(
    ("occupation", "title", "category"),
    [
        ("531700", "음료 제조 및 홀 서비스 직원 모집", "식음료"),
        ("532203", "전통차 카페 매장 직원(시간제)", "식음료"),
        ("615111", "꽃 포장 및 판매 보조", "화훼·공예"),
        ("561601", "정리수납 현장 컨설턴트(일 단위)", "생활서비스"),
        ("811402", "가정용 에어컨 분해세척 보조기사", "생활서비스"),
        ("231104", "방과후 보드게임 프로그램 강사(시간제)", "교육·지도"),
        ("214201", "어르신 스마트폰 교육 보조강사", "교육·지도"),
        ("231202", "미디어 과의존 예방교육 강사(단기)", "심리·상담"),
        ("231200", "원예 체험 프로그램 진행자", "심리·상담"),
        ("", "사무보조(엑셀 자료정리)", "디지털·사무"),
        ("", "정리 수납 전문가", "생활서비스"),
        ("999999", "꽃차 카페 직원", "식음료"),
        ("561101", "바리스타 모집", "식음료"),
        ("531700", "직원 모집", "식음료"),
        ("999999", "당일 면접 고객상담원", ""),
        ("", "", ""),
    ],
)
def test_a_code_or_a_title_tells_the_category(occupation, title, category):
    assert categories.of(occupation, title) == category


# --- hours ---


@pytest.mark.parametrize(
    ("text", "daypart"),
    [
        ("(근무시간) (오전) 8시 00분 ~ (오후) 2시 00분", "day"),
        ("(근무시간) (오후) 2시 00분 ~ (오후) 10시 00분", "day"),
        ("(근무시간) (오후) 7시 00분 ~ (오전) 2시 00분", "evening"),
        ("월~금 : 15:00 ~ 18:00 (3시간)/주5일근무", "day"),
        ("토~일 : 11:00 ~ 18:00 (7시간)/주2일근무", "weekend"),
        ("토·일 11:00~18:00", "weekend"),
        ("토요일, 일요일 10시", "weekend"),
        ("주말 19:00~22:00", "weekend"),
        ("월~금 08:30~17:30(격주 토)", "day"),
        ("금~일 10:00~15:00", "day"),
        ("09:00~18:00 (토,일 휴무)", "day"),
        ("22:00~06:00", "evening"),
        ("밤 12시부터", "evening"),
        ("야간", "evening"),
        ("주간", "day"),
        ("학교 방문, 회당 2시간", ""),
        ("주 5일 근무", ""),
        ("", ""),
    ],
)
def test_working_hours_tell_the_part_of_the_day(text, daypart):
    assert hours.daypart(text) == daypart


# --- rows ---


@given(st.dictionaries(st.sampled_from([*WORK24, *SEOUL, "sal", "regDt", "WORK_TIME_NM", "HOPE_WAGE"]), st.text()))
def test_any_row_is_read_or_refused_and_nothing_else(row):
    for read in (work24.read, lambda record: seoul.read(record, URL)):
        with suppress(UnreadablePosting):
            read(row)


@pytest.mark.parametrize("there", ["JO_REQST_NO", "JO_REGIST_NO"])
def test_either_number_of_a_row_is_its_key(there):
    row = {name: value for name, value in SEOUL.items() if name != "JO_REQST_NO"}
    told = seoul.read({**row, "JO_REQST_NO": "", there: "K7"}, URL)
    assert (told.posting.source_key, told.posting.url) == ("K7", "https://example.invalid/K7")


def test_one_bad_row_takes_no_other_with_it():
    rows = [
        WORK24,
        {**WORK24, "wantedAuthNo": "K2", "closeDt": "26-13-45"},
        {"title": "?"},
        {**WORK24, "wantedAuthNo": "K3"},
    ]
    reading = merging.read(rows, work24.key, work24.read)
    assert [one.posting.source_key for one in reading.postings] == ["K1", "K3"]
    assert reading.unread == ("K2", "")


@pytest.mark.parametrize(
    ("text", "career"),
    [
        ("신입", "new"),
        ("경력 3년", "experienced"),
        ("관계없음", "none"),
        ("경력무관", "none"),
        ("신입·경력", "none"),
        ("", ""),
    ],
)
def test_a_career_is_read_as_it_is_meant(text, career):
    assert work24.career(text) == career


def test_a_wage_reads_as_a_person_would_say_it():
    told = seoul.read({**SEOUL, "HOPE_WAGE": "월급 / 2150000원 ~ 2300000원"}, URL)
    assert told.posting.salary == "월급 2,150,000원 ~ 2,300,000원"


@pytest.mark.parametrize(
    "changed",
    [
        {"company": "주식회사 예시 카페"},
        {"company": "(주)예시카페"},
        {"company": "㈜ 예시카페"},
        {"title": "[바리스타]"},
    ],
)
def test_the_same_job_is_known_under_other_spellings(changed):
    assert work24.read({**WORK24, **changed}).twin == work24.read(WORK24).twin != ""


@pytest.mark.parametrize(
    "changed", [{"company": "예시식당"}, {"title": "조리사"}, {"region": "서울 종로구"}, {"company": ""}]
)
def test_another_job_is_not_taken_for_the_same(changed):
    assert work24.read({**WORK24, **changed}).twin != work24.read(WORK24).twin


def test_what_a_posting_is_found_by_is_bounded():
    told = seoul.read({**SEOUL, "DTY_CN": "긴 설명 " * 1000}, URL)
    assert (len(told.search), len(told.posting.description)) == (sourcing.LONGEST, 1500)
