"""What officers see of appointments, completers and candidates, and what they note, move and cancel."""

import pytest

from handlers.staff.counseling import appointments, completers, outcomes
from handlers.staff.counseling.outcomes import Noted
from handlers.staff.desk import acts, undoing
from storage.counseling import appointments as stored
from tests.support.counseling.centre import at, books
from tests.support.counseling.completers import at as on
from tests.support.counseling.completers import completes

pytestmark = pytest.mark.on_sqlite


async def refusal(school, command, *given, **named):
    return await school.declines(command, *given, **named)


async def three_appointments(school, visitor):
    for number, slot in enumerate(("오전 10시", "오전 10시 30분", "오전 11시"), 1):
        await books(visitor(f"r{number}"), number, slot=slot)
    school.now = at("11-24 12:00")


async def test_the_appointments_of_a_week_are_listed_with_name_number_topic_and_way(centre, school, visitor):
    await books(visitor())
    lines = await school.asks(appointments.show)
    assert lines[0] == "2026-11-23 ~ 2026-11-29: 상담 1건"
    assert lines[1:3] == [
        "번호  시간                     상담사    이름    태어난 해  휴대전화       내용         방법  상태",
        "1     11월 24일(화) 오전 10시  상담사 A  홍길동  -          010-0000-0001  이력서·면접  방문  예약",
    ]
    assert lines[-1] == "2026년: 상담 1건(취소 제외), 참석 0건, 구직등록 0건, 취업 0건."
    assert (await school.asks(appointments.show, on("2026-12-01 00:00").date()))[0].endswith("상담 0건")


@pytest.mark.on_both
async def test_outcomes_are_counted_by_year_and_what_is_not_noted_yet_is_said(centre, school, visitor):
    await three_appointments(school, visitor)
    noted = Noted(attended=[1], no_show=[2], registered=[1], placed=[1])
    assert await school.asks(outcomes.note, noted) == ["적었습니다: 참석 1건, 오지 않음 1건, 구직등록 1건, 취업 1건."]
    assert (await school.asks(appointments.totals, 2026)) == [
        "2026년: 상담 3건(취소 제외), 참석 1건, 구직등록 1건, 취업 1건. 지났는데 아직 적지 않은 상담이 1건 있습니다."
    ]
    assert "1     11월 24일(화) 오전 10시" in (listed := "\n".join(await school.asks(appointments.show)))
    assert "참석·구직등록·취업" in listed


@pytest.mark.parametrize(
    ("noted", "words"),
    [
        (Noted(attended=[1, 9]), "상담 9: 이런 번호의 상담이 없습니다"),
        (Noted(attended=[1], no_show=[1]), "상담 1: 참석과 오지 않음에 모두"),
        (
            Noted(attended=[1], registered=[2]),
            "상담 2: 참석한 상담이 아닙니다.\n참석도 함께 적으려면: python -m bot counseling --attended 1,2",
        ),
    ],
)
async def test_what_can_not_be_noted_is_named_and_nothing_is(centre, school, visitor, noted, words):
    await three_appointments(school, visitor)
    assert words in await refusal(school, outcomes.note, noted)
    assert {appointment.state for appointment in await centre.appointments()} == {"booked"}


async def test_a_appointment_that_is_yet_to_come_is_not_noted(centre, school, visitor):
    await books(visitor())
    assert "아직 적을 수 없습니다" in await refusal(school, outcomes.note, Noted(attended=[1]))


async def test_a_slip_between_attended_and_not_is_corrected(centre, school, visitor):
    await three_appointments(school, visitor)
    await school.asks(outcomes.note, Noted(no_show=[1]))
    await school.asks(outcomes.note, Noted(attended=[1]))
    assert [appointment.state for appointment in await centre.appointments()] == ["attended", "booked", "booked"]


async def test_outcomes_are_taken_back_one_by_one_or_all(centre, school, visitor):
    await three_appointments(school, visitor)
    await school.asks(outcomes.note, Noted(attended=[1, 2], registered=[1, 2], placed=[1, 2]))
    told = await school.asks(outcomes.take_back, [1], not_placed=[2])
    assert told == ["적은 것을 거두었습니다: 결과 1건, 취업 1건.", "이 상담들은 아직 결과를 적지 않은 것으로 셉니다."]
    assert [(each.state, each.registered, each.placed) for each in await centre.appointments()] == [
        ("booked", False, False), ("attended", True, False), ("booked", False, False)
    ]  # fmt: skip
    await school.asks(outcomes.note, Noted(no_show=[1]))
    assert "참석 1건, 구직등록 1건, 취업 0건" in (await school.asks(appointments.totals, 2026))[0]


async def test_taking_back_holds_nobody_off_another_appointment(centre, school, visitor):
    await three_appointments(school, visitor)
    await school.asks(outcomes.note, Noted(attended=[1]))
    who, asked = (await centre.appointments())[0].resident_id, {"topic": "resume", "way": "visit", "channel": "web"}
    later = await school.database.write(lambda tx: stored.add(tx, 1, who, at("11-26 10:00"), now=school.now, **asked))
    await school.asks(outcomes.take_back, [1])
    assert (later is not None, "11-26 10:00" in await centre.live()) == (True, True)


