"""Bringing in counselors' hours: every wrong cell named, all or nothing, and booked appointments stay."""

from dataclasses import replace
from datetime import date, time

import pytest
from openpyxl import Workbook, load_workbook

from bot.terminal.typed import typed
from handlers.staff.counseling import importing, template
from handlers.staff.desk.imported import summary
from handlers.staff.files import workbook
from handlers.staff.files.reading import sheets
from handlers.staff.reports.lines import of_told
from storage.counseling import counselors
from tests.support.counseling.centre import MORNING, books

pytestmark = pytest.mark.on_sqlite

PEOPLE = ["상담사번호,상담사명,장소,찾아오는 길,전화", "A,상담사 A,센터 A실,2층,02-000-0000"]
HOURS = ["상담사번호,상담요일,시작시간,종료시간", 'A,"화,목",10:00,12:00']
DAYS = ["상담사번호,예외날짜,구분,시작시간,종료시간"]


@pytest.fixture
def imports(school, tmp_path):
    """Import sheets, each as lines of a CSV file; what the officer is told."""

    async def take(*written, only_check=False):
        rows = []
        for number, lines in enumerate(written):
            file = tmp_path / f"{number}.csv"
            file.write_text("\n".join(lines), encoding="utf-8")
            rows += sheets.read(file)
        imported = await school.asks(importing.import_counseling, rows, only_check)
        return "\n".join(of_told(summary([imported]), typed))

    return take


async def timetable(school, counselor_id=1):
    return (await school.database.read(counselors.timetables))[counselor_id]


async def test_a_file_with_three_sheets_gives_the_hours_and_the_same_twice_changes_nothing(school, imports):
    files = (PEOPLE, HOURS, [*DAYS, "A,2026-12-03,쉼,,", "A,2026-12-10,다른 시간,오후 2시,16:00"])
    assert "새로 1명, 바뀜 0명, 그대로 0명" in await imports(*files)
    assert "새로 0명, 바뀜 0명, 그대로 1명" in await imports(*files)
    found = await timetable(school)
    assert (found.on(date(2026, 12, 1)), found.on(date(2026, 12, 3))) == ([MORNING], [])
    assert found.on(date(2026, 12, 10)) == [(time(14), time(16))]


async def test_an_exception_is_taken_back_by_a_row_that_says_as_usual(school, imports):
    await imports(PEOPLE, HOURS, [*DAYS, "A,2026-12-03,쉼,,"])
    assert "바뀜 1명" in await imports([*DAYS, "A,2026-12-03,평소대로,,"])
    assert (await timetable(school)).on(date(2026, 12, 3)) == [MORNING]


async def test_a_file_with_exceptions_alone_leaves_the_weeks(school, imports):
    await imports(PEOPLE, HOURS)
    await imports([*DAYS, "A,2026-12-03,쉼,,"])
    assert (await timetable(school)).on(date(2026, 12, 1)) == [MORNING]


