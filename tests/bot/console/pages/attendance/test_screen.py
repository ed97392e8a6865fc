"""The screen of a class: who begins it, how long it goes on, and that it tells nobody's name."""

import re
from datetime import timedelta

import pytest

from bot.site.screen import RoomScreen
from handlers.attendance import codes
from storage.keys import sealing
from storage.officers import sessions as signed_in
from storage.teaching import sessions

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def meeting(school, counter, visitor):
    """Five minutes before a class of a course in which one is enrolled."""
    course = await school.opens(code="T1")
    await visitor("hana").registers(course)
    counter.routes += RoomScreen(school.database, counter.organization, lambda: school.now).routes()
    found = (await school.database.read(lambda tx: sessions.of_courses(tx, [course])))[0]
    school.now = found.starts_at - timedelta(minutes=5)
    return found


async def begins(counter, role="officer", **given):
    officer = await counter.officer(role, **given)
    await officer.opens("/desk/courses/T1/attendance/screen?class=1")
    await officer.presses("화면에 띄우기")
    return officer


async def digits(school, meeting):
    shown = codes.at(meeting.id, school.now)
    found = await school.database.read(lambda tx: codes.typed(sealing.of(tx), shown))
    return f"{found[:3]}\u202f{found[3:]}"


async def test_it_shows_the_code_of_its_class_and_counts_who_came(school, counter, meeting, visitor):
    officer = await begins(counter)
    assert await digits(school, meeting) in officer.answer.text
    assert "0명 출석 / 1명" in officer.text
    assert "홍길동" not in officer.answer.text
    code = await school.database.read(lambda tx: codes.written(sealing.of(tx), codes.at(meeting.id, school.now)))
    await visitor("hana").goes_to(f"attend/{code}")
    assert "1명 출석 / 1명" in await officer.opens("/screen/part")


async def test_the_code_is_another_one_every_half_minute(school, counter, meeting):
    officer = await begins(counter)
    seen = set()
    for _ in range(4):
        await officer.opens("/screen/part")
        seen.add(re.search(r"출석 (\d{3}.\d{3})", officer.answer.text)[1])
        school.waits(seconds=30)
    assert len(seen) == 4


async def test_it_goes_on_to_the_end_though_nobody_is_signed_in_any_more(school, counter, meeting):
    officer = await begins(counter)
    school.waits(hours=3, minutes=4)
    await school.database.write(lambda tx: signed_in.forget(tx, school.now))
    assert "QR을 찍어" in await officer.opens("/screen")
    assert "로그인" in await officer.opens("/desk/")
    school.waits(minutes=2)
    assert "수업이 끝났습니다" in await officer.opens("/screen")


async def test_it_ends_when_the_officer_signs_out(counter, meeting):
    officer = await begins(counter)
    await officer.sends("/desk/sign-out", {})
    assert "꺼졌습니다" in await officer.opens("/screen")
    assert officer.answer.status_code == 403


async def test_before_it_opens_there_is_no_code(school, counter, meeting):
    school.now = meeting.starts_at - timedelta(minutes=16)
    assert "09:45부터 출석" in (await begins(counter)).text


async def test_an_instructor_begins_the_screen_of_their_own_course_alone(school, counter, meeting):
    teacher = await begins(counter, "instructor", courses=[meeting.course_id])
    assert "QR을 찍어" in teacher.text
    await school.opens(code="X1")
    assert (await teacher.http.get("/desk/courses/X1/attendance/screen")).status_code == 404


@pytest.mark.parametrize("part", [0, 1, 2])
async def test_what_the_browser_keeps_opens_this_class_alone(counter, meeting, part):
    officer = await begins(counter)
    kept = officer.http.cookies["screen"].split(".")
    kept[part] = f"{int(kept[part]) + 1}" if part < 2 else "0" * 64
    visitor = counter.visitor()
    visitor.http.cookies.set("screen", ".".join(kept))
    assert "꺼졌습니다" in await visitor.opens("/screen")


async def test_whoever_reads_the_address_sees_no_code(counter, meeting):
    await begins(counter)
    assert "꺼졌습니다" in await counter.visitor().opens("/screen")


async def test_without_a_script_the_page_renews_itself_with_the_code(school, counter, meeting):
    school.waits(seconds=10)
    officer = await begins(counter)
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in officer.answer.text


async def test_a_class_that_is_over_has_no_screen(school, counter, meeting):
    officer = await counter.officer()
    school.now = meeting.ends_at + timedelta(minutes=1)
    officer = await counter.officer()
    path = "/desk/courses/T1/attendance/screen"
    assert "화면에 띄울 수업이 없습니다" in await officer.sends(path, {"class": "1"})
