"""An import changes only what its file says, and tells the old and the new value of it."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.settings import Settings
from bot.terminal.typed import typed
from handlers.staff.courses.sheets import importing as course_imports
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Meant, summary
from handlers.staff.reports.lines import of_told
from storage.teaching import courses, sessions

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 3, tzinfo=UTC)


def importing(rows, only_check=False):
    desk = Desk(Settings().to_organization(), NOW)
    return lambda tx: course_imports.import_courses(tx, desk, rows, only_check, Meant(as_written=True))


def lines(report):
    return of_told(summary([report]), typed)


def the_course(tx):
    return courses.by_code(tx, ["26-01"])["26-01"]


def the_sessions(tx):
    return sessions.of_courses(tx, [the_course(tx).id])


OPTIONAL = {
    "과정명(영어)": ("Barista level 2", "title_en"), "주차": ("건물 뒤 3대", "parking"), "엘리베이터": ("있음", "lift"),
    "휠체어": ("정문에 경사로", "access"), "지도": ("서울 중구 예시로 1", "map"), "최소인원": (3, "minimum"),
    "재료비": (30_000, "material_fee"), "구민만": ("누구나", "open_to"), "주야": ("야간", "daypart"),
    "보강일": ("2026-12-23", "extra_days"), "주기": ("격주", "every_weeks"),
    "휴강일": ("2026-12-22", "days_off"), "우선대상": ("청년", "priority"), "지표반영": ("아니오", "counts_toward_kpi"),
}  # fmt: skip


@pytest.mark.parametrize("header", OPTIONAL)
async def test_a_file_leaves_what_it_has_no_column_for(sqlite, rows, header):
    value, field = OPTIONAL[header]
    kept = []
    for cells in ({header: value}, {"장소": "2층"}, {header: None}):
        await sqlite.write(importing(without(rows(cells), header if header not in cells else "")))
        kept.append(getattr(await sqlite.read(the_course), field))
    assert kept[0] == kept[1] != kept[2]


def without(rows, header):
    return [replace(row, cells={name: value for name, value in row.cells.items() if name != header}) for row in rows]


async def test_days_off_that_a_file_does_not_name_stay_off(sqlite, rows):
    await sqlite.write(importing(rows({"휴강일": "2026-12-22"})))
    before = await sqlite.read(the_sessions)
    await sqlite.write(importing(without(rows({"장소": "2층"}), "휴강일")))
    assert await sqlite.read(the_sessions) == before


async def test_whether_a_class_is_in_the_evening_follows_from_its_new_times(sqlite, rows):
    await sqlite.write(importing(rows()))
    await sqlite.write(importing(without(rows({"시작시간": "19:00", "종료시간": "21:00"}), "주야")))
    assert (await sqlite.read(the_course)).daypart == "evening"


async def test_what_a_file_says_must_fit_what_it_leaves(sqlite, rows):
    await sqlite.write(importing(rows({"최소인원": 10})))
    report = await sqlite.write(importing(without(rows({"정원": 5}), "최소인원")))
    assert "10명은 ‘정원’(5명)보다 많습니다" in "\n".join(lines(report))
    assert (await sqlite.read(the_course)).capacity == 15


async def test_what_changes_is_told_with_its_old_and_new_value(sqlite, rows):
    await sqlite.write(importing(rows()))
    changes = {
        "장소": "2층",
        "주차": "건물 뒤",
        "엘리베이터": "있음",
        "정원": 20,
        "요일": "화,목",
        "접수종료": "2026-11-14 18:00",
    }
    report = await sqlite.write(importing(rows(changes), only_check=True))
    assert lines(report)[1:] == [
        "",
        "바뀌는 과정입니다.",
        "  26-01 바리스타 2급  신청한 분이 없습니다.",
        "    장소        ‘실습실 A’ → ‘2층’",
        "    주차        빈칸 → ‘건물 뒤’",
        "    엘리베이터  빈칸 → 있음",
        "    정원        15 → 20",
        "    접수종료    2026-11-13 23:59 → 2026-11-14 18:00",
        "    요일        화 → 화·목",
        "    수업        12월 1일(화) ~ 12월 29일(화) 5회 → 12월 1일(화) ~ 12월 29일(화) 9회",
    ]


async def test_an_emptied_cell_clears_and_is_told_so_and_a_missing_column_does_not(sqlite, rows):
    await sqlite.write(importing(rows({"선정방법": "추첨", "운영방법": "위탁", "주차": "건물 뒤"})))
    silent = [without(without(rows(), each), "재료비")[0] for each in ("선정방법",)]
    assert (await sqlite.write(importing(silent, only_check=True))).same == 1
    report = await sqlite.write(importing(rows({"선정방법": None, "재료비": "", "주차": ""}), only_check=True))
    assert lines(report)[-3:] == [
        "    주차      ‘건물 뒤’ → 빈칸",
        "    선정방법  추첨 → 선착순(칸이 비어 있음)",
        "    재료비    120,000원 → 무료(칸이 비어 있음)",
    ]


@pytest.mark.parametrize("header", ["주차장", "승강기", "접근성", "주소", "parking"])
async def test_columns_have_the_names_that_officers_use(sqlite, rows, header):
    report = await sqlite.write(
        importing([replace(row, letters={**row.letters, header: "Z"}) for row in rows({header: "있음"})])
    )
    assert report.new == 1


@pytest.mark.parametrize("link", ["http://map.example.org/1", "https://", "ftp://map.example.org", "https://map"])
def test_a_map_is_words_or_a_whole_link(rows, link):
    [problem] = course_imports.check(rows({"지도": link}), SEOUL, {}).problems
    assert "https:// 로 시작하는 링크" in str(problem)