async def test_checking_changes_nothing(school, imports):
    assert "새로 1명" in await imports(PEOPLE, HOURS, only_check=True)
    assert await school.database.read(counselors.exist) is False


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([*HOURS, "A,금,14:00,14:20"], "0.csv 3행 D열 ‘종료시간’: ‘14:20’ → ‘시작시간’(14:00)보다 30분 이상"),
        ([*HOURS, "A,화,11:00,13:00"], "‘시작시간’: ‘11:00’ → 같은 요일의 다른 시간과 겹칩니다"),
        ([*HOURS, "B,화,14:00,15:00"], "‘상담사번호’: ‘B’ → 이 번호의 상담사가 없습니다"),
        ([*HOURS, "A,곧,14:00,15:00"], "‘상담요일’: ‘곧’ → 요일을 적어 주세요"),
        ([*HOURS, "A,수,2시,15:00"], "오전인지 오후인지"),
        ([*DAYS, "A,없음,쉼,,"], "‘예외날짜’: ‘없음’ → 꼭 있어야 합니다"),
        ([*DAYS, "A,2026-12-25,다른 시간,10:00,12:00"], "쉬는 날(기독탄신일)이라"),
        ([*DAYS, "A,2026-12-03,다른 시간,10:00,"], "‘종료시간’: 빈칸 → ‘다른 시간’이면 꼭 있어야"),
        ([*DAYS, "A,2026-12-03,쉼,10:00,"], "‘시작시간’: ‘10:00’ → ‘다른 시간’일 때만"),
        ([*DAYS, 'A,"2026-12-03,2026-12-03",쉼,,', "A,2026-12-03,평소대로,,"], "2026-12-03: 두 번 적으셨습니다"),
        ([PEOPLE[0], "B,상담사 B,,,"], "‘장소’나 ‘전화’ 가운데 하나는"),
        ([*PEOPLE, PEOPLE[1]], "같은 번호의 상담사가 있습니다"),
        (["상담사명,장소", "상담사 B,센터"], "‘상담사번호’: 꼭 있어야 하는 열이 없습니다"),
    ],
)
async def test_each_wrong_cell_is_named_and_nothing_is_taken(school, imports, centre, lines, told):
    before = await timetable(school)
    said = await imports(lines)
    assert told in said
    assert "아무것도 등록하지 않았습니다" in said
    assert await timetable(school) == before


async def test_hours_that_leave_a_booked_appointment_out_are_told_with_who_it_is_and_nothing_is_cancelled(
    centre, imports, visitor
):
    await books(visitor("1"), 1)
    await books(visitor("2"), 2, slot="오전 11시")
    hours = [HOURS[0], "A,화,10:30,12:00"]
    for only_check in (True, False):
        told = await imports(hours, only_check=only_check)
        assert "맞지 않는 예약이 1건 있습니다. 예약은 그대로 두었습니다." in told
        assert "- 1  11월 24일(화) 오전 10시  상담사 A  홍길동  -  010-0000-0001  이력서·면접  방문  예약" in told
    assert await centre.live() == ["11-24 10:00", "11-24 11:00"]


async def test_a_day_off_and_a_room_that_is_gone_strand_appointments_too(centre, imports, visitor):
    await books(visitor("1"), 1)
    assert "예약이 1건" in await imports([*DAYS, "A,2026-11-24,쉼,,"], only_check=True)
    assert "예약이 1건" in await imports([PEOPLE[0], "A,상담사 A,,,02-000-0000"])


async def test_the_template_is_harmless_as_it_is_and_says_so_and_good_once_it_has_another_number(school, tmp_path):
    (tmp_path / "t.xlsx").write_bytes(workbook.write(template.pages(school.now.date())))
    rows = sheets.read(tmp_path / "t.xlsx")
    imported = await school.gets(importing.import_counseling, rows)
    assert imported.title == "상담사: 새로 0명, 바뀜 0명, 그대로 0명입니다."
    assert imported.facts == ("상담사번호가 ‘예시’로 시작하는 2줄은 등록하지 않습니다. 쓰려면 번호를 바꾸어 주세요.",)
    assert await school.database.read(counselors.all_of_them) == []
    renamed = [replace(row, cells={**row.cells, "상담사번호": "상담-01"}) for row in rows]
    assert (await school.gets(importing.import_counseling, renamed)).new == 1
    assert (await timetable(school)).on(date(2026, 12, 1)) == [MORNING]
    assert load_workbook(tmp_path / "t.xlsx").sheetnames == ["상담사", "상담시간", "상담예외", "설명"]


async def test_an_example_beside_a_real_counselor_leaves_the_week_of_that_one(school, imports):
    await imports(PEOPLE, HOURS)
    told = await imports([*PEOPLE, "예시-01,상담사 A,센터,,"], [HOURS[0], '예시-01,"월",10:00,12:00'])
    assert "그대로 1명" in told
    assert (await timetable(school)).on(date(2026, 12, 1)) == [MORNING]


