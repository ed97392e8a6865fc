"""Booking an appointment: what is asked, which slots are offered, and that nobody loses what was typed."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select

from handlers.counseling import slots
from storage.counseling import appointments, counselors
from storage.tables import consents, residents
from tests.support.counseling.centre import FIRST, MORNING, at, books, fills_in, labels

pytestmark = pytest.mark.on_sqlite


@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_a_appointment_is_booked_from_the_word_to_the_receipt(centre, visitor, channel):
    resident = visitor("1", channel)
    assert "30분쯤" in await resident.says("구직상담")
    assert "상담 예약하기" in labels(resident)
    assert "방법: 방문\n날: 11월 24일(화)\n시각: 오전 10시" in await fills_in(resident)
    told = await resident.presses("이대로 예약하기")
    assert "11월 24일(화) 오전 10시 상담을 예약했어요" in told
    assert "장소: 일자리플러스센터 A실\n찾아오는 길: 2층 승강기 옆" in told


async def test_how_many_questions_there_are_is_told_from_the_first(centre, visitor):
    resident = visitor("1", "web")
    assert "1/7" in await resident.goes_to("forms/counsel/0")
    assert "2/7" in await resident.presses("동의하고 계속")
    assert "3/7" in await resident.says("홍길동")
    await resident.says("010-0000-0001")
    await resident.presses("이력서·면접")
    assert "6/7" in await resident.presses("방문")
    assert "7/7" in await resident.presses(FIRST)


@pytest.mark.parametrize(
    ("channel", "now", "later"),
    [
        ("telegram", "11-23 17:59", "하루 전에"),
        ("telegram", "11-23 18:00", "돼요.\n"),
        ("web", "11-23 10:00", "먼저 말을"),
    ],
)
async def test_a_reminder_is_promised_only_where_one_will_come(centre, school, visitor, channel, now, later):
    school.now = at(now)
    told = await books(visitor("1", channel))
    assert later in told
    assert ("하루 전에" in told) == (later == "하루 전에")


@pytest.mark.parametrize("word", ["상담", "일자리 상담", "구직상담", "/counseling", "counseling"])
async def test_each_of_the_words_leads_to_counseling(centre, visitor, word):
    assert "30분쯤" in await visitor().says(word)


async def test_the_menu_has_counseling_once_there_is_a_counselor(school, visitor, centre):
    resident = visitor()
    await resident.says("메뉴")
    assert "30분쯤" in await resident.presses("일자리 상담")


async def test_a_district_without_counselors_has_no_such_button(school, visitor):
    resident = visitor()
    await resident.says("메뉴")
    assert "일자리 상담" not in labels(resident)
    assert "상담 자리가 없어요. 며칠 뒤 다시 보시거나 02-000-0000으로 전화해 주세요" in await resident.says("상담")


async def test_name_and_mobile_are_asked_in_telegram_only_after_both_consents(centre, school, visitor):
    resident = visitor("1", "telegram")
    assert "외국에 있는 텔레그램 서버" in await resident.goes_to("forms/counsel/0")
    assert "일자리 상담을 예약하려면 개인정보" in await resident.presses("텔레그램으로 계속")
    assert "이름을 적어 주세요" in await resident.presses("동의하고 계속")
    rows = await school.rows(select(consents))
    assert [(row.purpose, row.given, len(row.text_hash)) for row in rows] == [
        ("abroad", True, 64),
        ("counseling", True, 64),
    ]


async def test_who_declines_is_told_the_other_ways_and_nothing_is_kept(centre, school, visitor):
    await visitor().goes_to("forms/counsel/0")
    assert "전화(02-000-0000)나 방문" in await visitor().goes_to("forms/counsel/0/answer/counseling/no")
    assert [row.name for row in await school.rows(select(residents.c.name))] == [None]


async def test_who_is_known_is_not_asked_for_name_and_mobile_again(centre, school, visitor):
    resident = visitor()
    await resident.registers(await school.opens())
    await resident.goes_to("forms/counsel/0")
    assert "어떤 이야기를 나누고 싶으세요?" in await resident.presses("동의하고 계속")


async def test_slots_are_half_hours_from_two_hours_ahead_to_two_weeks(centre, school, visitor):
    school.now = at("11-24 08:01")
    resident = visitor()
    await fills_in(resident, slot="오전 11시")
    await resident.goes_to("forms/counsel/0/correct/visit_day")
    assert labels(resident) == [
        "11월 24일(화)·3자리", "11월 26일(목)·4자리", "12월 1일(화)·4자리", "12월 3일(목)·4자리", "12월 8일(화)·4자리",
    ]  # fmt: skip
    await resident.presses(FIRST)
    await resident.goes_to("forms/counsel/0/correct/visit_1124")
    assert labels(resident) == ["오전 10시 30분", "오전 11시", "오전 11시 30분"]


@pytest.mark.on_both
async def test_holidays_closed_days_and_days_off_have_no_slots_and_other_hours_replace_the_usual(
    centre, school, visitor
):
    school.now = at("12-21 09:00")
    await centre.opens("B", {4: [MORNING]})  # Fridays: Christmas and New Year's Day
    await centre.on(date(2026, 12, 22), [])
    await centre.on(date(2026, 12, 24), [(time(14), time(15))])
    resident = visitor()
    await fills_in(resident, day="12월 24일(목)", slot="오후 2시 30분")
    await resident.goes_to("forms/counsel/0/correct/visit_day")
    assert labels(resident) == ["12월 24일(목)·2자리", "12월 29일(화)·4자리", "12월 31일(목)·4자리"]


async def test_a_day_that_the_settings_close_has_no_slots(centre, school, settings):
    organization = replace(settings.to_organization(), closed_days={date(2026, 11, 24): "청사 공사"})
    found = await school.database.read(lambda tx: slots.free(tx, organization, school.now))
    assert found[0].starts_at == at("11-26 10:00")


async def test_a_phone_appointment_is_with_somebody_who_has_a_phone(centre, school, visitor):
    await centre.opens("A", phone="")
    await centre.opens("B", {2: [MORNING]})
    told = await books(visitor(), way="전화", day="11월 25일(수)")
    assert "적어 주신 번호로 전화드려요" in told
    assert "상담사: 상담사 B" in told


async def test_a_slot_that_went_before_the_last_press_is_told_and_the_rest_is_kept(centre, visitor):
    late = visitor("late")
    await fills_in(late, 2)
    await books(visitor("early"))
    told = await late.presses("이대로 예약하기")
    assert "방금 다른 분이 예약하셨어요" in told
    assert labels(late) == ["오전 10시 30분", "오전 11시", "오전 11시 30분"]
    assert "상담 내용: 이력서·면접" in await late.presses("오전 10시 30분")
    assert "예약했어요" in await late.presses("이대로 예약하기")


async def test_a_slot_that_went_while_it_was_chosen_is_told(centre, visitor):
    late = visitor("late")
    await fills_in(late, 2)
    await late.goes_to("forms/counsel/0/correct/visit_1124")
    await books(visitor("early"))
    assert "방금 다른 분이 예약하셨어요" in await late.presses("오전 10시")


async def test_a_day_that_filled_up_meanwhile_is_asked_anew(centre, school, visitor):
    late = visitor("late")
    await fills_in(late, 9)
    for number, slot in enumerate(["오전 10시", "오전 10시 30분", "오전 11시", "오전 11시 30분"]):
        await books(visitor(f"r{number}"), number, slot=slot)
    assert "어느 날이 좋으세요?" in await late.presses("이대로 예약하기")
    assert labels(late)[0] == "11월 26일(목)·4자리"


async def test_two_counselors_at_one_time_are_two_slots(centre, visitor):
    await centre.opens("B")
    told = [await books(visitor(f"r{number}"), number) for number in range(2)]
    assert ["상담사 A" in told[0], "상담사 B" in told[1]] == [True, True]
    assert await centre.live() == ["11-24 10:00"] * 2


async def test_hours_that_shift_offer_no_slot_across_a_booked_appointment(centre, school, visitor):
    await books(visitor("early"))
    await school.database.write(lambda tx: counselors.set_week(tx, 1, {1: [(time(9, 45), time(12))]}))
    resident = visitor("late")
    await fills_in(resident, 2, slot="오전 10시 45분")
    await resident.goes_to("forms/counsel/0/correct/visit_1124")
    assert labels(resident) == [
        "오전 10시 45분",
        "오전 11시 15분",
    ]  # 9:45 and 10:15 would lie across the appointment at 10


async def test_who_has_a_appointment_is_shown_it_and_books_no_other(centre, visitor):
    resident = visitor()
    await books(resident)
    assert "예약하신 상담이 있어요" in await resident.says("상담")
    assert "이미 예약하셨어요" in await resident.goes_to("forms/counsel/0")
    assert "11월 24일(화) 오전 10시" in await resident.presses("내 상담 보기")


async def test_the_same_person_in_another_chat_books_no_second_appointment_though_a_birth_year_is_known_there(
    centre, school, visitor
):
    course, resident = await school.opens(), visitor("there")
    await resident.proves(course)
    await resident.submits(course)
    await books(visitor("there2"), 1, proven=True)
    await resident.goes_to("forms/counsel/0")
    for label in ("동의하고 계속", "구직", "방문", FIRST, "오전 11시"):
        await resident.presses(label)
    assert "여기서는 상담을 예약할 수 없어요" in await resident.presses("이대로 예약하기")


async def test_a_appointment_that_is_over_keeps_nobody_from_the_next(centre, school, visitor):
    resident = visitor()
    await books(resident)
    school.now = at("11-24 10:30")
    await resident.goes_to("forms/counsel/0")
    for label in ("구직", "전화", "11월 26일(목)", "오전 10시"):
        await resident.presses(label)
    assert "예약했어요" in await resident.presses("이대로 예약하기")
    assert await centre.live() == ["11-26 10:00"]


async def test_only_a_live_appointment_holds_its_slot(centre, school, visitor):
    await books(visitor("early"))
    (appointment,) = await centre.appointments()
    assert await school.database.write(lambda tx: appointments.cancel(tx, appointment.id, school.now))
    assert "예약했어요" in await books(visitor("late"), 2)


async def test_day_and_time_may_be_said_as_people_say_them(centre, visitor):
    resident = visitor("1", "web")
    await fills_in(resident)
    await resident.presses("날 고치기")
    await resident.says("26일이요")
    assert "시각: 오전 10시 30분" in await resident.says("열시 반이요")


@pytest.mark.parametrize(
    "said", ["전화해 주세요", "전화 좀 해 주세요", "나한테 전화해 주세요", "통화하고 싶어요", "상담원 연결해 주세요"]
)
async def test_who_wants_to_be_called_reads_the_number_and_finds_a_counselor_who_calls(centre, visitor, said):
    resident = visitor("1", "web")
    assert "02-000-0000" in await resident.says(said)
    assert "전화로 하실 수 있어요" in await resident.presses("일자리 상담")
