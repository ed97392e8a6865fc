"""A course's people in the console: registered in one form, found in the roster, moved with a reason, decided."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.tables import enrollments, journal
from tests.support.domain import MONDAY

pytestmark = pytest.mark.on_sqlite

REGISTER = "/desk/register?course=T1"
CALLER = {"name": "임꺽정", "birth_year": "1970", "mobile": "010-0000-0009", "dong": "청구동", "aloud": "1"}


async def states(school):
    return [row.state for row in await school.rows(select(enrollments.c.state).order_by(enrollments.c.id))]


async def test_who_calls_is_registered_with_one_form_and_one_press(at_course, school):
    await at_course.opens(REGISTER)
    said = await at_course.presses("접수하기", **CALLER)
    assert "임꺽정 님을 전화로 접수했습니다" in said
    assert "자리가 정해졌어요" in said
    assert "되돌리기" in said
    assert at_course.page.one("input", name="name").attributes["value"] == ""
    assert await states(school) == ["confirmed"]


async def test_somebody_who_may_be_known_is_asked_about_masked_before_anything_is_saved(at_course, school, resident):
    await resident(1).registers(1)
    await school.opens(code="T2", term="2027-H1", start_date=MONDAY.date() + timedelta(days=60))
    await at_course.opens("/desk/register?course=T2")
    typed = {**CALLER, "name": "홍길동", "birth_year": "1983", "mobile": ""}
    said = await at_course.presses("접수하기", **typed)
    assert "같은 분인가요?" in said
    assert "홍*동" in said
    assert "010-****-0001" in said
    assert "0000-0001" not in at_course.answer.text
    assert await states(school) == ["confirmed"]
    await at_course.presses("고른 분으로 접수하기", **typed)
    [_, row] = await school.rows(select(enrollments.c.resident_id).order_by(enrollments.c.id))
    assert row.resident_id == 1


async def test_somebody_else_of_the_same_number_is_a_new_person(at_course, school):
    for name in ("임꺽정", "임꺽순"):
        await at_course.opens(REGISTER)
        await at_course.presses("접수하기", **{**CALLER, "name": name})
    await at_course.presses("고른 분으로 접수하기", person="new", name="임꺽순", aloud="1")
    found = await school.rows(select(enrollments.c.resident_id))
    assert len({row.resident_id for row in found}) == 2


async def test_a_rule_asks_for_a_reason_and_what_was_typed_stays(at_course, school):
    await school.changes(1, apply_end=MONDAY - timedelta(days=1))
    await at_course.opens(REGISTER)
    assert "접수가 끝났습니다" in await at_course.presses("접수하기", **CALLER)
    assert at_course.page.one("input", name="name").attributes["value"] == "임꺽정"
    await at_course.presses("접수하기", override="팀장 승인", aloud="1")
    assert "까닭: 팀장 승인" in await at_course.opens("/desk/courses/T1/people/1")


async def test_a_script_in_a_name_or_a_reason_is_words(at_course, school):
    await at_course.opens(REGISTER)
    await at_course.presses("접수하기", **CALLER)
    evil = "<script>alert(1)</script>"
    await at_course.sends("/desk/courses/T1/people/1", {"do": "cancel", "reason": evil, "sure": "1"})
    await at_course.opens("/desk/courses/T1/people/1")
    assert evil not in at_course.answer.text
    assert evil in at_course.text


async def test_the_roster_is_narrowed_by_its_address_and_leads_to_each_application(at_course, school):
    await at_course.opens(REGISTER)
    await at_course.presses("접수하기", **CALLER)
    assert "임꺽정" in await at_course.opens("/desk/courses/T1/people?state=seated")
    assert "신청이 없습니다" in await at_course.opens("/desk/courses/T1/people?state=line")
    said = await at_course.opens("/desk/courses/T1/people/1/receipt")
    assert "신청이 접수되었습니다" in said
    assert "앞치마" in said


async def test_an_application_is_cancelled_after_a_look_at_what_it_does_and_brought_back(at_course, school):
    await at_course.opens(REGISTER)
    await at_course.presses("접수하기", **CALLER)
    one = "/desk/courses/T1/people/1"
    await at_course.opens(one)
    assert "아직 하지 않았습니다" in await at_course.presses("취소하면", reason="취업하셨다고 전화")
    assert await states(school) == ["confirmed"]
    assert "취소했습니다" in await at_course.presses("그대로 하기")
    assert await states(school) == ["cancelled"]
    await at_course.presses("되살리면", reason="잘못 취소함")
    await at_course.presses("그대로 하기")
    assert await states(school) == ["confirmed"]


async def test_another_course_s_application_is_not_shown_under_this_one(at_course, school, resident):
    await school.opens(code="T2")
    await resident(1).registers(2)
    assert "이 과정의 신청이 아닙니다" in await at_course.opens("/desk/courses/T1/people/1")
    assert "홍길동" not in at_course.text


async def test_who_gets_a_seat_is_ticked_and_the_first_are_ticked_already(counter, school, resident):
    await school.opens(code="T1", selection="review", capacity=1, waitlist_capacity=5)
    for number in (1, 2):
        await resident(number).registers(1, mobile=f"010-0000-000{number}")
    school.now = MONDAY + timedelta(days=8)
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/decide")
    ticked = [each.attributes["value"] for each in officer.page.all("input") if "checked" in each.attributes]
    assert ticked == ["1"]
    assert "선발합니다" in await officer.presses("뽑으면", accept=["2"])
    await officer.presses("그대로 하기")
    assert await states(school) == ["waiting", "confirmed"]


async def test_what_is_looked_at_and_done_stands_in_the_journal_without_names(at_course, school):
    await at_course.opens(REGISTER)
    await at_course.presses("접수하기", **CALLER)
    await at_course.opens("/desk/courses/T1/people")
    rows = await school.rows(select(journal.c.action, journal.c.args))
    assert {"register", "look/roster"} <= {row.action for row in rows}
    assert "임꺽정" not in str(rows)
    assert "0000-0009" not in str(rows)
