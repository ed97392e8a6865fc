"""What officers decide about a course by a command: seats, the end of it, and its classes."""

import hashlib
from datetime import date, datetime, timedelta
from itertools import takewhile

import pytest
from sqlalchemy import select, update

from handlers.seating import protocol
from handlers.staff.courses import closing, lotteries, selections
from handlers.staff.courses.classes import moving
from handlers.staff.courses.completion import completing
from storage.seating import draws as stored
from storage.tables import draws, enrollments
from storage.teaching import courses, sessions
from tests.support.domain import PUBLIC_VALUE, SEOUL

pytestmark = pytest.mark.on_sqlite

CLOSED = datetime(2026, 12, 1, 9, tzinfo=SEOUL)


async def applied(school, resident, people=5, **differing):
    """A course with so many applications whose registration is over, and their numbers."""
    course = await school.opens(**{"capacity": 2, "waitlist_capacity": 2, "selection": "lottery", **differing})
    await school.promises_lotteries()
    for number in range(1, people + 1):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    school.now = CLOSED
    return course, await school.live(course)


async def code_of(school, course):
    return (await school.database.read(lambda tx: courses.find(tx, course))).code


async def states(school, course):
    rows = await school.rows(select(enrollments).where(enrollments.c.course_id == course).order_by(enrollments.c.id))
    return [row.state for row in rows]


async def refusal(school, command, *given):
    return await school.declines(command, *given)


# --- lotteries ---


def after(written, name):
    return next(line.removeprefix(name) for line in written.splitlines() if line.startswith(name))


def rows_below(written, head):
    """The rows of numbers below this head."""
    lines = written.splitlines()
    return [line.split(",") for line in takewhile(lambda line: line[:1].isdigit(), lines[lines.index(head) + 1 :])]


async def seeded(school, course, seed="5eed" * 8):
    this = update(draws).where(draws.c.course_id == course).values(seed=seed)
    await school.database.write(lambda tx: tx.execute(this))


@pytest.mark.on_both
async def test_the_same_seed_gives_the_same_result_on_both_databases(school, resident):
    course, mine = await applied(school, resident)
    await seeded(school, course)
    await school.hears_the_public_value(await code_of(school, course))
    listed = [[number, 0, number] for number in mine]
    await school.database.write(lambda tx: tx.execute(update(draws).values(applications=listed)))
    told = await school.asks(lotteries.draw, await code_of(school, course), PUBLIC_VALUE)
    assert "신청 5명: 선정 2명, 대기 2명, 미선정 1명." in told
    assert mine == [1, 2, 3, 4, 5]
    assert await states(school, course) == ["waiting", "waiting", "confirmed", "not_selected", "confirmed"]


async def test_a_draw_can_be_run_again_and_a_second_one_is_refused(school, resident):
    course, _ = await applied(school, resident)
    code = await code_of(school, course)
    assert "아직 추첨하지 않았습니다" in await refusal(school, lotteries.verify, code)
    await school.draws(code)
    again = await school.gets(lotteries.verify, code)
    assert (again.notes, again.is_good) == (("다시 추첨했습니다. 같은 결과입니다.",), True)
    assert "이미 추첨했습니다" in await refusal(school, lotteries.draw, code)


@pytest.mark.on_both
async def test_a_changed_application_changes_the_published_hash_and_is_found(school, resident):
    course, mine = await applied(school, resident)
    await school.draws(await code_of(school, course))
    forged = [[mine[0], 0, 1], *([number, 1, number] for number in mine[1:])]
    this = update(draws).where(draws.c.course_id == course).values(applications=forged)
    await school.database.write(lambda tx: tx.execute(this))
    assert not (await school.gets(lotteries.verify, await code_of(school, course))).is_good
    lines = await school.asks(lotteries.verify, await code_of(school, course))
    assert "- 신청 목록이 공개한 값과 다릅니다." in lines


async def test_a_changed_place_is_found(school, resident):
    course, mine = await applied(school, resident)
    await school.draws(await code_of(school, course))
    this = update(enrollments).where(enrollments.c.id == mine[2]).values(rank=9)
    await school.database.write(lambda tx: tx.execute(this))
    assert not (await school.gets(lotteries.verify, await code_of(school, course))).is_good
    lines = await school.asks(lotteries.verify, await code_of(school, course))
    assert lines[-1].startswith(f"- 신청 {mine[2]}: 다시 추첨하면")


async def test_the_hash_on_the_card_before_the_close_is_that_of_the_seed_that_was_drawn_by(school, resident, visitor):
    course = await school.opens(selection="lottery")
    await school.promises_lotteries()
    shown = await visitor("looks").goes_to(f"courses/{course}/more")
    found = await school.database.read(lambda tx: stored.find(tx, course))
    assert protocol.seed_hash(found)[:16] in shown.replace(" ", "")
    assert found.seed not in shown


