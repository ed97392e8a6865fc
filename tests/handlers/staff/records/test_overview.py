"""All of one person on one page: what they are in, were told, agreed to and want, and who looked."""

import pytest

from handlers.staff.applicants.registering import REGISTER
from handlers.staff.desk import purposes
from handlers.staff.desk.declined import Declined
from handlers.staff.records import overview
from storage.people import preferences, reaching
from storage.teaching import wishes as course_wishes
from tests.support.counseling.centre import books
from tests.support.domain import Visitor
from tests.support.people.family import daughter_at


def section(found, anchor):
    return next(each for each in found.sections if each.anchor == anchor)


def rows(found, anchor):
    table = section(found, anchor).table
    return table.rows if table else ()


@pytest.fixture
async def caller(school, resident) -> Visitor:
    await school.opens(code="26-01")
    found = resident(1)
    await found.registers(1)
    return found


async def test_what_somebody_told_stands_first_in_the_words_of_forms(teller, caller):
    found = await teller.looks(overview.show, number=1)
    assert dict(found.facts) == {
        "이름": "홍길동",
        "태어난 해": "1983년 (올해 43세)",
        "휴대전화": "010-0000-0001 (적기만 함)",
        "사는 동": "청구동",
    }


@pytest.mark.on_sqlite
async def test_a_seat_and_a_place_in_line_stand_there_with_where_they_came_from(school, teller, caller, visitor):
    await school.opens(code="26-02", capacity=1, term="2027-H1", start_date=school.day(2026, 12, 9))
    await visitor("other").registers(2, name="임꺽정", mobile="010-0000-0002")
    await caller.goes_to("forms/enroll/2")
    await caller.submits(2)
    found = rows(await teller.looks(overview.show, number=1), "seats")
    assert [each[1:3] for each in found] == [
        ("‘바리스타 2급’(26-02)", "대기 (1번)"),
        ("‘바리스타 2급’(26-01)", "확정"),
    ]
    assert found[0][4] == "텔레그램"


async def test_an_application_that_an_officer_took_down_says_who_did(school, teller, caller):
    told = {"name": "김순자", "birth_year": "1955", "mobile": "010-0000-0002", "dong": "청구동"}
    await teller.does(REGISTER, code="26-01", channel="phone", told=told, new=True, aloud=True)
    found = await teller.looks(overview.show, number=2)
    assert rows(found, "seats")[0][4] == "전화 (가 주무관)"
    assert section(found, "seats").table.steps[0].args == {"course": "26-01", "number": 2}


async def test_talks_chats_and_what_was_told_stand_there(school, teller, resident, centre, clock):
    await books(resident(1), 1, slot="오전 11시")
    await clock.ticks()
    await clock.until(school.now.replace(day=24, hour=9))
    found = await teller.looks(overview.show, number=1)
    assert [each[2:6] for each in rows(found, "talks")] == [("상담사 A", "이력서·면접", "방문", "예약")]
    assert [each[:3] for each in rows(found, "chats")] == [("텔레그램", "본인", "보낼 수 있음")]
    assert ("상담 하루 전 11월 24일(화) 오전 11시", "보냄", "텔레그램") in [each[2:5] for each in rows(found, "told")]


async def test_a_chat_that_is_blocked_says_so(school, teller, caller):
    await school.database.write(lambda tx: reaching.mark_reachable(tx, "telegram", "1", False))
    assert rows(await teller.looks(overview.show, number=1), "chats")[0][2] == "막혀 있음"


@pytest.mark.on_sqlite
async def test_whoever_speaks_for_whom_stands_with_both(school, teller, visitor):
    daughter = daughter_at(visitor("family"))
    await daughter.registers(await school.opens(), name="홍길순")
    await daughter.registers_mother(1)
    hers, mothers = [rows(await teller.looks(overview.show, number=each), "family") for each in (1, 2)]
    assert [(each[0], each[1], each[4]) for each in hers] == [("2", "김순자", "이분이 대신합니다")]
    assert [(each[0], each[1], each[4]) for each in mothers] == [("1", "홍길순", "이분을 대신합니다")]


