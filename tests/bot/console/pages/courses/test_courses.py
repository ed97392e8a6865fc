"""Courses at the console: found, made, changed, copied, moved about and brought in by files."""

import base64
import io
from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from storage.tables import courses
from storage.teaching import sessions
from tests.support.domain import SEOUL

pytestmark = pytest.mark.on_sqlite

NEW = {
    "code": "26-01", "title": "꽃차소믈리에", "term": "2026년 하반기", "venue": "을지로 1강의실", "capacity": "15",
    "apply_start": "2026-11-20 09:00", "apply_end": "2026-11-30", "start_date": "2026-12-01",
    "end_date": "2026-12-29", "weekdays": "화", "start_time": "14:00", "end_time": "16:00",
}  # fmt: skip


@pytest.fixture
async def attended_one(school, resident):
    """T1, which somebody attends."""
    course_id = await school.opens(code="T1")
    await resident(1).registers(course_id)
    return course_id


async def one(school, code="T1"):
    rows = await school.rows(select(courses).where(courses.c.code == code))
    return rows[0] if rows else None


def beside(officer, name):
    """What stands beside a field."""
    return officer.page.one("p", id=f"{name}-said").text


# --- the table ---


async def test_courses_are_filtered_by_what_stands_in_the_address(counter, school):
    await school.opens(code="T1", title="꽃차소믈리에")
    await school.opens(code="T2", title="바리스타", state="hidden")
    officer = await counter.officer()
    await officer.opens("/desk/courses?stage=hidden")
    assert [link.text for link in officer.page.all("a") if "/courses/T" in link.attributes["href"]] == ["T2"]
    await officer.presses("보기", text="ㄲㅊ", stage="")
    assert officer.answer.url.params["text"] == "ㄲㅊ"
    assert [link.text for link in officer.page.all("a") if "/courses/T" in link.attributes["href"]] == ["T1"]


async def test_a_provider_sees_their_own_courses_alone_and_no_way_to_change_them(counter, school):
    mine = await school.opens(code="T1")
    await school.opens(code="T2")
    provider = await counter.officer("provider", courses=[mine])
    shown = await provider.opens("/desk/courses?stage=all")
    assert ("T1" in shown, "T2" in shown, "새 강좌" in shown) == (True, False, False)
    assert "내용 고치기" not in await provider.opens("/desk/courses/T1")


# --- the form ---


async def test_a_course_is_made_and_unmade(counter, school):
    officer = await counter.officer()
    await officer.opens("/desk/new-course")
    assert "과정을 만들었습니다" in await officer.presses("저장", **NEW)
    assert officer.answer.url.path == "/desk/courses/26-01"
    await officer.presses("되돌리기")
    assert await one(school, "26-01") is None


async def test_what_is_wrong_stands_beside_its_field_and_all_that_was_typed_stays(counter, school):
    officer = await counter.officer()
    await officer.opens("/desk/new-course")
    await officer.presses("저장", **NEW | {"capacity": "많이", "description": "<b>굵게</b>"})
    assert officer.answer.status_code == 422
    assert "숫자를 적어 주세요" in beside(officer, "capacity")
    assert officer.page.one("input", name="capacity").attributes["value"] == "많이"
    assert officer.page.one("textarea", name="description").text.strip() == "<b>굵게</b>"


async def test_what_is_hardly_meant_is_asked_and_saved_as_it_is_written(counter, school):
    officer = await counter.officer()
    await officer.opens("/desk/new-course")
    await officer.presses("저장", **NEW | {"start_time": "8:30"})
    assert "오전 8시 30분" in beside(officer, "start_time")
    await officer.presses("적은 그대로 저장")
    assert (await one(school, "26-01")).start_time.hour == 8


async def test_another_course_in_the_same_place_is_told_before_a_course_is_saved_and_hinders_nothing(counter, school):
    await school.opens(
        code="T1", title="라떼아트", venue="을지로1강의실", start_time=school.time(14), end_time=school.time(17)
    )
    officer = await counter.officer()
    await officer.opens("/desk/new-course")
    assert "‘라떼아트’(T1) 과정도" in await officer.presses("저장", **NEW)
    assert await one(school, "26-01") is None
    await officer.presses("저장")
    assert (await one(school, "26-01")).venue == "을지로 1강의실"


