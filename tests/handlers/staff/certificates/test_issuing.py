"""Certificates at the desk: who gets one, under which number, and what becomes of it."""

import asyncio
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from handlers.residents.completed.printed import Facts
from handlers.staff.certificates import finding, issuing
from handlers.staff.courses.completion import completing
from handlers.staff.desk.declined import Declined
from handlers.staff.today import courses as due
from storage.completion import certificates
from storage.tables import journal
from tests.support.people.graduates import COURSE_FACTS, Graduation

NEW_YEAR = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)  # half past midnight in Seoul
ONE, TWO, THREE = ("2027-000001", "2027-000002", "2027-000003")


@pytest.fixture
async def graduation(school, resident):
    made = Graduation(school)
    await made.of(resident(1), resident(2))
    return made


@pytest.mark.on_sqlite
async def test_all_who_completed_get_one_and_nobody_a_second(graduation):
    told = await graduation.issues()
    assert "수료증 2장을 냈습니다" in told.title
    assert await graduation.standing() == [(ONE, True), (TWO, True)]
    with pytest.raises(Declined, match="모두 냈습니다"):
        await graduation.issues()


@pytest.mark.on_sqlite
async def test_who_did_not_complete_gets_none(school, resident):
    made = Graduation(school)
    made.course = await school.opens(code="T1")
    for number in (1, 2):
        await resident(number).registers(made.course, mobile=f"010-0000-{number:04}")
    school.waits(days=40)
    await made.does(completing.COMPLETE, code="T1", numbers=[2], completed=True)
    await made.issues()
    assert [each.enrollment_id for each in await made.all()] == [2]


@pytest.mark.on_sqlite
async def test_what_is_printed_stays_as_it_was(graduation, school):
    await graduation.issues()
    await school.changes(graduation.course, title="바리스타 1급", certificate="바리스타 1급")
    facts = Facts.from_json((await graduation.one(ONE)).facts)
    assert ("과정명", "바리스타 2급") in facts.lines
    assert ("교육시간", "총 12시간 (수업 4회)") in facts.lines


@pytest.mark.on_sqlite
async def test_numbers_begin_anew_with_the_year_in_seoul(graduation, school):
    facts = COURSE_FACTS.to_json()

    def issue(tx, number, year):
        return certificates.issue(tx, number, year, "홍길동", facts, "담당", NEW_YEAR).number

    last = await school.database.write(partial(issue, number=1, year=2026))
    first = await school.database.write(partial(issue, number=2, year=2027))
    assert (last, first) == ("2026-000001", ONE)


async def test_ten_officers_at_once_take_ten_numbers_without_a_gap(school, resident):
    made = [Graduation(school) for _ in range(10)]
    for place, each in enumerate(made):
        each.code = f"T{place}"
        each.course = await school.opens(code=each.code, term_limit=0)
        await resident(place + 1).registers(each.course, mobile=f"010-0000-{place:04}")
    school.waits(days=40)
    for each in made:
        await each.does(completing.COMPLETE, code=each.code, numbers=[], completed=False)
    await asyncio.gather(*(each.issues() for each in made))
    numbers = sorted([number for each in made for number, _ in await each.standing()])
    assert numbers == [f"2027-{number:06}" for number in range(1, 11)]


async def test_two_officers_at_once_issue_one_each_to_nobody_twice(graduation):
    await asyncio.gather(graduation.issues(), graduation.issues(), return_exceptions=True)
    assert await graduation.standing() == [(ONE, True), (TWO, True)]


@pytest.mark.on_sqlite
async def test_nobody_has_two_valid_ones_of_a_course(graduation, school):
    await graduation.issues()
    again = partial(certificates.issue, enrollment_id=1, year=2027, name="", facts={}, officer="", now=school.now)
    with pytest.raises(IntegrityError):
        await school.database.write(again)


@pytest.mark.on_sqlite
async def test_a_number_that_was_undone_is_never_used_again(graduation):
    await graduation.issues()
    await graduation.undoes("issue-certificates")
    assert await graduation.standing() == [(ONE, False), (TWO, False)]
    await graduation.issues()
    assert await graduation.standing() == [(ONE, False), (TWO, False), (THREE, True), ("2027-000004", True)]


