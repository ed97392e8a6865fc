"""Attendance at the console: who may mark what, without a script and for one."""

from datetime import timedelta

import pytest

from handlers.attendance.entering import Said, enter
from storage.attendance import entries
from storage.teaching import sessions

PATH = "/desk/courses/T1/attendance"


@pytest.fixture
async def roll(school, resident):
    """A course with two people, whose first class has begun."""
    course = await school.opens(code="T1", minimum=1)
    for number, name in enumerate(("김하나", "이두리"), 1):
        await resident(number).registers(course, name=name, mobile=f"010-0000-{number:04}")
    meetings = await school.database.read(lambda tx: sessions.of_courses(tx, [course]))
    school.now = meetings[0].starts_at + timedelta(minutes=5)
    return course, meetings, await school.live(course)


async def counting(school, course):
    found = await school.database.read(lambda tx: entries.of_course(tx, course))
    return {each.enrollment_id: each.mark for each in found if each.standing == "counts"}


async def by_script(officer, **fields):
    answer = await officer.http.post(
        f"{PATH}?class=1", data={"as": "json", **fields}, headers={"origin": str(officer.http.base_url).rstrip("/")}
    )
    return answer.status_code, answer.json()


def cell(roll, seat, mark, number=1):
    _, meetings, seats = roll
    return f"{number}.{meetings[number - 1].id}.{seats[seat]}.{mark}"


@pytest.mark.parametrize("role", ["lead", "officer", "provider", "instructor"])
async def test_from_what_is_to_do_it_is_two_taps_and_one_for_each_who_is_absent(counter, school, roll, role):
    course, _, seats = roll
    officer = await counter.officer(role, courses=[course])
    assert "1회차(12월 8일(화) 오전 10시) 출석을 적지 않은 분 2명" in await officer.opens("/desk/")
    await officer.follows("출석을 적으려면")
    assert "출석 2명을 적었습니다" in await officer.presses("전원 출석")
    await officer.presses("김하나 결석")
    assert await counting(school, course) == {seats[0]: "absent", seats[1]: "present"}
    assert "출석을 적지 않은" not in await officer.opens("/desk/")


async def test_who_teaches_another_course_is_told_nothing_of_this_one(counter, school, roll):
    other = await school.opens(code="X1")
    officer = await counter.officer("instructor", courses=[other])
    assert "바리스타" not in await officer.opens("/desk/")
    assert (await officer.http.get(PATH)).status_code == 404


async def test_who_teaches_sees_names_and_no_numbers(counter, roll):
    officer = await counter.officer("instructor", courses=[roll[0]])
    for path in (PATH, f"{PATH}?class=1", f"{PATH}/paper", f"{PATH}/paper?class=1"):
        said = await officer.opens(path)
        assert "김하나" in said
        assert "0000-0001" not in said


async def test_a_script_is_told_what_counts_now_and_how_it_is_undone(counter, school, roll):
    course, _, seats = roll
    officer = await counter.officer("instructor", courses=[course])
    await by_script(officer, all=f"1.{roll[1][0].id}")
    status, told = await by_script(officer, cell=cell(roll, 0, "absent"))
    assert (status, told["marks"]) == (200, {str(seats[0]): "absent", str(seats[1]): "present"})
    assert (told["counts"]["present"], told["counts"]["absent"], told["counts"]["unmarked"]) == (1, 1, 0)
    assert told["people"] == {str(seats[0]): ["0", 0], str(seats[1]): ["25", 0]}
    status, told = await by_script(officer, undo=told["undo"], **{"class": 1})
    assert (status, told["marks"][str(seats[0])]) == (200, "present")


async def test_who_teaches_does_not_undo_what_an_officer_did(counter, school, roll):
    lead, teacher = await counter.officer("lead"), await counter.officer("instructor", courses=[roll[0]])
    _, told = await by_script(lead, cell=cell(roll, 0, "absent"))
    status, said = await by_script(teacher, undo=told["undo"])
    assert (status, "님이 적은 것이라" in said["problem"]) == (422, True)
    assert "권한이 없습니다" in await teacher.sends("/desk/undo", {"entry": told["undo"]})
    own = (await by_script(teacher, cell=cell(roll, 1, "late")))[1]["undo"]
    assert "되돌렸습니다" in await teacher.sends("/desk/undo", {"entry": own, "back": PATH})
    assert await counting(school, roll[0]) == {roll[2][0]: "absent"}