async def test_sheets_of_a_workbook_and_lists_of_a_json_file_are_recognised(school, tmp_path):
    book = Workbook()
    book.active.append(["상담사번호", "상담사명", "전화"])
    book.active.append(["A", "상담사 A", "02-000-0000"])
    book.save(tmp_path / "c.xlsx")
    (tmp_path / "c.json").write_text(
        '{"counseling_hours": [{"counselor": "A", "weekdays": "화", "start_time": "10:00", "end_time": "12:00"}]}'
    )
    kinds = [row.kind for name in ("c.xlsx", "c.json") for row in sheets.read(tmp_path / name)]
    assert kinds == ["상담사", "상담시간"]


async def test_what_a_file_has_no_column_for_stays_and_what_changes_is_told(school, imports):
    await imports(PEOPLE, HOURS)
    assert "그대로 1명" in await imports(["상담사번호,상담사명", "A,상담사 A"])
    told = await imports(["상담사번호,상담사명,찾아오는 길", "A,상담사 A,"])
    assert told.splitlines()[1:] == ["", "바뀌는 상담사입니다.", "  A 상담사 A", "    찾아오는 길  2층 → 빈칸"]
    (found,) = await school.database.read(counselors.all_of_them)
    assert (found.place, found.directions, found.phone) == ("센터 A실", "", "02-000-0000")


async def test_hours_that_a_file_takes_away_are_told(imports):
    await imports(PEOPLE, HOURS)
    other = [*HOURS[:1], "B,월,14:00,16:00"]
    told = await imports([*PEOPLE, "B,상담사 B,센터 B실,,"], other, only_check=True)
    assert "- B 상담사 B: 방문 센터 B실, 월 14:00~16:00" in told
    assert "    상담시간  화 10:00~12:00, 목 10:00~12:00 → 상담시간 없음" in told


async def test_an_hour_or_a_year_that_is_hardly_meant_is_asked_about(imports):
    told = await imports(PEOPLE, [*HOURS[:1], "A,화,7:00,9:00"], [*DAYS, "A,2036-12-03,쉼,,"])
    assert "여쭐 것이 2가지" in told
    assert "오전 7시부터 상담합니다" in told
    assert "2036년 12월 3일(수)은 오늘에서 1년이 넘습니다" in told


@pytest.mark.parametrize("phone", ["200000000", "200000000.0", "02-0000-0000"])
async def test_a_number_of_a_counselor_has_its_zero(imports, phone):
    assert "전화 02-0000-0000" in await imports([PEOPLE[0], f"A,상담사 A,센터,,{phone}"], HOURS)


@pytest.mark.parametrize("none", ["없음", "해당 없음", "-"])
async def test_a_counselor_without_a_phone_or_a_place_gives_no_talks_there(imports, none):
    assert "- A 상담사 A: 방문 센터, 화" in await imports([PEOPLE[0], f"A,상담사 A,센터,,{none}"], HOURS)
    assert "- B 상담사 B: 전화 02-0000-0000" in await imports([PEOPLE[0], f"B,상담사 B,{none},,02-0000-0000"])
    assert "가운데 하나는 있어야 합니다" in await imports([PEOPLE[0], f"C,상담사 C,{none},,{none}"])


async def test_an_exception_of_a_day_that_is_over_is_asked_about_once(school, imports):
    files = (PEOPLE, HOURS, [*DAYS, "A,2025-12-03,쉼,,"])
    assert "2025년 12월 3일(수)은 이미 지난 날입니다. 연도가 맞는지" in await imports(*files)
    files = (PEOPLE, HOURS, [*DAYS, "A,2026-12-03,쉼,,"])
    await imports(*files)
    school.waits(days=30)
    assert "그대로 1명" in await imports(*files)