async def test_what_somebody_wishes_for_stands_there(school, teller, caller):
    def wishes(tx):
        course_wishes.add(tx, 1, "도배", school.now)
        preferences.choose(tx, 1, "category:식음료")
        preferences.mute(tx, 1, ["day_before"])

    await school.database.write(wishes)
    assert rows(await teller.looks(overview.show, number=1), "wishes") == (
        ("바라는 과정", "‘도배’(2026-11-23)"),
        ("소식의 관심 분야", "식음료"),
        ("꺼 둔 알림", "수업 하루 전"),
    )


async def test_another_record_of_the_number_leads_to_both_side_by_side(school, teller, caller, visitor):
    await visitor("other").registers(await school.opens(term="2027-H1", weekdays=(3,)))
    found = section(await teller.looks(overview.show, number=1), "doubles").table
    assert found.rows[0][:4] == ("2", "홍길동", "1983", "번호, 이름, 태어난 해")
    assert found.steps[0].args == {"merge": [1, 2]}


@pytest.mark.on_sqlite
async def test_a_look_is_noted_with_its_purpose_and_everybody_who_was_shown(school, teller, caller, visitor):
    await visitor("other").registers(await school.opens(term="2027-H1", weekdays=(3,)))
    await teller.looks(overview.show, number=1, purpose="전화 문의")
    for each in (2, 1):
        found = rows(await teller.looks(overview.show, number=each, purpose="전화 문의"), "history")
        assert found[0][1:] == ("가 주무관", "한 분의 기록 봄", "전화 문의")


@pytest.mark.on_sqlite
async def test_who_was_only_shown_beside_another_is_asked_about_anew(school, teller, caller, visitor):
    await visitor("other").registers(await school.opens(term="2027-H1", weekdays=(3,)))
    await teller.looks(overview.show, number=1, purpose="전화 문의")
    assert await teller.looks(purposes.standing, number=2) == ""


async def test_a_purpose_stays_for_an_officer_and_a_person_while_they_look(school, teller, tellers, caller):
    asked = {"number": 1}
    assert await teller.looks(purposes.standing, **asked) == ""
    await teller.looks(overview.show, number=1, purpose="신청 확인")
    school.waits(minutes=29)
    assert await teller.looks(purposes.standing, **asked) == "신청 확인"
    assert await tellers("나 주무관").looks(purposes.standing, **asked) == ""
    assert await teller.looks(purposes.standing, number=2) == ""
    school.waits(minutes=2)
    assert await teller.looks(purposes.standing, **asked) == ""


@pytest.mark.parametrize(
    ("purpose", "other", "said"),
    [("전화 문의", "", "전화 문의"), ("기타", "수료증 재발급", "수료증 재발급"), ("신청 확인", "딴말", "신청 확인")],
)
def test_a_purpose_is_one_of_a_few_or_written(purpose, other, said):
    assert purposes.chosen(purpose, other) == said


@pytest.mark.parametrize(("purpose", "other"), [("", ""), ("기타", " "), ("딴것", "x"), ("기타", "010-1234-5678")])
def test_without_a_purpose_nothing_is_shown(purpose, other):
    with pytest.raises(Declined):
        purposes.chosen(purpose, other)


async def test_a_record_that_is_none_or_was_erased_is_declined(school, teller, caller):
    await caller.says("탈퇴")
    await caller.presses("취소하고")
    await caller.presses("네")
    for number in (1, 7):
        with pytest.raises(Declined):
            await teller.looks(overview.show, number=number)


async def test_counselors_have_to_do_with_who_has_a_talk(school, teller, resident, centre):
    await books(resident(1), 1, slot="오전 11시")
    await resident(2).registers(await school.opens(), name="임꺽정", mobile="010-0000-0002")
    assert not await school.database.read(lambda tx: overview.may_counselors(tx, 2))
    assert await school.database.read(lambda tx: overview.may_counselors(tx, 1))
    found = await teller.looks(overview.show, number=1, anchors=overview.OF_COUNSELORS)
    assert [each.anchor for each in found.sections] == list(overview.OF_COUNSELORS)