@pytest.mark.on_both
async def test_what_is_taken_back_can_be_undone(centre, school, visitor):
    await three_appointments(school, visitor)
    await school.asks(outcomes.note, Noted(attended=[1], placed=[1]))
    done = await school.gets(acts.perform, outcomes.TAKE_BACK, {"numbers": [1]})
    (step,) = done.steps
    assert await school.asks(undoing.undo, step.args["entry"]) == ["상담 결과 거두기(1): 되돌렸습니다."]
    assert (await centre.appointments())[0].placed


async def test_nothing_comes_of_an_appointment_to_which_nobody_came(centre, school, visitor):
    await three_appointments(school, visitor)
    await school.asks(outcomes.note, Noted(attended=[1], placed=[1]))
    told = await school.asks(outcomes.note, Noted(no_show=[1]))
    assert told[1] == "오지 않은 상담에 적어 두었던 구직등록·취업 1건도 거두었습니다."
    assert not (await centre.appointments())[0].placed


@pytest.mark.parametrize(
    ("back", "words"),
    [
        ({"numbers": [1]}, "상담 1: 적어 둔 결과가 없습니다"),
        ({"numbers": [2, 9]}, "상담 9: 이런 번호의 상담이 없습니다"),
        ({"numbers": [2], "not_placed": [2]}, "상담 2: 취업을 적지 않은 상담입니다"),
    ],
)
async def test_what_was_not_noted_is_not_taken_back_and_nothing_is(centre, school, visitor, back, words):
    await three_appointments(school, visitor)
    await school.asks(outcomes.note, Noted(attended=[2]))
    assert words in await refusal(school, outcomes.take_back, **back)
    assert (await centre.appointments())[1].state == "attended"


async def test_a_appointment_that_an_officer_cancels_is_free_and_told(centre, school, resident, clock):
    await books(resident(1))
    told = await school.asks(appointments.cancel, 1, "상담사 사정.")
    assert told == [
        "상담 1(11월 24일(화) 오전 10시): 취소했습니다. 까닭: 상담사 사정",
        "1명에게 저절로 알립니다 (텔레그램 1명).",
    ]
    assert "까닭: 상담사 사정." in (await clock.ticks())[0].text
    assert "이미 지났거나 끝난" in await refusal(school, appointments.cancel, 1, "다시")
    assert "--reason" in await refusal(school, appointments.cancel, 1, " ")


async def test_a_appointment_that_an_officer_moves_keeps_its_number_and_is_told(centre, school, resident, clock):
    await books(resident(1))
    told = await school.asks(appointments.move, 1, "2026-12-01 오후 2시")
    assert told[:2] == [
        "상담 1: 시간을 옮겼습니다. 11월 24일(화) 오전 10시 → 12월 1일(화) 오후 2시",
        "상담 시간 밖입니다. 맞는지 확인해 주세요.",
    ]
    assert "12월 1일(화) 오후 2시로 바꾸었어요" in (await clock.ticks())[0].text


@pytest.mark.parametrize(
    ("when", "words"),
    [("2026-11-24 10:15", "다른 예약이 있습니다"), ("2026-11-24", "이미 그때입니다"),
     ("2026-11-02 10:00", "이미 지난 때입니다"), ("내일쯤", "날짜와 시각을 적어 주세요")],
)  # fmt: skip
async def test_a_time_that_can_not_be_is_refused_and_the_appointment_stays(centre, school, visitor, when, words):
    await books(visitor("1"), 1)
    await books(visitor("2"), 2, slot="오전 11시")
    assert words in await refusal(school, appointments.move, 2, when)
    assert await centre.live() == ["11-24 10:00", "11-24 11:00"]


async def four_are_asked(school, resident, clock, *answers):
    numbers = [await completes(school, resident(n), on("2026-12-01 14:00"), name=f"홍길{n}") for n in range(1, 5)]
    school.now = on("2027-03-01 15:00")
    await clock.ticks()
    for person, answer in enumerate(answers, 1):
        await resident(person).goes_to(f"followups/{numbers[person - 1]}/3/{answer}")


@pytest.mark.on_both
async def test_follow_up_figures_state_what_they_are_shares_of(school, resident, clock):
    await four_are_asked(school, resident, clock, "related", "other", "looking")
    lines = await school.asks(completers.show_followups, 2027)
    assert lines[1] == (
        "- 수료 3개월 뒤: 물은 분 4명, 답한 분 3명(물은 분의 75.0%), 일하는 분 2명(답한 분의 66.7%, 물은 분의 50.0%). "
        "배운 일 1명, 다른 일 1명, 찾는 중 1명, 찾지 않음 0명."
    )
    assert "물은 분 0명, 답한 분 0명(물은 분 없음)" in lines[2]


@pytest.mark.on_both
async def test_candidates_are_listed_with_what_they_can_teach_and_how_to_call_them(school, visitor):
    mine = await completes(school, visitor(), school.now)
    await visitor().goes_to(f"instructors/{mine}")
    assert await school.asks(completers.show_instructors) == [
        "강사 후보: 1명",
        "번호  과정            자격증        이름    태어난 해  휴대전화       언제부터           맡은 강좌",
        "1     ‘바리스타 2급’  바리스타 2급  홍길동  1983       010-0000-0001  11월 23일(월)부터  -",
    ]