@pytest.mark.parametrize(
    ("differing", "words"),
    [({"selection": "first_come"}, "‘선착순’ 과정이라 추첨하지 않습니다"),
     ({"selection": "review"}, "뽑으려면: python -m bot select"),
     ({"apply_end": CLOSED + timedelta(days=1)}, "12월 2일(수) 오전 9시 뒤에 저절로 목록을 확정합니다")],
)  # fmt: skip
async def test_a_draw_that_can_not_be_is_refused_with_what_to_do(school, resident, differing, words):
    course, _ = await applied(school, resident, 1, **differing)
    assert words in await refusal(school, lotteries.draw, await code_of(school, course))


async def test_anybody_can_draw_again_from_the_protocol_that_holds_no_names(school, resident):
    course, mine = await applied(school, resident)
    await school.draws(await code_of(school, course))
    written = await school.asks(lotteries.write, await code_of(school, course))
    seed, value = (after(written, name) for name in ("씨앗: ", "나온 공개값: "))
    listed = rows_below(written, "신청번호,묶음,추첨번호")
    drawn = rows_below(written, "순서,신청번호,묶음,추첨번호,추첨값")
    tickets = {hashlib.sha256(f"{seed}:{value}:{number}".encode()).hexdigest(): one for one, _, number in listed}
    assert [one for _, one, *_ in drawn] == [tickets[ticket] for ticket in sorted(tickets)]
    assert sorted(int(one) for one, *_ in listed) == mine
    assert "홍길동" not in written


# --- selections ---


async def test_those_who_are_chosen_have_seats_and_the_rest_a_place_in_line(school, resident):
    course, mine = await applied(school, resident, selection="review")
    told = await school.asks(selections.accept, await code_of(school, course), [mine[4], mine[1]])
    assert "신청 5명: 선정 2명, 대기 2명, 미선정 1명." in told
    assert await states(school, course) == ["waiting", "confirmed", "waiting", "not_selected", "confirmed"]
    assert "이미 선발했습니다" in await refusal(school, selections.accept, await code_of(school, course), [mine[0]])


async def test_groups_that_come_first_are_listed_first(school, resident):
    course = await school.opens(selection="priority", priority=("경력단절여성",))
    await resident(1).registers(course, target="해당 없어요")
    await resident(2).registers(course, mobile="010-0000-0002", target="네")
    lines = await school.asks(selections.show, await code_of(school, course))
    assert lines[1:4] == [
        "순서  신청번호  묶음          이름    태어난 해  휴대전화       신청한 때                사는 곳",
        "1.    2         경력단절여성  홍길동  1983       010-0000-0002  11월 23일(월) 오전 10시  청구동",
        "2.    1         그 밖         홍길동  1983       010-0000-0001  11월 23일(월) 오전 10시  청구동",
    ]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([1, 2, 3], "빈자리는 2개인데 3명을"), ([1, 1], "신청 1: 두 번 적"), ([99], "이 과정의 신청이 아닙니다")],
)  # fmt: skip
async def test_numbers_that_can_not_be_chosen_are_named_and_nothing_is_changed(school, resident, numbers, words):
    course, _ = await applied(school, resident, selection="review")
    assert words in await refusal(school, selections.accept, await code_of(school, course), numbers)
    assert set(await states(school, course)) == {"applied"}


@pytest.mark.parametrize(
    ("differing", "words"),
    [({"selection": "first_come"}, "‘선착순’ 과정입니다"), ({"selection": "lottery"}, "추첨하려면: python -m bot draw"),
     ({"apply_end": CLOSED + timedelta(days=1)}, "12월 2일(수) 오전 9시에 접수가 끝난 뒤에 선발해 주세요")],
)  # fmt: skip
async def test_a_selection_that_can_not_be_is_refused_with_what_to_do(school, resident, differing, words):
    course, mine = await applied(school, resident, 1, **{"selection": "review", **differing})
    assert words in await refusal(school, selections.accept, await code_of(school, course), mine)


# --- the end of a course ---


async def test_a_closed_course_tells_how_many_will_hear_of_it_and_how_many_can_not(school, resident, visitor):
    course = await school.opens()
    await resident(1).registers(course)
    await visitor("w1").registers(course, mobile="010-0000-0002")
    told = await school.asks(closing.close, await code_of(school, course), "신청 인원 부족.")
    assert told[0].endswith("폐강했습니다. 까닭: 신청 인원 부족")
    assert told[1:] == [
        "알릴 분 2명 가운데 1명에게 저절로 알립니다 (텔레그램 1명).",
        "나머지 1명은 알림을 보낼 수 없어 따로 연락해야 합니다.",
        "잠시 뒤 명단을 보려면: python -m bot outbox",
    ]
    assert "이미 폐강한 과정입니다" in await refusal(school, closing.close, await code_of(school, course), "다시")