@pytest.mark.on_sqlite
async def test_a_completion_that_is_undone_takes_its_certificates_along(graduation):
    await graduation.issues()
    await graduation.undoes("complete")
    assert await graduation.standing() == [(ONE, False), (TWO, False)]
    with pytest.raises(Declined, match="모두 냈습니다"):
        await graduation.issues()
    await graduation.does(completing.COMPLETE, code="T1", numbers=[], completed=False)
    await graduation.issues()
    assert [valid for _, valid in await graduation.standing()] == [False, False, True, True]


@pytest.mark.on_sqlite
async def test_one_is_revoked_for_a_reason_and_not_issued_again_by_itself(graduation):
    await graduation.issues()
    told = await graduation.does(issuing.REVOKE, code="T1", number="2027-1", reason="다른 분의 출석이었음")
    assert f"{ONE} 홍길동: 수료증을 취소했습니다" in told.title
    with pytest.raises(Declined, match="모두 냈습니다"):
        await graduation.issues()
    with pytest.raises(Declined, match="이미 취소한"):
        await graduation.does(issuing.REVOKE, code="T1", number=ONE, reason="또")
    await graduation.undoes("revoke-certificate")
    assert await graduation.standing() == [(ONE, True), (TWO, True)]


@pytest.mark.on_sqlite
async def test_a_corrected_name_gets_a_new_number_and_the_old_one_says_which(graduation):
    await graduation.issues()
    await graduation.calls(1, "홍길순")
    await graduation.does(issuing.REISSUE, code="T1", number=ONE, reason="이름을 바로잡음")
    old, new = await graduation.one(ONE), await graduation.one(THREE)
    assert (old.is_valid, old.replaced_by, old.name) == (False, THREE, "홍길동")
    assert (new.is_valid, new.name) == (True, "홍길순")
    with pytest.raises(Declined, match=f"이미 {THREE}번으로"):
        await graduation.does(issuing.REISSUE, code="T1", number=ONE, reason="또")


@pytest.mark.on_sqlite
async def test_a_reissue_that_is_undone_gives_the_old_one_back(graduation):
    await graduation.issues()
    await graduation.does(issuing.REISSUE, code="T1", number=ONE, reason="잘못 누름")
    await graduation.undoes("reissue-certificate")
    assert await graduation.standing() == [(ONE, True), (TWO, True), (THREE, False)]


@pytest.mark.on_sqlite
@pytest.mark.parametrize("act", [issuing.REVOKE, issuing.REISSUE])
async def test_one_of_another_course_is_left_alone(graduation, school, act):
    await graduation.issues()
    await school.opens(code="X1")
    with pytest.raises(Declined, match="수료증이 아닙니다"):
        await graduation.does(act, code="X1", number=ONE, reason="까닭")
    with pytest.raises(Declined, match="없습니다"):
        await graduation.does(act, code="T1", number="2027-999999", reason="까닭")
    with pytest.raises(Declined, match="까닭을 적어"):
        await graduation.does(act, code="T1", number=ONE, reason=" ")


@pytest.mark.on_sqlite
async def test_neither_names_nor_codes_get_into_the_journal(graduation, school):
    await graduation.issues()
    await graduation.does(issuing.REVOKE, code="T1", number=ONE, reason="홍길동 님이 바라심")
    written = str(await school.rows(select(journal)))
    codes = [each.code for each in await graduation.all()]
    assert not [word for word in ("홍길동", *codes) if word in written]


@pytest.mark.on_sqlite
async def test_courses_whose_certificates_wait_are_among_what_needs_doing(graduation, school):
    async def waiting():
        found = await school.gets(lambda tx, desk: list(due.items(tx, desk)))
        return [each.title for each in found if "수료증" in each.title]

    assert await waiting() == ["‘바리스타 2급’(T1): 수료증을 낼 분 2명"]
    await graduation.issues()
    assert await waiting() == []


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2026-000123", "2026-000123"),
        (" 2026-123 ", "2026-000123"),
        ("제 2026-000123 호", "2026-000123"),
        ("홍길동", ""),
        ("010-0000-0001", ""),
    ],
)
def test_a_number_is_known_as_people_read_it_out(typed, number):
    assert finding.number_in(typed) == number
