"""What can be read but is hardly meant is asked about, with both readings; an officer can say that it is meant."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.settings import Settings
from handlers.staff.courses.sheets.importing import import_courses
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Meant
from storage.teaching import courses

NOW = datetime(2026, 11, 3, tzinfo=UTC)
SATURDAY = {"요일": "토", "시작일": "2026-12-05", "주야": None}


def year(number):
    """All of the good course in another year."""
    half, apply = f"{number}년 하반기", (f"{number}-11-02", f"{number}-11-13")
    return {"학기": half, "접수시작": apply[0], "접수종료": apply[1], "종료일": f"{number}-12-29"}


ODD = [
    ({"주야": "야간", "시작시간": "7:00", "종료시간": "9:00"}, "시작시간", "오전 7시로"),
    ({"주야": "야간", "시작시간": "14시", "종료시간": "16시"}, "시작시간", "2시로"),
    ({"주야": "주간", "시작시간": "19:00", "종료시간": "21:00"}, "시작시간", "오후 7시로 읽었는데 ‘주야’는 주간입니다"),
    ({"주야": "", "시작시간": "8:00", "종료시간": "10시"}, "시작시간", "저녁이면 ‘20:00’으로, 아침이면 ‘오전 8시’라고"),
    ({"주야": "주말"}, "주야", "주말인데 ‘요일’은 화입니다"),
    ({"종료시간": "22:00"}, "종료시간", "수업 한 번이 12시간"),
    ({"종료시간": "10:05"}, "종료시간", "수업 한 번이 5분"),
    ({"과정명": "바리스타 2급(야)"}, "과정명", "이름은 야간인데 수업은 화요일 오전 10시에"),
    ({"과정명": "토요 바리스타"}, "과정명", "이름은 토요일인데"),
    ({"과정명": "바리스타 오후반"}, "과정명", "이름은 오후인데"),
    ({"과정명": "바리스타 2급(폐강)"}, "과정명", "이름에 ‘폐강’이 있는데 ‘상태’는 공개라 접수를 받습니다"),
    ({"과정명": "바리스타 2급(예시)"}, "과정명", "이름에 ‘(예시)’가 있는데"),
    ({"과정명": "바리스타 2급(추첨)"}, "과정명", "이름은 추첨인데 ‘선정방법’은 선착순입니다"),
    ({"시작일": "2026-12-02"}, "시작일", "수요일인데 ‘요일’은 화입니다. 이대로면 첫 수업이 12월 8일(화)입니다"),
    ({"종료일": "2027-12-14"}, "종료일", "1년이 넘습니다"),
    ({"휴강일": "2025-12-22"}, "휴강일", "2025년 12월 22일(월)은 교육기간의 해가 아닙니다"),
    (year(2029) | {"시작일": "2029-12-04"}, "시작일", "3년 뒤"),
    (year(2006) | {"시작일": "2006-12-05"}, "시작일", "19년 전"),
    ({"학기": "2025년 하반기"}, "학기", "수업은 2026년 하반기(2026년 12월 1일(화) ~ 12월 29일(화))에"),
    ({"학기": "2026년 상반기"}, "학기", "수업은 2026년 하반기"),
    ({"접수시작": "2025-11-02 09:00"}, "접수시작", "394일 먼저"),
    ({"접수시작": "2026-12-10", "접수종료": "2026-12-20"}, "접수시작", "첫 수업(12월 1일(화))이 시작된 뒤에"),
    ({"접수종료": "2026-12-20"}, "접수종료", "12월 20일(일) 오후 11시 59분까지 접수합니다"),
    ({"접수시작": "2026-07-01 09:00"}, "접수종료", "접수기간이 135일입니다"),
    ({"접수종료": "2026-11-13 6:00"}, "접수종료", "오전 6시로 읽었습니다. 오후면 ‘18:00’으로, 오전이면 ‘오전 6시’라고"),
    ({"접수시작": "2026-11-02 2:00"}, "접수시작", "오후면 ‘14:00’으로"),
    ({"재료비": 12}, "재료비", "12원으로 읽었습니다. 만 원이나 천 원 단위로"),
    ({"교재비": 12_000_000}, "교재비", "12,000,000원을 냅니다"),
    ({"정원": 1500}, "정원", "1,500명으로 읽었습니다"),
    ({"최소나이": 81}, "최소나이", "81세로 읽었습니다"),
    ({"응답시간": 2400}, "응답시간", "2,400시간으로 읽었습니다"),
    ({"선정방법": "우선선발"}, "선정방법", "‘우선대상’이 비어 있습니다"),
    ({"선정방법": "추첨", "접수종료": "2026-11-29 23:00"}, "접수종료", "공개값이 12월 5일(토) 오후 8시 45분에"),
    ({"수료기준": "출석 80% 이상", "수료출석률": "70%"}, "수료출석률", "80%인데 ‘수료출석률’은 70%입니다"),
    ({"수료기준": "과제 제출", "수료출석률": "8%"}, "수료출석률", "8%만 나와도 수료하게 됩니다"),
    ({"지각인정": 600}, "지각인정", "600분으로 읽었습니다"),
    ({"지각환산": 30}, "지각환산", "30번으로 읽었습니다"),
]  # fmt: skip

FINE = [
    {},
    {"시작일": "2027-01-05", "종료일": "2027-02-23"},  # of the half in which one registers for it
    {"시작시간": "오전 8시", "종료시간": "10:00"},
    {"주야": "야간", "시작시간": "17:30", "종료시간": "20:00"},
    {"종료일": "2026-12-31"},
    {"접수종료": "2026-11-13 오전 6시"},
    {"접수종료": "2026-11-13 9:00"},
    {"재료비": 1000},
    {"과정명": "(주)한빛과 함께하는 창업"},
    SATURDAY | {"과정명": "토요 바리스타(주말)"},
    SATURDAY | {"주야": "주간"},
    {"선정방법": "추첨", "접수종료": "2026-11-25 18:00"},
    {"휴강일": "2026-12-24"},
    {"과정명": "바리스타 2급(보류)", "상태": "비공개"},
    {"과정명": "바리스타 2급(선착순)"},
]


def importing(rows, **meant):
    desk = Desk(Settings().to_organization(), NOW)
    return lambda tx: import_courses(tx, desk, rows, meant=Meant(**meant))


@pytest.mark.parametrize(("change", "header", "why"), ODD)
async def test_what_is_hardly_meant_is_asked_about_and_taken_when_it_is(sqlite, rows, change, header, why):
    report = await sqlite.write(importing(rows(change)))
    (question,) = report.questions
    assert f"과정 2행 {rows()[0].letters[header]}열 ‘{header}’" in str(question)
    assert why in str(question)
    assert await sqlite.read(lambda tx: courses.exist(tx)) is False
    assert (await sqlite.write(importing(rows(change), as_written=True))).new == 1


@pytest.mark.parametrize("change", FINE)
async def test_what_is_likely_is_not_asked_about(sqlite, rows, change):
    assert (await sqlite.write(importing(rows(change)))).questions == ()


async def test_what_was_asked_about_once_is_not_asked_again(sqlite, rows):
    odd = {"접수종료": "2026-11-13 6:00"}
    await sqlite.write(importing(rows(odd), as_written=True))
    assert (await sqlite.write(importing(rows(odd)))).same == 1
    report = await sqlite.write(importing(rows(odd | {"장소": "2층"})))
    assert (report.changed, report.questions) == (1, ())
    later = await sqlite.write(importing(rows(odd | {"재료비": 12})))
    assert [str(each).split("‘")[1] for each in later.questions] == ["재료비’: "]


async def test_each_question_of_a_sheet_is_asked_at_once(sqlite, rows):
    report = await sqlite.write(
        importing(rows({"재료비": 12}, {"과정번호": "26-02", "학기": "2025 상반기", "정원": 999}))
    )
    assert [str(each)[:6] for each in report.questions] == ["과정 2행 ", "과정 3행 ", "과정 3행 "]
    assert "여쭐 것이 3가지 있어 아무것도 등록하지 않았습니다." in report.title


async def test_a_column_that_a_file_lacks_is_odd_only_with_what_it_changes(sqlite, rows):
    await sqlite.write(importing(rows({"재료비": 12}), as_written=True))
    silent = [
        replace(row, cells={k: v for k, v in row.cells.items() if k != "재료비"}) for row in rows({"장소": "2층"})
    ]
    assert (await sqlite.write(importing(silent))).questions == ()


async def test_both_readings_of_an_hour_are_named(sqlite, rows):
    report = await sqlite.write(importing(rows({"주야": "야간", "시작시간": "7:00", "종료시간": "9:00"})))
    said = "‘7:00’ → 오전 7시로 읽었는데 ‘주야’는 야간입니다. 밤이면 ‘19:00’, 아침이면 ‘주야’를 고쳐 주세요."
    assert str(report.questions[0]).endswith(said)


WHOLE = {"시작일": "2026. 12. 1. ~ 12. 29.({}회)", "종료일": ""}


@pytest.mark.parametrize(("told", "asked"), [("총 5", False), ("5회, 총 5", False), ("총 6", True), ("4", True)])
async def test_another_number_of_classes_than_there_would_be_is_asked_about(sqlite, rows, told, asked):
    change = {name: cell.format(told) for name, cell in WHOLE.items()}
    report = await sqlite.write(importing(rows(change)))
    assert bool(report.questions) is asked
    if asked:
        assert "회라고 적었는데 요일과 쉬는 날로 헤아리면 수업이 5회입니다" in str(report.questions[0])
