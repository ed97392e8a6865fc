"""What each kind of notice says, to whom, when, and when it is not said."""

import asyncio
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from bot.courier import Gone
from storage import courses, enrollments, outbox, sessions
from storage.tables import enrollments as enrollment_table
from storage.tables import outbox as outbox_table
from tests.domain import SEOUL

long_on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # days that pass take their time


def at(moment):
    return datetime.strptime(f"2026-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=SEOUL)


async def attends(school, resident, clock):
    """A course with one resident, a minute before she is reminded of its first class; and her enrollment."""
    course = await school.opens()
    await resident(1).registers(course)
    school.now = at("12-07 17:59")
    assert len(await clock.ticks()) == 1
    return course, (await school.live(course))[0]


async def change(school, course, deed):
    """An officer changes the second class by `deed(tx, session)`."""

    def work(tx):
        courses.lock(tx, course)
        return deed(tx, sessions.of_courses(tx, [course])[1])

    await school.database.write(work)


def moved(school, **by):
    gap = timedelta(**by)
    return lambda tx, session: sessions.move(tx, session, (session.starts_at + gap, session.ends_at + gap), school.now)


async def reads_news(resident, *topics):
    await resident.says("소식 받기")
    await resident.presses("새 강좌 소식")
    await resident.presses("동의하고")
    if topics:
        await resident.says("관심 분야")
    for topic in topics:
        await resident.presses(topic)


# --- reminders ---


async def test_a_reminder_says_when_and_where_and_what_to_bring(school, resident, clock):
    await attends(school, resident, clock)
    (letter,) = await clock.until(at("12-07 18:00"))
    assert letter.text.startswith("내일 오전 10시에 ‘바리스타 2급’ 1회차 수업이 있어요.")
    assert "장소: 실습실 A\n준비물: 앞치마" in letter.text
    assert letter.labels == ["내 신청 보기", "이 알림 끄기"]


@long_on_sqlite
async def test_a_reminder_that_was_switched_off_is_not_sent_and_the_others_are(school, resident, clock):
    await attends(school, resident, clock)
    (letter,) = await clock.until(at("12-07 18:00"))
    await resident(1).goes_to(letter.reply.ways[-1].path)
    letters = await clock.until(at("12-15 12:00"))
    assert [letter.text[:5] for letter in letters] == ["오늘 오전", "오늘 오전"]


async def test_a_reminder_switched_off_while_it_waits_is_not_sent(school, resident, clock):
    await attends(school, resident, clock)
    school.now = at("12-07 18:00")
    await clock.plans()
    await resident(1).goes_to("reminders/day_before/off")
    assert await clock.ticks() == []
    rows = await school.rows(select(outbox_table.c.outcome).where(outbox_table.c.kind == "day_before"))
    assert [row.outcome for row in rows] == ["cancelled"]


async def test_a_missed_tick_is_made_up_unless_the_class_has_begun(school, resident, clock):
    await attends(school, resident, clock)
    await clock.ticks()
    school.now = at("12-08 09:30")
    assert [letter.text[:7] for letter in await clock.ticks()] == ["오늘 오전 1"] * 2
    school.now = at("12-15 10:01")
    assert await clock.ticks() == []


@long_on_sqlite
async def test_who_cancelled_is_not_reminded(school, resident, clock):
    course = await school.opens()
    await resident(1).registers(course)
    await resident(1).goes_to(f"mine/{(await school.live(course))[0]}/cancel/yes")
    assert await clock.until(at("12-08 12:00"), timedelta(hours=2)) == []


# --- changes ---


async def test_a_moved_class_is_told_once_with_the_old_and_the_new_time(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await change(school, course, moved(school, days=1))
    (letter,) = await clock.ticks()
    assert "• 12월 15일(화) 오전 10시 → 12월 16일(수) 오전 10시" in letter.text
    assert letter.labels == ["내 신청 보기", "달력에 넣기", "신청 취소하기"]
    assert await clock.ticks() == []


async def test_after_the_start_a_moved_class_names_the_number_to_call_and_no_cancelling(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await clock.until(at("12-09 12:00"))
    await change(school, course, moved(school, days=1))
    (letter,) = await clock.ticks()
    assert "오실 수 없으면 02-000-0000으로 전화해 주세요." in letter.text
    assert "신청 취소하기" not in letter.labels


async def test_a_class_moved_twice_is_told_from_where_one_believes_it_to_be(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await change(school, course, moved(school, days=1))
    await clock.ticks()
    school.waits(seconds=30)
    await change(school, course, moved(school, days=1))
    (letter,) = await clock.ticks()
    assert "• 12월 16일(수) 오전 10시 → 12월 17일(목) 오전 10시" in letter.text


async def test_a_class_moved_and_moved_back_before_it_could_be_told_is_not_spoken_of(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await clock.ticks()
    school.now = at("12-07 22:00")
    await change(school, course, moved(school, days=1))
    await clock.ticks()
    await change(school, course, moved(school, days=-1))
    assert [letter for letter in await clock.until(at("12-08 07:59")) if "바뀌었어요" in letter.text] == []
    letters = await clock.until(at("12-08 08:00"))
    assert [letter for letter in letters if "바뀌었어요" in letter.text] == []


@long_on_sqlite
async def test_a_class_of_today_that_moves_is_told_even_at_night(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await clock.until(at("12-15 06:00"), timedelta(hours=1))
    await change(school, course, moved(school, days=1))
    (letter,) = await clock.ticks()
    assert "바뀌었어요" in letter.text


async def test_a_class_that_moved_after_its_reminder_was_planned_is_not_reminded_of_as_it_was(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await clock.until(at("12-14 17:59"), timedelta(hours=3))
    school.now = at("12-14 18:00")
    await clock.plans()
    await change(school, course, moved(school, days=2))
    assert ["바뀌었어요" in letter.text for letter in await clock.ticks()] == [True]


async def test_a_closed_course_is_told_to_all_with_the_reason_and_what_is_open_instead(school, resident, clock):
    course = await school.opens(capacity=1)
    await school.opens(title="라떼아트")
    await school.opens(title="정리수납", category="생활")
    for number in (1, 2):
        await resident(number).registers(course, mobile=f"010-0000-000{number}")
    await school.database.write(lambda tx: courses.cancel(tx, course, "강사 사정"))
    first, second = await clock.ticks()
    assert first.text == second.text
    assert "‘바리스타 2급’이 열리지 않게 되었어요. 까닭: 강사 사정." in first.text
    assert first.labels[:2] == ["라떼아트", "정리수납"]
    assert await clock.until(at("12-30 12:00"), timedelta(hours=12)) == []


# --- decisions ---


async def decides(school, enrollment, state, **differing):
    await school.database.write(lambda tx: enrollments.decide(tx, [enrollment], state, school.now, **differing))


@pytest.mark.parametrize(
    ("channel", "state", "words"),
    [("visit", "confirmed", "신청이 접수되었습니다. 자리가 정해졌어요!"), ("visit", "waiting", "대기 1번이에요"),
     ("telegram", "confirmed", "선정되셨어요!")],
)  # fmt: skip
async def test_who_was_entered_or_selected_by_staff_is_told(school, resident, clock, channel, state, words):
    course = await school.opens(capacity=1)
    await resident(1).registers(course)
    (mine,) = await school.live(course)
    await school.changes(course, capacity=state == "confirmed")
    this = update(enrollment_table).where(enrollment_table.c.id == mine)
    await school.database.write(lambda tx: tx.execute(this.values(channel=channel)))
    await decides(school, mine, state)
    assert [words in letter.text for letter in await clock.ticks()] == [True]


async def test_a_seat_that_one_took_by_oneself_needs_no_notice(school, resident, clock):
    await resident(1).registers(await school.opens())
    assert await clock.ticks() == []


@long_on_sqlite
async def test_a_completer_is_congratulated_once(school, resident, clock):
    _, mine = await attends(school, resident, clock)
    school.now = at("12-29 14:00")
    await decides(school, mine, "completed", ended_at=school.now)
    letters = await clock.passes(days=2)
    assert [letter.text[:17] for letter in letters] == ["‘바리스타 2급’을 수료하셨어요"]


# --- news ---


@pytest.mark.parametrize(
    ("topics", "told"),
    [((), ["강좌 가", "강좌 나"]), (("저녁·주말",), ["강좌 나"]), (("생활",), ["강좌 나"]), (("낮", "생활"), [])],
)
async def test_news_are_of_what_one_chose_and_of_all_when_one_chose_nothing(school, resident, clock, topics, told):
    soon = {"apply_start": at("11-26 09:00"), "apply_end": at("12-03 18:00")}
    await school.opens(title="강좌 가", **soon)
    await school.opens(title="강좌 나", category="생활", daypart="evening", **soon)
    await reads_news(resident(1), *topics)
    await reads_news(resident(2), "식음료")
    letters = await clock.until(at("11-24 08:30"))
    mine = [card.title for letter in letters if letter.address == "1" for card in letter.reply.cards]
    assert mine == told


@long_on_sqlite
async def test_news_come_in_one_message_a_day_at_most(school, resident, clock):
    for hour in (9, 10, 11):
        await school.opens(apply_start=at(f"11-26 {hour:02}:00"), apply_end=at("12-03 18:00"))
    await reads_news(resident(1))
    letters = await clock.until(at("11-28 12:00"), timedelta(minutes=30))
    assert [letter.at.astimezone(SEOUL).isoformat()[5:16] for letter in letters] == ["11-23T10:00", "11-26T08:30"]
    assert len(letters[1].reply.cards) == 3


async def test_a_completer_hears_of_related_courses_whatever_she_chose(school, resident, clock):
    done = await school.opens(category="생활")
    await resident(1).registers(done)
    await decides(school, (await school.live(done))[0], "completed", ended_at=school.now)
    await school.opens(title="정리수납 고급", category="생활", apply_start=at("11-27 09:00"))
    await school.opens(title="꽃꽂이", category="원예", apply_start=at("11-27 09:00"))
    await reads_news(resident(1), "저녁·주말")
    letters = await clock.until(at("11-24 09:00"))
    assert [card.title for letter in letters for card in letter.reply.cards] == ["정리수납 고급"]


@long_on_sqlite
async def test_who_did_not_agree_gets_no_news(school, resident, clock):
    await school.opens(apply_start=at("11-26 09:00"))
    await resident(1).says("안녕하세요")
    assert await clock.until(at("11-27 12:00")) == []


@long_on_sqlite
@pytest.mark.parametrize("words", ["수신거부", "그만", "그만 받기", "stop"])
async def test_a_word_stops_news_at_once_also_what_is_queued(school, resident, clock, words):
    await school.opens(apply_start=at("11-26 09:00"))
    await reads_news(resident(1))
    school.now = at("11-26 08:30")
    await clock.plans()
    assert "보내려던 것도 멈췄어요" in await resident(1).says(words)
    assert await clock.until(at("12-01 12:00"), timedelta(hours=1)) == []


# --- hours ---


async def test_what_falls_due_at_night_waits_for_the_morning(school, resident, clock):
    course = await school.opens(start_time=time(7), end_time=time(9))
    await resident(1).registers(course)
    school.now = at("12-14 21:30")
    await clock.ticks()
    await change(school, course, moved(school, days=2))
    assert await clock.until(at("12-15 07:59")) == []
    assert [letter.text[:12] for letter in await clock.until(at("12-15 08:00"))] == ["‘바리스타 2급’ 수업"]


async def test_what_was_planned_in_the_evening_is_not_sent_at_night_by_a_service_that_was_down(school, resident, clock):
    await attends(school, resident, clock)
    school.now = at("12-07 18:00")
    await clock.plans()
    school.now = at("12-07 23:00")
    assert await clock.ticks() == []
    assert len(await clock.until(at("12-08 08:00"))) == 2


# --- who can't be written to ---


async def test_who_can_only_be_answered_finds_it_first_thing_at_the_next_visit_as_it_is_then(school, visitor, clock):
    course = await school.opens()
    await visitor("w1").registers(course)
    school.waits(minutes=1)
    await change(school, course, moved(school, days=1))
    assert await clock.ticks() == []
    await change(school, course, moved(school, days=1))
    told = await visitor("w1").says("강좌")
    assert told.startswith("그동안 전해 드리지 못한 알림이에요.")
    assert "12월 15일(화) 오전 10시 → 12월 17일(목) 오전 10시" in told
    assert "전해 드리지" not in await visitor("w1").says("강좌")


async def test_what_has_become_untrue_by_the_next_visit_is_not_told(school, visitor, clock):
    await visitor("w1").registers(await school.opens())
    await clock.until(at("12-07 18:00"), timedelta(hours=6))
    school.now = at("12-10 10:00")
    assert "전해 드리지" not in await visitor("w1").says("강좌")


async def test_a_bug_in_what_was_missed_does_not_hide_what_was_just_done(school, visitor, clock, monkeypatch):
    first, second = await school.opens(), await school.opens(title="라떼아트", term="2027-H1")
    await visitor("w1").registers(first)
    await school.database.write(lambda tx: courses.cancel(tx, first, "강사 사정"))
    await clock.ticks()
    monkeypatch.setattr(courses, "cancelled", lambda *_: 1 / 0)
    await visitor("w1").goes_to(f"forms/enroll/{second}")
    assert "접수되었습니다" in await visitor("w1").submits(second)
    assert await school.enrolled(second) == 1


async def test_who_blocked_the_bot_is_written_to_no_more_and_listed_as_not_reached(school, resident, clock):
    await attends(school, resident, clock)
    clock.post.failing["1"] = [Gone("unreachable")] * 2
    await clock.until(at("12-08 09:00"))
    rows = await school.database.read(lambda tx: outbox.with_outcome(tx, "unreached"))
    assert [row.kind for row in rows] == ["two_hours_before", "day_before"]
    assert len(clock.post.failing["1"]) == 1


async def test_several_processes_that_tick_at_once_plan_once(school, resident, clock):
    course = await school.opens()
    for number in range(1, 13):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    school.now = at("12-07 18:00")
    await asyncio.gather(*(clock.plans() for _ in range(10)))
    assert len(await school.rows(select(outbox_table.c.id).where(outbox_table.c.kind == "day_before"))) == 12
    assert len([letter for letter in await clock.ticks() if "1회차" in letter.text]) == 12


async def test_english_readers_are_told_in_english(school, resident, clock):
    await attends(school, resident, clock)
    await resident(1).says("English")
    (letter,) = await clock.until(at("12-07 18:00"))
    assert letter.text.startswith("Class 1 of ‘바리스타 2급’ is tomorrow at 10 am.")