async def test_a_change_that_tells_people_is_shown_before_it_is_made(counter, school, attended_one):
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/edit")
    shown = await officer.presses("저장", venue="실습실 B")
    assert "‘실습실 A’ → ‘실습실 B’" in shown
    assert "1명에게 저절로 알립니다" in shown
    assert (await one(school)).venue == "실습실 A"
    assert "고쳤습니다" in await officer.presses("그대로 하기")
    assert (await one(school)).venue == "실습실 B"


async def test_of_two_officers_the_later_is_told_what_the_first_changed_and_neither_loses_it(
    counter, school, attended_one
):
    first, second = await counter.officer(login="kim"), await counter.officer(login="lee")
    await first.opens("/desk/courses/T1/edit")
    await second.opens("/desk/courses/T1/edit")
    await first.presses("저장", contact="평생학습팀")
    shown = await second.presses("저장", description="새 설명", contact="일자리팀")
    assert "그 사이에 다른 분이 이 과정을 고쳤습니다" in shown
    assert "문의처: ‘빈칸’ → ‘평생학습팀’ (kim 님" in shown
    assert officer_value(second, "contact") == "일자리팀"
    await second.presses("저장")
    assert ((await one(school)).contact, (await one(school)).description) == ("일자리팀", "새 설명")


def officer_value(officer, name):
    return officer.page.one("input", name=name).attributes["value"]


async def test_a_change_between_looking_and_confirming_is_told_as_well(counter, school, attended_one):
    first, second = await counter.officer(login="kim"), await counter.officer(login="lee")
    await second.opens("/desk/courses/T1/edit")
    await second.presses("저장", venue="실습실 B")
    await first.opens("/desk/courses/T1/edit")
    await first.presses("저장", contact="평생학습팀")
    assert "그 사이에" in await second.presses("그대로 하기")
    assert officer_value(second, "venue") == "실습실 B"
    assert (await one(school)).venue == "실습실 A"


async def test_a_copy_is_proposed_and_made_once_it_is_saved(counter, school):
    await school.opens(code="26-07", supplies="앞치마")
    officer = await counter.officer()
    shown = await officer.opens("/desk/courses/26-07/copy")
    assert "저장해야 만들어집니다" in shown
    assert await one(school, "27-07") is None
    await officer.presses("저장")
    made = await one(school, "27-07")
    assert (made.term, made.supplies, made.start_date) == ("2027-H1", "앞치마", date(2027, 6, 8))


async def test_a_course_is_hidden_and_shown_again_and_its_history_says_who_did_it(counter, school):
    await school.opens(code="T1")
    officer = await counter.officer(login="kim")
    await officer.opens("/desk/courses/T1")
    await officer.presses("비공개")
    assert (await one(school)).state == "hidden"
    shown = await officer.opens("/desk/courses/T1/history")
    assert "kim 님" in shown
    assert "상태 공개 → 비공개" in shown


# --- classes ---


async def begin(school, course_id):
    found = await school.database.read(lambda tx: sessions.of_courses(tx, [course_id]))
    return [each.starts_at.astimezone(SEOUL).strftime("%m-%d %H:%M") for each in found]


async def sends(officer, **fields):
    await officer.opens("/desk/courses/T1/meetings")
    shown = await officer.sends("/desk/courses/T1/meetings", fields)
    return await officer.presses("그대로 하기") if "아직 하지 않았습니다" in shown else shown


@pytest.mark.parametrize(
    ("fields", "now"),
    [
        ({"do": "move", "number": "2", "day": "2026-12-16", "clock": "오후 2시"}, ["12-08", "12-16", "12-22", "12-29"]),
        ({"do": "drop", "number": "2"}, ["12-08", "12-22", "12-29"]),
        ({"do": "add", "day": "2026-12-18"}, ["12-08", "12-15", "12-18", "12-22", "12-29"]),
        ({"do": "shift", "number": "3", "weeks": "1"}, ["12-08", "12-15", "12-29", "01-05"]),
        ({"do": "move", "number": "9", "day": "2026-12-16"}, ["12-08", "12-15", "12-22", "12-29"]),
        ({"do": "shift", "weeks": "1"}, ["12-08", "12-15", "12-22", "12-29"]),
        ({"do": "?"}, ["12-08", "12-15", "12-22", "12-29"]),
    ],
)
async def test_classes_are_moved_dropped_added_and_put_off(counter, school, attended_one, fields, now):
    await sends(await counter.officer(), **fields)
    assert [each[:5] for each in await begin(school, attended_one)] == now


async def test_a_time_that_can_not_be_stays_in_its_row_and_says_why(counter, school, attended_one):
    officer = await counter.officer()
    shown = await sends(officer, do="move", number="2", day="2026-12-22", clock="11:00")
    assert "3회차" in shown
    assert [each.attributes["value"] for each in officer.page.all("input", name="clock")][1] == "11:00"


