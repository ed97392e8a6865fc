"""Registering for a course, from the first word to the seat."""

import asyncio

import pytest
from sqlalchemy import select

from storage.tables import consents, residents


async def test_a_resident_finds_a_course_and_gets_a_seat(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.says("바리스타")
    await resident.presses("신청하기")
    await resident.presses("동의하고 계속")
    for answer in ("청구동", "홍길동", "83", "01000000001", "4"):
        await resident.says(answer)
    assert "신청이 접수되었습니다" in await resident.presses("이대로 신청하기")
    assert await school.enrolled(course) == 1


async def test_who_comes_when_all_seats_are_taken_is_told_the_place_in_line(school, visitor):
    course = await school.opens(capacity=1)
    await visitor("first").registers(course)
    assert "대기 1번" in await visitor("second").registers(course, mobile="010-0000-0002")
    assert "대기 2번" in await visitor("third").registers(course, mobile="010-0000-0003")


@pytest.mark.parametrize(
    ("selection", "said"), [("lottery", "추첨해서"), ("priority", "우선 대상부터"), ("review", "심사해서")]
)
async def test_a_course_that_chooses_later_takes_applications_beyond_its_seats(school, visitor, selection, said):
    course = await school.opens(capacity=1, selection=selection)
    await visitor("first").registers(course)
    assert said in await visitor("second").registers(course, mobile="010-0000-0002")
    assert await school.enrolled(course, "applied") == 2


async def test_a_known_resident_registers_with_one_press_after_the_card(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens(term_limit=0))
    second = await school.opens(term_limit=0, weekdays=(3,), start_date=school.day(2026, 12, 10))
    assert "홍길동" in await resident.goes_to(f"forms/enroll/{second}")
    assert "신청이 접수되었습니다" in await resident.presses("이대로 신청하기")


async def test_the_same_person_in_another_chat_gets_no_second_seat(school, visitor):
    course = await school.opens()
    await visitor("here").registers(course)
    assert "전화해 주시면" in await visitor("there", "telegram").registers(course)
    assert await school.enrolled(course) == 1


async def test_who_has_proven_their_number_is_told_of_their_seat_in_another_chat(school, visitor):
    course, here, there = await school.opens(), visitor("here", "telegram"), visitor("there", "telegram")
    for each in (here, there):
        await each.proves(course)
    await here.submits(course)
    assert "같은 분의 신청이 이미 있어요" in await there.submits(course)


async def test_registering_twice_is_answered_with_the_way_to_the_first(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.registers(course)
    assert "이미 신청하셨어요" in await resident.submits(course)
    assert "참여확정" in await resident.presses("내 신청 보기")


async def test_a_course_for_residents_refuses_who_lives_elsewhere_and_says_why(school, visitor):
    course = await school.opens(open_to="residents")
    resident = visitor()
    await resident.fills_in(course, until="dong")
    refusal = await resident.presses("중구에 살지 않아요")
    assert "중구에 사는 분만" in refusal
    assert "구 예산" in refusal
    assert "사는 동 고치기" in [button.label for button in resident.screen.buttons]


async def test_who_works_in_the_district_may_take_a_course_that_is_open_to_them(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.fills_in(course, until="dong")
    await resident.presses("중구에 살지 않아요")
    await resident.presses("일해요")
    for answer in ("홍길동", "1983", "010-0000-0001"):
        told = await resident.says(answer)
    assert "다니는 곳: 중구에서 일해요" in told
    assert "신청이 접수되었습니다" in await resident.submits(course)


async def test_who_has_no_tie_to_the_district_is_refused(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.fills_in(course, until="dong")
    await resident.presses("중구에 살지 않아요")
    assert "살거나, 일하거나, 배우는 분만" in await resident.presses("아니요")


async def at_dong(school, visitor, address="r1", **differing):
    resident = visitor(address)
    await resident.fills_in(await school.opens(**differing), until="dong")
    return resident


async def test_who_may_come_is_told_and_asked_before_the_name(school, visitor):
    course = await school.opens(open_to="residents")
    resident = visitor()
    assert "중구에 사는 분" in (await resident.goes_to(f"courses/{course}")).split("접수기간")[0]
    await resident.presses("신청하기")
    assert "중구에 사는 분이 신청할 수 있어요.\n어느 동에" in await resident.presses("동의하고 계속")


@pytest.mark.parametrize("said", ["청구동 살아요", "서울 중구 신당동 남산타운", "신당2동", "을지로 3가 12", "3"])
async def test_an_address_is_understood(school, visitor, said):
    resident = await at_dong(school, visitor, open_to="residents")
    assert "이름을 적어" in await resident.says(said)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("중구", "어느 동인지"),
        ("중구 살아요", "어느 동인지"),
        ("신당동 843-1", "다산동, 약수동, 청구동"),
        ("을지로 100", "어느 동인지"),
        ("봉천동", "‘봉천동’은 중구에서 찾지 못했어요"),
        ("12-3번지", "사시는지 알아듣지 못했어요"),
    ],
)
async def test_a_place_that_may_be_several_is_asked_about_and_refuses_nobody(school, visitor, said, asked):
    resident = await at_dong(school, visitor, open_to="residents")
    told = await resident.says(said)
    assert asked in told
    assert "어느 동에 사세요?" in told


@pytest.mark.parametrize("said", ["용산구", "종로구 살아요", "부산 중구", "중구에 안 살아요"])
async def test_who_lives_in_another_district_is_asked_for_their_tie_or_refused_with_the_way_back(school, visitor, said):
    assert "일하거나 배우고" in await (await at_dong(school, visitor)).says(said)
    resident = await at_dong(school, visitor, "r2", open_to="residents")
    assert "중구에 사는 분만" in await resident.says(said)
    assert "이름을 적어" in await resident.says("청구동")


async def test_name_year_and_number_may_be_written_at_once(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="name")
    assert "휴대전화: 010-0000-0001" in await resident.says("홍길동 1983 010-0000-0001")


async def test_what_is_written_beside_a_name_is_kept_though_a_part_of_it_is_refused(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(minimum_age=18), until="name")
    assert "만 18세 이상" in await resident.says("홍길동 2012 010-0000-0001")
    assert "휴대전화" in await resident.says("1990")


async def test_a_number_beside_the_name_waits_for_the_year(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="name")
    assert "태어난 해를" in await resident.says("홍길동 010-0000-0001")
    assert "휴대전화: 010-0000-0001" in await resident.says("1983")


@pytest.mark.parametrize(("channel", "steps"), [("web", 7), ("kakao", 7), ("telegram", 8)])
async def test_so_many_taps_and_answers_lead_from_the_first_word_to_the_receipt(school, visitor, channel, steps):
    await school.opens()
    resident = visitor("1", channel)
    consents_ = ["텔레그램으로 계속"] * (channel == "telegram") + ["동의하고 계속"]
    said = [
        "바리스타",
        "신청하기",
        *consents_,
        "청구동",
        "홍길동 1983",
        "010-0000-0001",
        "이대로 신청하기",
    ]
    told = [await resident.says(each) for each in said]
    assert "신청이 접수되었습니다" in told[-1]
    assert len(told) == steps


FORM = ["청구동", "홍길동 1983", "010-0000-0001", "이대로 신청하기"]


@pytest.mark.parametrize("channel", ["web", "kakao", "telegram"])
@pytest.mark.parametrize(
    ("words", "differing", "steps", "receipt"),
    [
        (["강좌", "바리스타 2급", "신청하기"], {}, 8, "자리가 정해졌어요"),
        (["바리스타", "신청하기"], {"selection": "lottery"}, 7, "추첨해서"),
        (["바리스타", "대기 신청하기"], {"capacity": 0}, 7, "대기 1번"),
    ],
    ids=["chosen", "lottery", "waiting"],
)
async def test_so_many_lead_to_a_receipt_of_another_kind(school, visitor, channel, words, differing, steps, receipt):
    await school.opens(**differing)
    resident = visitor("1", channel)
    abroad = ["텔레그램으로 계속"] * (channel == "telegram")
    told = [await resident.says(each) for each in [*words, *abroad, "동의하고 계속", *FORM]]
    assert receipt in told[-1]
    assert len(told) == steps + len(abroad)


@pytest.mark.parametrize("channel", ["web", "kakao", "telegram"])
async def test_who_registers_a_second_time_needs_three(school, visitor, channel):
    resident = visitor("1", channel)
    await resident.registers(await school.opens(term_limit=0))
    await school.opens(
        title="꽃차",
        keywords=("꽃",),
        weekdays=(2,),
        certificate="",
        term_limit=0,
        start_time=school.time(15),
        end_time=school.time(17),
    )
    told = [await resident.says(each) for each in ("꽃차", "신청하기", "이대로 신청하기")]
    assert "자리가 정해졌어요" in told[-1]


async def test_who_is_too_young_can_correct_a_slip(school, visitor):
    course = await school.opens(minimum_age=18)
    resident = visitor()
    await resident.fills_in(course, until="birth_year")
    assert "만 18세 이상" in await resident.says("2012")
    assert "휴대전화" in await resident.says("2002")


async def test_nobody_under_fourteen_is_asked_anything_more(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="birth_year")
    assert "보호자" in await resident.says("2014")


async def test_who_turns_fourteen_this_year_is_asked_for_their_birthday_in_each_course(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="birth_year")
    assert "태어난 날을 2012-05-03처럼" in await resident.says("2012")
    assert "보호자" in await resident.says("2012-11-24")
    assert "휴대전화" in await resident.says("2012-11-23")
    for answer in ("010-0000-0001", "이대로 신청하기"):
        await resident.says(answer)
    other = await school.opens(term_limit=0, weekdays=(3,), start_date=school.day(2026, 12, 10))
    assert "태어난 해를" in await resident.goes_to(f"forms/enroll/{other}")


async def test_a_second_course_of_the_term_is_refused_until_the_first_is_cancelled(school, visitor):
    first, second = await school.opens(), await school.opens(weekdays=(3,), start_date=school.day(2026, 12, 10))
    resident = visitor()
    await resident.registers(first)
    assert "한 학기에 1개까지만" in await resident.goes_to(f"forms/enroll/{second}")
    await resident.goes_to("mine")
    for label in ("바리스타", "신청 취소하기", "네, 취소할게요"):
        await resident.presses(label)
    await resident.goes_to(f"forms/enroll/{second}")
    assert "신청이 접수되었습니다" in await resident.submits(second)


async def test_a_course_at_the_same_time_is_refused_by_name(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens(title="꽃차", term_limit=0))
    other = await school.opens(term_limit=0, start_time=school.time(12), end_time=school.time(15))
    assert "‘꽃차’와 수업 시간이 겹쳐요" in await resident.goes_to(f"forms/enroll/{other}")


@pytest.mark.parametrize(
    ("differing", "said"),
    [
        ({"state": "suspended"}, "잠시 멈췄어요"),
        ({"state": "cancelled"}, "열리지 않게"),
        ({"state": "hidden"}, "볼 수 없어요"),
        ({"capacity": 0, "waitlist_capacity": 0}, "모두 찼어요"),
    ],
)
async def test_a_course_that_takes_nobody_says_so_and_what_next(school, visitor, differing, said):
    resident = visitor()
    assert said in await resident.goes_to(f"forms/enroll/{await school.opens(**differing)}")
    assert "다른 강좌 보기" in [button.label for button in resident.screen.buttons]


async def test_registration_opens_and_closes_on_the_second(school, visitor):
    course = await school.opens()
    opens, closes = await school.window(course)
    answers = []
    for moment, off in ((opens, -1), (opens, 0), (closes, 0), (closes, 1)):
        school.now = moment + school.seconds(off)
        answers.append(await visitor(f"at{moment}{off}").goes_to(f"forms/enroll/{course}"))
    assert ["개인정보" in answer for answer in answers] == [False, True, True, False]


async def test_consent_is_kept_with_its_text_and_channel_before_anything_is_asked(school, visitor):
    resident = visitor("r1", "telegram")
    await resident.goes_to(f"forms/enroll/{await school.opens()}")
    await resident.presses("텔레그램으로 계속")
    await resident.presses("동의하고 계속")
    rows = await school.rows(select(consents.c.purpose, consents.c.given, consents.c.channel, consents.c.text_hash))
    assert [(row.purpose, row.given, row.channel) for row in rows] == [
        ("abroad", True, "telegram"),
        ("enrollment", True, "telegram"),
    ]
    assert all(len(row.text_hash) == 64 for row in rows)


@pytest.mark.parametrize("no", ["동의하지 않음", "아니요", "2"])
async def test_who_declines_is_asked_nothing_and_shown_the_other_ways(school, visitor, no):
    resident = visitor()
    await resident.goes_to(f"forms/enroll/{await school.opens()}")
    assert "02-000-0000" in await resident.says(no)
    assert [row.name for row in await school.rows(select(residents.c.name))] == [None]


@pytest.mark.parametrize("form", ["enroll/1", "counsel/0"])
@pytest.mark.parametrize(("channel", "purposes"), [("web", 1), ("telegram", 2)])
async def test_who_declines_by_a_slip_is_one_press_away_from_the_question(
    school, centre, visitor, channel, purposes, form
):
    await school.opens()
    resident = visitor("1", channel)
    asked = await resident.goes_to(f"forms/{form}")
    for _ in range(purposes):
        agree, decline = resident.screen.buttons
        assert (agree.stands_apart, decline.stands_apart) == (False, True)
        await resident.presses(decline.label)
        assert await resident.presses("다시 읽어 보기") == asked
        asked = await resident.presses(agree.label)


async def test_news_that_were_agreed_to_by_a_slip_are_stopped_by_one_press(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens())
    await resident.presses("새 강좌 소식 받기")
    assert resident.screen.buttons[1].stands_apart
    await resident.presses("동의하고 소식 받기")
    assert "보내지 않아요" in await resident.presses("잘못 눌렀어요")


async def test_news_is_off_until_somebody_turns_it_on(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens())
    assert "새 강좌 소식: 받지 않아요" in await resident.says("소식")
    await resident.presses("새 강좌 소식")
    await resident.presses("동의하고 소식 받기")
    told = await resident.says("소식")
    assert "새 강좌 소식: 받고 있어요" in told
    assert "채용 소식: 받지 않아요" in told


async def test_a_registration_number_is_refused_wherever_it_is_typed(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="name")
    for typed in ("900101-1234567", "홍길동 ９００１０１ １２３４５６７"):
        assert "주민등록번호는 받지 않아요" in await resident.says(typed)
    assert "태어난 해" in await resident.says("홍길동")


# --- races: at least ten at once ---


async def test_the_last_seat_goes_to_one_of_many(school, visitor):
    course = await school.opens(capacity=1, waitlist_capacity=0)
    residents_ = [visitor(f"r{n}") for n in range(20)]
    await asyncio.gather(*(each.fills_in(course, mobile=f"010-0000-{n:04}") for n, each in enumerate(residents_)))
    replies = await asyncio.gather(*(each.submits(course) for each in residents_))
    assert sum("신청이 접수되었습니다" in reply for reply in replies) == 1
    assert sum("모두 찼어요" in reply for reply in replies) == 19


async def test_places_in_line_are_given_out_once_each(school, visitor):
    course = await school.opens(capacity=3, waitlist_capacity=10)
    residents_ = [visitor(f"r{n}") for n in range(16)]
    await asyncio.gather(*(each.fills_in(course, mobile=f"010-0000-{n:04}") for n, each in enumerate(residents_)))
    replies = "\n".join(await asyncio.gather(*(each.submits(course) for each in residents_)))
    assert all(replies.count(f"대기 {place}번으로") == 1 for place in range(1, 11))
    assert (await school.enrolled(course), await school.enrolled(course, "waiting")) == (3, 10)


async def test_one_person_in_many_chats_gets_one_seat(school, visitor):
    course = await school.opens()
    chats = [visitor(f"r{n}") for n in range(12)]
    await asyncio.gather(*(chat.fills_in(course) for chat in chats))
    replies = await asyncio.gather(*(chat.submits(course) for chat in chats))
    assert sum("신청이 접수되었습니다" in reply for reply in replies) == 1
    assert await school.enrolled(course) == 1


async def test_one_person_in_many_chats_gets_one_course_a_term(school, visitor):
    first, second = await school.opens(), await school.opens(weekdays=(3,), start_date=school.day(2026, 12, 10))
    chats = [(visitor(f"r{n}"), course) for n, course in enumerate([first, second] * 6)]
    await asyncio.gather(*(chat.proves(course) for chat, course in chats))
    await asyncio.gather(*(chat.submits(course) for chat, course in chats))
    assert await school.enrolled(first) + await school.enrolled(second) == 1


async def test_a_seat_given_back_during_a_rush_is_taken_once(school, visitor):
    course = await school.opens(capacity=1, waitlist_capacity=0)
    holder, rest = visitor("holder"), [visitor(f"r{n}") for n in range(12)]
    await asyncio.gather(*(each.fills_in(course, mobile=f"010-0000-{n:04}") for n, each in enumerate(rest)))
    await holder.registers(course, mobile="010-0000-9999")
    mine = (await school.live(course))[0]
    await asyncio.gather(holder.goes_to(f"mine/{mine}/cancel/yes"), *(each.submits(course) for each in rest))
    assert await school.enrolled(course) <= 1