async def test_a_correction_of_a_later_day_asks_a_script_for_a_reason(counter, school, roll):
    lead = await counter.officer("lead")
    await by_script(lead, cell=cell(roll, 0, "absent"))
    school.waits(days=1)
    lead = await counter.officer("lead", "kim")
    assert (await by_script(lead, cell=cell(roll, 0, "late")))[1]["needs_reason"]
    status, _ = await by_script(lead, cell=cell(roll, 0, "late"), why="명단을 잘못 보았음")
    assert status == 200
    assert "고침" in await lead.opens(f"{PATH}?class=1")
    assert "까닭: 명단을 잘못 보았음" in lead.text


async def test_in_the_whole_table_a_cell_becomes_what_is_chosen(counter, school, roll):
    lead = await counter.officer("lead")
    await lead.opens(PATH)
    await lead.presses("·", mark="excused")
    assert set((await counting(school, roll[0])).values()) == {"excused"}


@pytest.mark.on_sqlite
async def test_a_sheet_of_paper_is_entered_by_keys_alone(counter, school, roll):
    course, _, seats = roll
    lead = await counter.officer("lead")
    await lead.opens(f"{PATH}?class=1&way=paper")
    await lead.presses("적기", **{f"p-{seats[0]}": "4", "rest": "1"})
    assert await counting(school, course) == {seats[0]: "absent", seats[1]: "present"}
    found = await school.database.read(lambda tx: entries.of_course(tx, course))
    assert {each.way for each in found} == {"paper"}
    await lead.opens(f"{PATH}?class=1&way=paper")
    assert "1~5 가운데 하나" in await lead.presses("적기", **{f"p-{seats[0]}": "7"})


async def test_what_waits_stands_above_with_its_time_and_is_taken_or_put_aside(counter, school, roll):
    course, meetings, seats = roll
    scans = [Said(meetings[0].id, seat, "late", "scan", school.now, is_doubtful=True) for seat in seats]
    for scan in scans:
        await school.database.write(lambda tx, one=scan: enter(tx, one, school.now))
    lead = await counter.officer("lead")
    assert "출석 확인할 것 2건" in await lead.opens("/desk/")
    assert "지각, QR 12월 8일(화) 오전 10시 5분" in await lead.opens(PATH)
    await lead.presses("지각으로 받기: 김하나")
    await lead.presses("넘기기: 이두리")
    assert await counting(school, course) == {seats[0]: "late"}
    assert "확인할 것" not in lead.text.replace("?는 확인할 것", "")


async def test_a_walk_in_is_registered_and_one_is_back_in_the_class(counter, roll):
    lead = await counter.officer("lead")
    await lead.opens(f"{PATH}?class=1")
    await lead.follows("오신 분 접수")
    told = {"name": "박세나", "birth_year": "1970", "dong": "청구동", "mobile": "010-0000-0009", "aloud": "1"}
    await lead.presses("접수하기", channel="visit", override="결석이 많아 받음", **told)
    assert str(lead.answer.url).endswith("/attendance?class=1")


async def test_the_paper_has_who_waits_apart_and_rows_for_walk_ins(counter, school, roll, resident):
    await school.changes(roll[0], capacity=2, apply_end=school.now + timedelta(days=1))
    await resident(3).registers(roll[0], name="박세나", mobile="010-0000-0003")
    lead = await counter.officer("lead")
    said = await lead.opens(f"{PATH}/paper?class=1")
    assert (
        said.index("이두리")
        < said.index("자리를 기다리는 분")
        < said.index("박세나")
        < said.index("명단에 없이 오신 분")
    )
    teacher = await counter.officer("instructor", courses=[roll[0]])
    assert "박*나" in await teacher.opens(f"{PATH}/paper?class=1")