async def test_an_unknown_course_is_refused_with_those_that_look_alike(school):
    course = await school.opens(title="정리수납")
    assert "정리수납" in await refusal(school, closing.close, "정리수낭", "까닭")
    assert await code_of(school, course) in await refusal(school, closing.close, "정리수낭", "까닭")


async def test_completers_are_those_who_are_not_excepted_after_the_last_class_only(school, resident):
    course, mine = await applied(school, resident, 3, selection="first_come", capacity=3)
    code = await code_of(school, course)
    assert "마지막 수업이" in await refusal(school, completing.complete, code, [mine[1]], False)
    school.now = datetime(2026, 12, 29, 14, tzinfo=SEOUL)
    told = await school.asks(completing.complete, code, [mine[1]], False)
    assert "수료 2명, 미수료 1명으로 정했습니다" in told[0]
    assert await states(school, course) == ["completed", "not_completed", "completed"]
    assert "이미 수료를 정했습니다" in await refusal(school, completing.complete, code, [], False)


# --- classes ---


async def begin(school, course):
    found = await school.database.read(lambda tx: sessions.of_courses(tx, [course]))
    return [each.starts_at.astimezone(SEOUL).strftime("%m-%d %H:%M") for each in found]


async def test_a_class_moves_and_keeps_its_length(school, resident):
    course, _ = await applied(school, resident, 1, selection="first_come")
    told = await school.asks(moving.move, await code_of(school, course), 2, "2026-12-16 오후 2시")
    assert "2회차를 옮겼습니다: 12월 15일(화) 오전 10시 → 12월 16일(수) 오후 2시" in told[0]
    assert told[-1] == "1명에게 저절로 알립니다 (텔레그램 1명)."
    assert await begin(school, course) == ["12-08 10:00", "12-16 14:00", "12-22 10:00", "12-29 10:00"]


async def test_a_dropped_class_is_gone_and_the_later_ones_count_on(school, resident):
    course, _ = await applied(school, resident, 1, selection="first_come")
    told = await school.asks(moving.drop, await code_of(school, course), 2)
    assert "2회차를 없앴습니다: 12월 15일(화) 오전 10시" in told[0]
    assert await begin(school, course) == ["12-08 10:00", "12-22 10:00", "12-29 10:00"]


@pytest.mark.parametrize(
    ("number", "when", "words"),
    [(9, "2026-12-16", "9회차가 없습니다"), (2, "2026-11-02 10:00", "이미 지난 때입니다"),
     (2, "내일쯤", "날짜와 시각을 적어 주세요"), (2, "2026-12-15", "이미 그때"),
     (2, "2026-12-22 11:00", "같은 과정의 ‘바리스타 2급’ 3회차"), (2, "2026-12-16 2시", "오전인지 오후인지")],
)  # fmt: skip
async def test_a_time_that_can_not_be_is_refused_and_nothing_moves(school, resident, number, when, words):
    course, _ = await applied(school, resident, 1, selection="first_come")
    assert words in await refusal(school, moving.move, await code_of(school, course), number, when)
    assert await begin(school, course) == ["12-08 10:00", "12-15 10:00", "12-22 10:00", "12-29 10:00"]


async def test_a_class_that_is_over_or_the_only_one_left_is_refused(school, resident):
    course, _ = await applied(school, resident, 1, selection="first_come")
    code = await code_of(school, course)
    for _ in range(3):
        await school.asks(moving.drop, code, 1)
    assert "과정을 폐강하려면: python -m bot close-course" in await refusal(school, moving.drop, code, 1)
    school.now = datetime(2026, 12, 29, 10, tzinfo=SEOUL)
    assert "이미 시작했거나 끝난 수업입니다" in await refusal(school, moving.move, code, 1, "2026-12-30")


async def test_two_courses_can_not_have_one_room_at_one_time(school, resident):
    course, _ = await applied(school, resident, 1, selection="first_come")
    other = await school.opens(title="라떼아트", venue="실습실 A", start_date=date(2026, 12, 9))
    told = await refusal(school, moving.move, await code_of(school, course), 2, "2026-12-16 12:00")
    assert "같은 장소(실습실 A)의 ‘라떼아트’ 2회차(12월 16일(수) 오전 10시~오후 1시)와 겹칩니다" in told
    await school.changes(other, venue="실습실 B")
    assert "옮겼습니다" in (await school.asks(moving.move, await code_of(school, course), 2, "2026-12-16 12:00"))[0]
