"""A course is made and changed by its form as by its sheet: the same questions, refusals, notices and undoing."""

import asyncio
from datetime import date

import pytest

from handlers.staff.courses.forms import form, saving
from handlers.staff.desk import acts, undoing
from handlers.staff.desk.declined import Declined
from storage.audit import journal
from storage.tables import courses as table
from storage.teaching import courses

GOOD = {
    "code": "26-01", "title": "바리스타 2급", "term": "2026년 하반기", "venue": "실습실 A", "capacity": "15",
    "apply_start": "2026-11-20 09:00", "apply_end": "2026-11-30", "start_date": "2026-12-01",
    "end_date": "2026-12-29", "weekdays": "화", "start_time": "10:00", "end_time": "13:00",
}  # fmt: skip


async def known(school, code="26-01"):
    return (await school.database.read(lambda tx: courses.by_code(tx, [code]))).get(code)


def said(shown, what):
    return {field.name: getattr(field, what) for field in shown.fields if getattr(field, what)}


@pytest.fixture
async def joined(school, editor, resident):
    """A course of which one seat is joined."""
    await editor().saves(**GOOD)
    await resident(1).registers((await known(school)).id)


async def test_a_course_is_made_from_a_form_and_unmade_again(school, editor):
    told = await editor().saves(**GOOD)
    assert told.title == "‘바리스타 2급’(26-01): 과정을 만들었습니다."
    assert (await known(school)).start_date == date(2026, 12, 1)
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert await known(school) is None


async def test_a_number_that_is_known_makes_no_second_course(school, editor):
    await editor().saves(**GOOD)
    shown = await editor().checks(**GOOD | {"code": "26 - 01", "title": "제과"})
    assert said(shown, "problem") == {"code": saving.TAKEN}
    with pytest.raises(Declined, match="이미 있는 번호"):
        await editor().saves(**GOOD | {"title": "제과"})
    assert (await known(school)).title == "바리스타 2급"


@pytest.mark.on_sqlite
async def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(editor):
    shown = await editor().checks(**GOOD | {"capacity": "많이", "end_date": "2026-11-01", "venue": ""})
    assert [*said(shown, "problem")] == ["venue", "capacity"]
    assert (shown.texts["capacity"], shown.is_wrong) == ("많이", True)


@pytest.mark.on_sqlite
async def test_what_is_hardly_meant_is_asked_beside_its_field_until_it_is_said_to_be_meant(school, editor):
    shown = await editor().checks(**GOOD | {"start_time": "8:00"})
    assert (shown.is_asked, [*said(shown, "question")]) == (True, ["start_time"])
    with pytest.raises(Declined):
        await editor().saves(**GOOD | {"start_time": "8:00"})
    await editor().saves(as_written=True, **GOOD | {"start_time": "8:00"})
    assert (await known(school)).start_time.hour == 8


async def test_a_change_tells_whom_it_reaches_and_can_be_undone(school, editor, joined):
    officer = editor()
    await officer.opens("26-01")
    told = await officer.saves(venue="실습실 B")
    assert told.tables[0].details[0] == (("장소", "‘실습실 A’ → ‘실습실 B’"),)
    assert told.reach.people == 1
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert (await known(school)).venue == "실습실 A"


async def test_a_form_can_no_more_than_a_sheet(editor, joined):
    officer = editor()
    await officer.opens("26-01")
    shown = await officer.checks(capacity="1", selection="심사", state="폐강", minimum="3")
    assert [*said(shown, "problem")] == ["minimum"]
    assert "파일로는 폐강할 수 없습니다" in said(await officer.checks(minimum="0", state="폐강"), "problem")["state"]


@pytest.mark.on_sqlite
async def test_saving_what_was_shown_changes_nothing(school, editor, joined):
    officer = editor()
    await officer.opens("26-01")
    assert (await officer.saves()).title == "‘바리스타 2급’(26-01): 바뀌는 것이 없습니다."


async def test_who_saves_after_somebody_else_is_told_who_changed_what_and_loses_nothing(school, editor, joined):
    first, second = editor("김담당"), editor("이담당")
    await first.opens("26-01")
    await second.opens("26-01")
    await first.saves(venue="실습실 B", capacity="20")
    with pytest.raises(Declined, match="그 사이에") as declined:
        await second.saves(capacity="18", supplies="앞치마")
    assert [each.split(" (")[0] for each in declined.value.items] == [
        "장소: ‘실습실 A’ → ‘실습실 B’",
        "정원: ‘15’ → ‘20’",
    ]
    assert all("김담당" in each for each in declined.value.items)


@pytest.mark.on_sqlite
async def test_what_others_changed_stays_where_nothing_else_was_typed(school, editor, joined):
    first, second = editor("김담당"), editor("이담당")
    await first.opens("26-01")
    await second.opens("26-01")
    await first.saves(venue="실습실 B", capacity="20")
    shown = await second.checks(capacity="18", supplies="앞치마")
    assert [shown.texts[name] for name in ("venue", "capacity", "supplies")] == ["실습실 B", "18", "앞치마"]
    assert ([*said(shown, "notice")], shown.problems) == (["venue", "capacity"], (saving.MEANWHILE,))
    await second.saves()
    found = await known(school)
    assert (found.venue, found.capacity, found.supplies) == ("실습실 B", 18, "앞치마")


@pytest.mark.on_sqlite
async def test_a_change_that_was_undone_meanwhile_stands_in_nobodys_way(school, editor, joined):
    first, second = editor(), editor()
    await first.opens("26-01")
    await second.opens("26-01")
    told = await first.saves(venue="실습실 B")
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert not (await second.checks(supplies="앞치마")).is_wrong
    await second.saves(supplies="앞치마")
    assert (await known(school)).supplies == "앞치마"


async def test_of_ten_who_save_one_form_at_once_one_is_heard(school, editor, joined):
    officers = [editor(f"담당 {number}") for number in range(10)]
    for officer in officers:
        await officer.opens("26-01")
    asked = (officer.saves(capacity=f"{20 + at}") for at, officer in enumerate(officers))
    ended = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(each, Declined) for each in ended) == 9


async def test_of_ten_who_make_a_course_of_one_number_at_once_one_does(school, editor):
    asked = (editor().saves(**GOOD | {"title": f"과정 {at}"}) for at in range(10))
    ended = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each) for each in ended if isinstance(each, Exception)] == [Declined] * 9
    assert len(await school.rows(table.select())) == 1


async def test_the_journal_keeps_what_was_changed_and_not_the_whole_form(school, editor, joined):
    officer = editor()
    await officer.opens("26-01")
    await officer.saves(venue="실습실 B")
    entry = (await school.database.read(lambda tx: journal.recent(tx, 1)))[0]
    assert (entry.action, entry.args) == ("edit-course", {"code": "26-01"})
    assert acts.acts["edit-course"] is saving.EDIT
    assert form.CLOSED not in str(entry.changes)
