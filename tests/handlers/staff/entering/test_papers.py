"""Papers as they come from a classroom: handed in again, with blanks, with O and X, and before a round is open."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.staff.desk.declined import Declined
from handlers.staff.entering import sending
from storage.asking import rounds
from storage.tables import courses as course_table
from storage.teaching import courses
from tests.support.surveys.desk import export

pytestmark = pytest.mark.on_sqlite

SEOUL = ZoneInfo("Asia/Seoul")


# --- handed in again ---


async def test_a_paper_that_comes_again_under_its_number_replaces_the_first(school, office, papers):
    await papers.brings(papers.types({"S1": 5}, {"S1": 4}, {}))
    said = await papers.says(papers.types({"S1": 1}, {"S1": 4}, {}))
    assert "새로 0건, 바뀜 1건, 그대로 2건입니다." in said
    assert "전에 넣은 종이의 답을 새 답으로 바꾸었습니다. 번호: 1" in said
    assert sorted(sheet.answers["S1"] for sheet in await office.sheets(papers.round_id)) == [1, 4, 5]
    [turnout] = await school.database.read(lambda tx: rounds.turnout(tx, [papers.round_id]))
    assert turnout.count == 3


async def test_a_corrected_paper_is_known_from_then_on(office, papers):
    first, corrected = papers.types({"S1": 5}), papers.types({"S1": 1}, name="corrected.xlsx")
    await papers.brings(first)
    assert "바뀜 1건" in await papers.says(corrected, only_check=True)
    assert [sheet.answers["S1"] for sheet in await office.sheets(papers.round_id)] == [5]
    assert "바뀜 1건" in await papers.says(corrected)
    assert "새로 0건, 이미 등록한 것 1건" in await papers.says(corrected)


async def test_of_a_first_and_a_corrected_file_together_the_later_holds(office, papers):
    first, corrected = papers.types({"S1": 5}), papers.types({"S1": 1}, name="corrected.xlsx")
    await papers.brings(first, corrected)
    assert [sheet.answers["S1"] for sheet in await office.sheets(papers.round_id)] == [1]


async def test_one_number_on_two_papers_of_a_file_is_asked_about(office, papers):
    said = await papers.says(papers.types({"S1": 5}, {"번호": 1, "S1": 2}))
    assert "번호 1: 이 번호의 응답이 서로 다르게 두 번 있습니다." in said
    assert await office.sheets(papers.round_id) == []


async def test_a_full_course_still_takes_a_corrected_paper(papers):
    await papers.brings(papers.types(*[{}] * 30))
    assert "바뀜 1건, 그대로 29건" in await papers.says(papers.types({"S1": 1}, *[{}] * 29))


async def test_a_paper_that_is_in_the_results_can_not_be_corrected_any_more(school, office, papers):
    await papers.brings(papers.types(*[{}] * 5))
    school.waits(days=11)
    await office.settles(papers.round_id)
    assert "이미 등록한 것 5건" in await papers.says(papers.types(*[{}] * 5))
    with pytest.raises(Declined, match=r"결과에 넣은 종이는 고칠 수 없습니다.*번호: 1"):
        await papers.brings(papers.types({"S1": 1}))


# --- blanks, O and X ---


async def test_a_blank_item_of_a_paper_is_no_answer_and_told_with_its_place(office, papers):
    said = await papers.says(papers.types({"S3": None}, {}))
    assert "새로 2건" in said
    assert "빈칸 1개는 무응답으로 넣습니다: 응답 2행 D열 ‘S3’" in said
    assert sorted("S3" in sheet.answers for sheet in await office.sheets(papers.round_id)) == [False, True]


async def test_a_blank_item_of_another_form_is_still_asked_about(forms):
    said = await forms.says(forms.saves("export.csv", *export({"2. 나이대를 골라 주세요": ""})))
    assert "빈칸 → 꼭 답해야 하는 문항입니다" in said


@pytest.mark.parametrize("written", ["O", "o", "○", "ㅇ", "●", "✓", "예", "네", "Y"])
async def test_a_sign_for_yes_is_the_choice(office, papers, written):
    await papers.brings(papers.types({"S17": written}))
    assert [sheet.answers["S17"] for sheet in await office.sheets(papers.round_id)] == ["네"]


@pytest.mark.parametrize("written", ["아니오", "아니요", "아뇨", "X", "×", "N"])
async def test_a_sign_for_no_is_the_choice(office, papers, written):
    await papers.brings(papers.types({"S17": written}))
    assert [sheet.answers["S17"] for sheet in await office.sheets(papers.round_id)] == ["아니요"]


async def test_a_sign_means_nothing_where_nothing_is_yes_or_no(papers):
    assert "‘O’ → 보기 가운데 하나를" in await papers.says(papers.types({"S15": "O"}))


# --- papers open their round ---


async def test_papers_of_a_course_that_is_over_open_its_round_and_are_in_the_results_at_once(school, office, papers):
    course = await office.seats(await school.opens(code="26-02"), 6)
    papers.course, school.now = "26-02", school.now + timedelta(days=90)
    path = papers.types(*[{}] * 6)
    assert "아직 열지 않은 설문이라 함께 엽니다" in await papers.says(path, only_check=True)
    assert await school.database.read(lambda tx: rounds.of_code(tx, "만족도조사", course)) == []
    assert "함께 열었습니다. 받는 기간이 지나 알림은 보내지 않습니다." in await papers.says(path)
    [round_] = await school.database.read(lambda tx: rounds.of_code(tx, "만족도조사", course))
    assert (round_.closes_at < school.now, round_.settled_at) == (True, school.now)


async def test_papers_of_a_course_without_people_open_nothing_and_are_told_why(school, papers):
    await school.opens(code="26-02")
    papers.course, school.now = "26-02", school.now + timedelta(days=90)
    with pytest.raises(Declined, match="수강생이 없어"):
        await papers.brings(papers.types({}))


async def test_papers_of_a_cancelled_course_are_refused_as_such(school, office, papers):
    course = await office.seats(await school.opens(code="26-02"), 6)
    cancels = course_table.update().where(course_table.c.id == course).values(state="cancelled")
    await school.database.write(lambda tx: tx.execute(cancels))
    papers.course = "26-02"
    assert await school.database.read(lambda tx: courses.find(tx, course).state) == "cancelled"
    with pytest.raises(Declined, match="폐강한 과정이라"):
        await papers.brings(papers.types({}))


# --- times of another form ---

TIMES = [
    *("2026-11-28 10:01", "2026-11-28 10:01:05", "2026-11-28T10:01:05", "2026-11-28T01:01:05Z"),
    *(
        "2026/11/28 10:01:05 오전 GMT+9",
        "2026. 11. 28 오전 10:01:05",
        "2026. 11. 28. 오전 10:01:05",
        "11/28/2026 10:01:05",
    ),
    *(
        "2026년 11월 28일 10시 1분",
        "2026-11-28 10:01:05 KST",
        "2026-11-28 01:01 UTC",
        "2026-11-28 10:01:05.123",
        "26.11.28 10:01",
    ),
    *("11/28/26 10:01:05", "2026-11-28 (토) 10:01", "2026-11-28 10:01:05 +0900", 46354.4175, "46354.4175"),
    datetime(2026, 11, 28, 10, 1, 5),  # noqa: DTZ001 - as Excel has it
]


@pytest.mark.parametrize("written", TIMES)
def test_a_time_is_the_same_minute_however_it_is_written(written):
    assert sending.minute(written, SEOUL) == "2026-11-28T10:01:00"


@pytest.mark.parametrize(
    ("written", "clock"), [("2026/11/28 1:02:06 오후 GMT+9", "13:02"), ("2026/11/28 12:30:07 오전 GMT+9", "00:30")]
)
def test_a_half_of_the_day_behind_the_time_counts(written, clock):
    assert sending.minute(written, SEOUL) == f"2026-11-28T{clock}:00"


async def test_the_same_answers_from_an_export_and_from_its_sheet_count_once(forms):
    told = ("2026/11/24 10:03:22 오전 GMT+9", "2026/11/24 1:02:06 오후 GMT+9", "2026/11/24 12:30:07 오전 GMT+9")
    typed = (datetime(2026, 11, 24, 10, 3, 22), datetime(2026, 11, 24, 13, 2, 6), datetime(2026, 11, 24, 0, 30, 7))  # noqa: DTZ001
    await forms.brings(forms.saves("form.csv", *export(*({"응답일시": each} for each in told))))
    said = await forms.says(forms.saves("sheet.xlsx", *export(*({"응답일시": each} for each in typed))))
    assert "새로 0건, 이미 등록한 것 3건" in said


@pytest.mark.parametrize("header", ["응답일시", "타임스탬프", "완료 시간", "Completion time", "End Date", "제출 날짜"])
async def test_a_time_that_can_not_be_read_is_said(forms, header):
    rows = [
        {header if name == "응답일시" else name: value for name, value in row.items()}
        for row in export({"응답일시": "어제 저녁"}, {})
    ]
    said = await forms.says(forms.saves("form.csv", *rows))
    assert f"A열 ‘{header}’: 시각 1개를 읽지 못했습니다(예: ‘어제 저녁’)." in said