# --- files ---

HEADER = "과정번호 과정명 학기 장소 정원 접수시작 접수종료 시작일 종료일 요일 시작시간 종료시간"


def sheet(**changed):
    book = Workbook()
    book.active.append(HEADER.split())
    book.active.append([*(NEW | changed).values()])
    held = io.BytesIO()
    book.save(held)
    return {"file": ("과정.xlsx", held.getvalue())}


async def test_a_file_is_shown_before_it_is_taken_in_and_undone(counter, school):
    officer = await counter.officer()
    await officer.opens("/desk/import")
    shown = await officer.sends("/desk/import", {}, sheet())
    assert "새로 1개" in shown
    assert await one(school, "26-01") is None
    assert "새로 1개" in await officer.presses("그대로 등록")
    assert (await one(school, "26-01")).title == "꽃차소믈리에"
    await officer.presses("되돌리기")
    assert await one(school, "26-01") is None


async def test_a_file_that_is_hardly_meant_is_taken_in_once_that_is_said(counter, school):
    officer = await counter.officer()
    shown = await officer.sends("/desk/import", {}, sheet(start_time="8:30", end_time="10:30"))
    assert "여쭐 것이 1가지" in shown
    assert "새로 1개" in await officer.presses("적은 그대로가 맞으면")
    await officer.presses("그대로 등록")
    assert (await one(school, "26-01")).start_time.hour == 8


async def test_whom_a_file_tells_is_shown_with_what_changes(counter, school, attended_one):
    officer = await counter.officer()
    changed = sheet(
        code="T1", title="바리스타 2급", venue="실습실 B", start_date="2026-12-08", start_time="10:00", end_time="13:00"
    )
    shown = await officer.sends("/desk/import", {}, changed)
    assert "‘실습실 A’ → ‘실습실 B’" in shown
    assert "1명에게 저절로 알립니다" in shown


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xlsx", b"", "파일을 골라 주세요"),
        ("a.xlsx", b"PK\x03\x04 broken", "손상되었습니다"),
        ("a.exe", b"MZ", "파일만 읽습니다"),
        ("../../etc/passwd.csv", "이름,나이\n홍,3\n".encode(), "제목 줄을 찾지 못했습니다"),
        ("a.csv", b"x" * 5_100_000, "너무 큽니다"),
        ("<script>.txt", b"<html>", "웹 페이지(HTML"),
    ],
)
async def test_what_can_not_be_read_is_refused_with_what_to_do(counter, school, name, data, why):
    officer = await counter.officer()
    assert why in await officer.sends("/desk/import", {"x": "1"}, {"file": (name, data)})
    assert officer.answer.status_code == 422


async def test_thirty_megabytes_are_refused_before_they_are_read(counter, school):
    officer = await counter.officer()
    await officer.sends("/desk/import", {"x": "1"}, {"file": ("a.xlsx", b"x" * 30_000_000)})
    assert officer.answer.status_code == 413


@pytest.mark.parametrize("content", ["", "!!!", base64.urlsafe_b64encode(b"PK junk").decode()])
async def test_what_was_made_of_the_held_file_by_hand_takes_nothing_in(counter, school, content):
    officer = await counter.officer()
    await officer.sends("/desk/import", {"name": "a.xlsx", "content": content, "sure": "1"})
    assert officer.answer.status_code == 422


@pytest.mark.parametrize("kind", ["courses", "surveys", "postings", "counseling", "questions", "?"])
async def test_sheets_to_fill_in_can_be_fetched_and_are_read_as_what_they_are(counter, kind):
    officer = await counter.officer()
    answer = await officer.http.get(f"/desk/import/template?of={kind}")
    shown = await officer.sends("/desk/import", {}, {"file": ("양식.xlsx", answer.content)})
    assert "아직 등록하지 않았습니다" in shown
    assert "새로" in shown or "군데" in shown


async def test_a_courses_page_says_its_days_as_one_says_them(counter, attended_one):
    told = await (await counter.officer()).opens("/desk/courses/T1")
    assert "수업 12월 8일(화) ~ 12월 29일(화), 모두 4회" in told


async def test_the_term_of_a_lottery_is_said_in_words(counter, school):
    await school.opens(code="T1", selection="lottery")
    assert "T1 · 2026년 하반기" in await (await counter.officer()).opens("/desk/courses/T1/draw")
