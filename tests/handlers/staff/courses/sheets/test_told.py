"""What an officer reads before a file is taken in, as whole texts: a sheet of oddities, and a changed half-year."""

from datetime import datetime
from pathlib import Path

import pytest

from handlers.staff.files.reading import sheets
from handlers.staff.importers import check, import_rows
from storage.people import residents
from storage.seating import enrollments
from storage.teaching import courses
from tests.support.domain import SEOUL

TOLD = Path(__file__).with_name("told")
HEADER = (
    "과정번호", "과정명", "학기", "주야", "장소", "정원", "접수시작", "접수종료", "시작일", "종료일", "요일",
    "시작시간", "종료시간", "휴강일", "선정방법", "우선대상", "준비물", "재료비", "설명", "상태",
)  # fmt: skip
FINE = {
    "과정번호": "27-01", "과정명": "꽃차소믈리에", "학기": "2027년 상반기", "장소": "을지로 1강의실", "정원": 15,
    "접수시작": "2027-02-01 09:00", "접수종료": "2027-02-14 18:00", "시작일": "2027-03-02", "종료일": "2027-05-25",
    "요일": "화", "시작시간": "14:00", "종료시간": "16:00", "선정방법": "선착순", "재료비": 60_000,
}  # fmt: skip

ODDITIES = [
    {"주야": "야간", "시작시간": "7:00", "종료시간": "9:00"},
    {"시작시간": "8:30", "종료시간": "10:30"},
    {"주야": "주간", "시작시간": "19:00", "종료시간": "21:00"},
    {"주야": "주말"},
    {"시작시간": "9:00", "종료시간": "21:00"},
    {"과정명": "MBTI심리상담사(야)"},
    {"과정명": "토요 바리스타"},
    {"요일": "월"},
    {"종료일": "2028-05-23"},
    {"휴강일": "2026-05-04"},
    {"학기": "2026년 상반기"},
    {"접수시작": "2026-02-01 09:00"},
    {"접수시작": "2027-03-20 09:00", "접수종료": "2027-04-20 18:00"},
    {"접수종료": "2027-03-10 18:00"},
    {"접수종료": "2027-02-14 6:00"},
    {"재료비": 12},
    {"재료비": 6_000_000},
    {"정원": 1_500},
    {"선정방법": "우선선발"},
    {"선정방법": "추첨", "접수종료": "2027-02-28 18:00"},
    {"상태": "폐강"},
]

COURSES = [  # title, first day, weekday, and how many are in it
    ("꽃차소믈리에", "2027-03-02", "화", {"confirmed": 15}),
    ("바리스타 2급 자격증", "2027-03-03", "수", {"confirmed": 12}),
    ("색채심리사 2급", "2027-03-04", "목", {"confirmed": 9}),
    ("원예심리지도사 2급", "2027-03-05", "금", {"confirmed": 11}),
    ("정리수납컨설턴트 2급", "2027-03-08", "월", {"confirmed": 14}),
    ("화훼장식기능사", "2027-03-06", "토", {"confirmed": 8}),
    ("미디어중독상담사 2급", "2027-03-09", "화", {"applied": 15}),
    ("분노조절지도사", "2027-03-10", "수", {"confirmed": 7}),
    ("아트플라워지도사", "2027-03-11", "목", {"confirmed": 6}),
    ("에어컨세정관리사 2급", "2027-03-12", "금", {"confirmed": 10, "waiting": 3}),
    ("한방건강차전문가 2급", "2027-03-15", "월", {"confirmed": 10}),
    ("MBTI심리상담사(주)", "2027-03-16", "화", {"confirmed": 9}),
    ("MBTI심리상담사(야)", "2027-03-16", "화", {"confirmed": 10}),
]
KNOWN = [
    FINE | {"과정번호": f"27-{number:02}", "과정명": title, "시작일": begins, "요일": day}
    for number, (title, begins, day, _) in enumerate(COURSES, 1)
]
KNOWN[6] |= {"선정방법": "추첨"}
KNOWN[12] |= {"시작시간": "19:00", "종료시간": "21:00"}
CHANGES = [
    {"장소": "중구청 본관 3층"},
    {"시작일": "2027-03-10", "종료일": "2027-06-02"},
    {"종료시간": "17:00"},
    {"재료비": 45_000, "준비물": "앞치마, 장갑"},
    {"휴강일": "2027-04-05"},
    {"정원": 20},
    {"접수종료": "2027-02-16 18:00"},
    {"상태": "접수중지"},
    {"요일": "금", "시작일": "2027-03-12"},
    {"설명": "여름을 앞두고 배웁니다."},
    {"재료비": None},
    {},
    {},
]


@pytest.fixture
def course_sheet(workbook):
    """Rows of a workbook with these courses."""

    def make(wanted):
        return sheets.read(workbook(list(HEADER), *([one.get(name) for name in HEADER] for one in wanted)))

    return make


def golden(name):
    return (TOLD / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.on_sqlite
async def test_a_sheet_full_of_oddities_is_asked_about_line_by_line(school, course_sheet):
    school.now = datetime(2027, 1, 18, 10, tzinfo=SEOUL)
    rows = course_sheet([FINE | {"과정번호": f"27-{number:02}"} | odd for number, odd in enumerate(ODDITIES, 1)])
    told = await school.asks(check, rows, files=["과정.xlsx"])
    assert told == golden("oddities")


@pytest.mark.on_sqlite
async def test_a_changed_half_year_tells_what_happens_to_whom(school, course_sheet):
    school.now = datetime(2027, 1, 18, 10, tzinfo=SEOUL)
    await school.gets(import_rows, course_sheet(KNOWN))
    await school.database.write(enroll)
    school.now = datetime(2027, 2, 15, 10, tzinfo=SEOUL)
    changed = course_sheet([known | change for known, change in zip(KNOWN, CHANGES, strict=True)])
    assert await school.asks(check, changed, files=["과정.xlsx"]) == golden("half_year")


def enroll(tx):
    """139 people, each in one course; of ten one has only the web chat."""
    known = courses.by_code(tx, [one["과정번호"] for one in KNOWN])
    in_it = [(code, state) for code, (*_, its) in zip(sorted(known), COURSES, strict=True) for state in states(its)]
    for number, (code, state) in enumerate(in_it):
        channel, now = "web" if number % 10 == 9 else "telegram", datetime(2027, 2, 5, tzinfo=SEOUL)
        person = residents.welcome(tx, channel, f"{number}", "ko", now)
        enrollments.add(tx, known[code].id, person.id, state, channel, now)
    assert len(in_it) == 139


def states(counts):
    return [state for state, count in counts.items() for _ in range(count)]
