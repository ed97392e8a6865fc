"""Somebody who calls or comes gets the same seat from the same line, with a consent, and is nobody twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.staff.applicants import registering, timeline
from handlers.staff.applicants.likely import SamePerson
from handlers.staff.applicants.refusals import NeedsReason
from handlers.staff.courses import holding, selections
from handlers.staff.desk import acts, undoing
from handlers.staff.desk.declined import Declined
from storage.tables import consents, enrollments, journal, outbox, residents
from tests.support.domain import MONDAY


async def states(school):
    return [row.state for row in await school.rows(select(enrollments.c.state).order_by(enrollments.c.id))]


async def people(school):
    return await school.rows(select(residents.c.id).order_by(residents.c.id))


async def declined(sent, kind=Declined):
    with pytest.raises(kind) as found:
        await sent
    return "\n".join([found.value.message, *found.value.items])


@pytest.mark.on_sqlite
async def test_who_calls_gets_the_last_seat_and_the_next_in_the_chat_waits(school, resident, calls):
    await school.opens(code="T1", capacity=1)
    told = await calls("T1")
    assert "임꺽정 님을 전화로 접수했습니다" in told.title
    assert "자리가 정해졌어요" in told.facts[0]
    assert "대기 1번" in await resident(1).registers(1)
    assert await states(school) == ["confirmed", "waiting"]


async def test_who_calls_when_it_is_full_waits_behind_who_came_before(school, resident, calls):
    await school.opens(code="T1", capacity=1)
    for number in (1, 2):
        await resident(number).registers(1, mobile=f"010-0000-000{number}")
    assert "대기 2번" in (await calls("T1")).facts[0]


async def test_no_consent_no_seat_and_nobody_is_kept(school, calls):
    await school.opens(code="T1")
    assert "동의가 없습니다" in await declined(calls("T1", aloud=False))
    assert "종이 동의서의 번호" in await declined(calls("T1", channel="institution"))
    assert (await states(school), await people(school)) == ([], [])


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("given", "kept"),
    [({"aloud": True}, ("phone", None)), ({"channel": "paper", "paper": "26-0012"}, ("paper", "26-0012"))],
)
async def test_a_consent_says_which_words_were_read_out_or_which_sheet_was_signed(school, calls, given, kept):
    await school.opens(code="T1")
    await calls("T1", **given)
    [row] = await school.rows(select(consents))
    assert (row.channel, row.paper) == kept
    assert (row.given, row.version.split()[0], len(row.text_hash)) == (True, "2027-01", 64)


async def test_somebody_known_by_the_number_is_asked_about_and_registered_as_who_they_are(school, resident, calls):
    await school.opens(code="T1")
    await school.opens(code="T2", start_date=MONDAY.date() + timedelta(days=30), term="2027-H1")
    await resident(1).registers(1)
    told = {"mobile": "010-0000-0001", "name": "홍길동", "birth_year": "1983"}
    with pytest.raises(SamePerson) as same:
        await calls("T2", told)
    assert same.value.table.rows[0][:4] == ("1", "홍*동", "1983", "010-****-0001")
    assert "채팅으로도 알려 드립니다." in (await calls("T2", told, person=1)).notes
    assert len(await people(school)) == 1


async def test_a_form_that_is_sent_twice_makes_nobody_twice(school, calls):
    await school.opens(code="T1")
    await calls("T1", new=True)
    await declined(calls("T1", new=True), SamePerson)
    assert "이미 신청했습니다" in await declined(calls("T1", person=1))
    assert (len(await people(school)), await states(school)) == (1, ["confirmed"])


@pytest.mark.on_sqlite
async def test_a_family_with_one_number_are_two_people(school, calls):
    await school.opens(code="T1")
    await calls("T1")
    await declined(calls("T1", {"name": "임꺽순"}), SamePerson)
    await calls("T1", {"name": "임꺽순"}, new=True)
    assert (len(await people(school)), await states(school)) == (2, ["confirmed"] * 2)


@pytest.mark.parametrize(
    ("differing", "told", "why"),
    [
        ({"apply_end": MONDAY - timedelta(hours=1)}, {}, "접수가 끝났습니다"),
        ({"apply_start": MONDAY + timedelta(hours=1)}, {}, "아직 접수를 시작하지 않았습니다"),
        ({"open_to": "residents"}, {"dong": "elsewhere", "tie": "works"}, "구에 사는 분만"),
        ({"minimum_age": 60}, {}, "만 60세 이상만"),
        ({"capacity": 1, "waitlist_capacity": 0}, {}, "모두 찼습니다"),
    ],
)
async def test_a_rule_stands_in_the_way_until_an_officer_says_why_it_does_not(
    school, visitor, calls, differing, told, why
):
    await school.opens(code="T1", **differing)
    if "capacity" in differing:
        await visitor().registers(1)
    assert why in await declined(calls("T1", told), NeedsReason)
    told = await calls("T1", told, override="팀장 승인")
    assert any(why in note and "팀장 승인" in note for note in told.notes)


@pytest.mark.on_sqlite
async def test_one_a_term_holds_for_who_calls_too(school, calls):
    for code in ("T1", "T2"):
        await school.opens(code=code, start_date=MONDAY.date() + timedelta(days=15 + 30 * (code == "T2")))
    await calls("T1")
    assert "‘바리스타 2급’ 자리가 있습니다" in await declined(calls("T2", person=1), NeedsReason)
    await calls("T2", person=1, override="폐강 예정 과정에서 옮김")
    assert await states(school) == ["confirmed"] * 2


async def test_what_never_goes_has_no_reason_either(school, calls):
    await school.opens(code="T1", end_date=MONDAY.date() - timedelta(days=1))
    assert "이미 끝난 과정" in await declined(calls("T1", override="그래도"))


async def test_the_reason_stands_in_the_journal_and_in_the_history_of_the_application(school, calls):
    await school.opens(code="T1", minimum_age=60)
    await calls("T1", override="팀장 승인")
    [entry] = await school.rows(select(journal.c.args).where(journal.c.action == "register"))
    assert entry.args["override"] == "팀장 승인"
    assert "임꺽정" not in str(entry.args)
    events = (await school.gets(timeline.show, "T1", 1)).events
    assert [(each.what, each.why) for each in events] == [("전화로 접수 (배움톡): 확정", "팀장 승인")]


async def test_who_has_a_chat_is_told_there_and_undoing_it_in_time_tells_nobody(school, resident, clock, calls):
    await school.opens(code="T1")
    await school.opens(code="T2", term="2027-H1", start_date=MONDAY.date() + timedelta(days=30))
    await resident(1).registers(1)
    told = await calls("T2", {}, person=1)
    assert await clock.ticks() == []
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    school.waits(hours=1)
    assert await clock.ticks() == []
    await calls("T2", {}, person=1)
    school.waits(minutes=20)
    assert ["접수되었습니다" in letter.text for letter in await clock.ticks()] == [True]


async def test_who_has_no_chat_is_owed_nothing_and_nobody_has_to_call_them_again(school, clock, calls):
    await school.opens(code="T1")
    assert "채팅이 없는 분" in "\n".join((await calls("T1")).notes)
    school.waits(minutes=20)
    await clock.ticks()
    assert await school.rows(select(outbox.c.id)) == []


async def test_somebody_from_an_institution_gets_a_seat_that_was_kept_for_it(school, calls):
    await school.opens(code="T1", capacity=1)
    await school.asks(holding.hold, "T1", "일자리플러스센터", 1, "2026-11-30")
    told = {"paper": "26-0012", "held": 1}
    assert "기관을 통해" in await declined(calls("T1", **told))
    await calls("T1", channel="institution", **told)
    assert "남은 자리가 없습니다" in await declined(
        calls("T1", {"name": "임꺽순"}, channel="institution", new=True, **told)
    )
    assert await states(school) == ["confirmed"]


async def test_who_comes_after_the_selection_waits_behind_all_who_were_judged(school, resident, calls, does):
    await school.opens(code="T1", selection="review", capacity=1, waitlist_capacity=5)
    for number in (1, 2):
        await resident(number).registers(1, mobile=f"010-0000-000{number}")
    school.now = MONDAY + timedelta(days=8)
    await does(selections.SELECT, code="T1", numbers=[1])
    assert "대기 2번" in (await calls("T1", override="접수 누락")).facts[0]


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"name": ""}, "이름을 적어"),
        ({"birth_year": "비밀"}, "네 자리 숫자"),
        ({"mobile": "02-123-4567"}, "휴대전화 번호를 적어"),
        ({"dong": ""}, "사는 동을 골라"),
        ({"dong": "elsewhere"}, "일하거나 배우는지"),
    ],
)
async def test_what_is_missing_or_wrong_is_named_and_nothing_is_done(school, calls, told, why):
    await school.opens(code="T1")
    assert why in await declined(calls("T1", told))
    assert (await states(school), await people(school)) == ([], [])


async def test_a_mobile_number_is_not_needed(school, calls):
    await school.opens(code="T1")
    await calls("T1", {"mobile": ""})
    assert await states(school) == ["confirmed"]


def test_what_people_say_is_never_among_the_words_that_the_journal_keeps():
    assert acts.words_of({"code": "T1", "told": {"name": "임꺽정"}}) == {"code": "T1"}
    assert registering.REGISTER.repeats
