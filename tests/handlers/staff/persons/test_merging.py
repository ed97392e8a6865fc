"""Two records of one person: what becomes of what both have, and that all of it can be undone."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from handlers.staff.desk import acts, undoing
from handlers.staff.persons.merging import MERGE
from storage.people import consents, merging, personal, represented
from storage.tables import addresses, drafts, enrollments, journal, metadata, outbox, residents
from storage.tables.rules import ByItself
from tests.support.clock.clockwork import Clockwork
from tests.support.clock.scenes import at
from tests.support.counseling.centre import books
from tests.support.domain import MONDAY

pytestmark = pytest.mark.on_sqlite

SAME = {"name": "홍길동", "birth_year": "1983"}


def test_every_table_that_is_merged_by_itself_has_a_function():
    by_itself = {table.name for table, rule in personal.tables() if isinstance(rule.merging, ByItself)}
    assert by_itself == set(merging.BY_ITSELF)


async def merges(school, kept=1, gone=2, **more):
    return await school.asks(acts.perform, MERGE, {"kept": kept, "gone": gone}, **more)


async def undoes(school):
    (entry,) = await school.rows(select(func.max(journal.c.id)).where(journal.c.action == MERGE.name))
    return await school.asks(undoing.undo, entry[0])


async def two_chats(school, resident, *course_ids):
    """One person who registered for all of these in each of two chats, as officers find out later."""
    for number, mobile in ((1, "010-0000-0001"), (2, "010-0000-0002")):
        await resident(number).registers(course_ids[0], **SAME, mobile=mobile)
        for course in course_ids[1:]:
            await resident(number).goes_to(f"forms/enroll/{course}")
            await resident(number).submits(course)


async def all_rows(school, *unless):
    """Everything that is stored but for these tables."""
    found = {}
    for table in metadata.sorted_tables:
        if table.name not in {"journal", "journal_subjects", *unless}:
            columns = [column for column in table.c if column.name != "changed"]  # a number that only grows
            found[table.name] = sorted(map(repr, await school.rows(select(*columns))))
    return found


async def seats(school):
    query = select(enrollments.c.resident_id, enrollments.c.state).order_by(enrollments.c.id)
    return [tuple(row) for row in await school.rows(query)]


@pytest.mark.on_both
async def test_all_that_one_has_becomes_the_others_and_undoing_brings_all_of_it_back(school, resident, clock):
    first, second = await school.opens(), await school.opens(term="2027-H1", weekdays=(2,))
    await two_chats(school, resident, first, second)
    await resident(2).goes_to("news/news/on")
    await resident(2).goes_to(f"courses/{first}/await")
    await clock.ticks()
    before = await all_rows(school)
    await merges(school)
    assert await all_rows(school) != before
    await undoes(school)
    assert await all_rows(school) == before


async def test_the_better_seat_stays_and_the_other_goes_to_the_line(school, resident):
    course = await school.opens(capacity=2, waitlist_capacity=3)
    await two_chats(school, resident, course)
    await resident(3).registers(course, name="임꺽정", mobile="010-0000-0003")
    assert await seats(school) == [(1, "confirmed"), (2, "confirmed"), (3, "waiting")]
    await merges(school)
    assert await seats(school) == [(1, "confirmed"), (1, "merged"), (3, "offered")]
    await undoes(school)
    assert await seats(school) == [(1, "confirmed"), (2, "confirmed"), (3, "waiting")]


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        ({"state": "waiting"}, {"state": "confirmed"}, 2),
        ({"state": "waiting"}, {"state": "offered"}, 2),
        ({"state": "offered"}, {"state": "confirmed"}, 2),
        ({"state": "offered", "offer_until": MONDAY - timedelta(days=1)}, {"state": "waiting"}, 2),
        ({"state": "waiting", "rank": 3}, {"state": "waiting", "rank": 2}, 2),
        ({"state": "waiting"}, {"state": "waiting"}, 1),
        ({"state": "applied"}, {"state": "waiting"}, 2),
        ({"state": "confirmed", "unchecked_since": True}, {"state": "waiting"}, 2),
    ],
)
@pytest.mark.on_sqlite
async def test_of_two_places_in_a_course_the_better_stays(school, resident, first, second, stays):
    await two_chats(school, resident, await school.opens())
    for number, values in ((1, first), (2, second)):
        values = {**values, "unchecked_since": school.now if values.get("unchecked_since") else None}
        await school.database.write(
            lambda tx, number=number, values=values: tx.execute(
                enrollments.update().where(enrollments.c.id == number).values(values)
            )
        )
    await merges(school)
    assert [row.id for row in await school.rows(select(enrollments.c.id).where(enrollments.c.state != "merged"))] == [
        stays
    ]


@pytest.mark.on_both
async def test_of_two_talks_the_earlier_stays(school, resident, centre):
    await books(resident(1), 1, slot="오전 11시")
    await books(resident(2), 2)
    await merges(school)
    talks = await centre.appointments()
    assert [(each.resident_id, each.state) for each in talks] == [(1, "cancelled"), (1, "booked")]
    await undoes(school)
    assert await centre.live() == ["11-24 10:00", "11-24 11:00"]


async def test_a_no_counts_more_than_a_yes(school, resident):
    await two_chats(school, resident, await school.opens())
    await resident(1).goes_to("news/news/off")
    await resident(2).goes_to("news/news/on")
    await resident(2).goes_to("news/jobs/on")
    await merges(school)
    mine = await school.database.read(
        lambda tx: [consents.agreed(tx, 1, purpose) is not None for purpose in ("news", "jobs")]
    )
    assert sorted(mine) == [False, True]


@pytest.mark.on_both
async def test_of_two_half_filled_forms_the_newer_goes_on(school, resident):
    course = await school.opens()
    await resident(1).fills_in(course, until="mobile", **SAME)
    school.waits(minutes=5)
    await resident(2).fills_in(course, until="name", **SAME)
    before = await school.rows(select(drafts).order_by(drafts.c.id))
    await merges(school)
    (mine,) = await school.rows(select(drafts.c.log).where(drafts.c.resident_id == 1))
    assert "name" not in dict(mine.log)
    assert "이름" in await resident(2).goes_to(f"forms/enroll/{course}")
    await undoes(school)
    assert [row.id for row in await school.rows(select(drafts).order_by(drafts.c.id))] == [row.id for row in before]


@pytest.mark.on_both
async def test_the_record_that_stays_learns_what_it_did_not_know_and_forgets_it_again(school, resident):
    await resident(1).says("안녕하세요")
    await resident(1).goes_to("news/news/on")
    await resident(2).registers(await school.opens(), **SAME)
    await merges(school)
    names = select(residents.c.name, residents.c.mobile).order_by(residents.c.id)
    assert [tuple(row) for row in await school.rows(names)] == [("홍길동", "+821000000001")] * 2
    await undoes(school)
    assert [row.name for row in await school.rows(names)] == [None, "홍길동"]


@pytest.mark.on_both
async def test_the_journal_of_a_merge_holds_no_name_no_number_and_no_address(school, visitor):
    await visitor("address-one").registers(await school.opens(), **SAME)
    await visitor("address-two").registers(await school.opens(), **SAME, mobile="010-0000-0002")
    await merges(school)
    (row,) = await school.rows(select(journal).where(journal.c.action == MERGE.name))
    written = json.dumps([row.args, row.changes], ensure_ascii=False)
    assert not [said for said in ("홍길동", "address-", "0000000", "1983", "청구동") if said in written]


async def test_who_was_merged_speaks_as_the_one_who_stays(school, resident):
    course = await school.opens()
    await resident(1).registers(course, **SAME)
    await resident(2).says("안녕하세요")
    await resident(2).goes_to("news/news/on")
    await merges(school)
    assert "바리스타" in await resident(2).says("내 신청")
    assert "이미 신청" in await resident(2).goes_to(f"forms/enroll/{course}")


async def test_both_chats_are_told_each_once_and_of_an_undoing_those_who_were_told(school, resident, clock):
    await two_chats(school, resident, await school.opens())
    await merges(school)
    assert await clock.ticks() == []
    told = await clock.passes(minutes=11)
    assert sorted((each.address, "이었어요" in each.text) for each in told if "이었" in each.text) == [
        ("1", True),
        ("2", True),
    ]
    await undoes(school)
    parted = [each.address for each in await clock.ticks() if "다시 나누었어요" in each.text]
    assert sorted(parted) == ["1", "2"]


async def test_what_is_undone_within_the_grace_nobody_hears_of(school, resident, clock):
    await two_chats(school, resident, await school.opens())
    await merges(school)
    await undoes(school)
    assert [each.text for each in await clock.passes(hours=2) if "이었" in each.text or "나누" in each.text] == []


async def test_after_a_day_it_stays_and_the_record_that_went_is_empty(school, resident):
    await two_chats(school, resident, await school.opens())
    await merges(school)
    school.waits(hours=25)
    assert "되돌릴 수 없습니다" in await school.declines(undoing.undo, 1)
    day = school.days(1)
    await school.database.write(lambda tx: merging.settle_before(tx, school.now - day, school.now))
    (gone,) = await school.rows(select(residents).where(residents.c.id == 2))
    assert (gone.name, gone.mobile, gone.merged_into) == (None, None, 1)
    assert (await seats(school))[0] == (1, "confirmed")


async def test_a_seat_that_somebody_took_meanwhile_is_not_taken_from_them(school, resident, clock):
    course = await school.opens(capacity=2, waitlist_capacity=3)
    await two_chats(school, resident, course)
    await resident(3).registers(course, name="임꺽정", mobile="010-0000-0003")
    await merges(school)
    await resident(3).goes_to("mine/3/accept")
    said = await school.declines(undoing.undo, 1)
    assert "신청 3: ‘바리스타 2급’" in said
    assert await seats(school) == [(1, "confirmed"), (1, "merged"), (3, "confirmed")]


@pytest.mark.on_both
async def test_a_seat_that_somebody_registered_for_meanwhile_is_not_given_twice(school, resident):
    course = await school.opens(capacity=2)
    await two_chats(school, resident, course)
    await merges(school)
    await resident(3).registers(course, name="임꺽정", mobile="010-0000-0003")
    assert "이미 3명이 자리를 얻어 정원 2명으로 되돌릴 수 없습니다" in await school.declines(undoing.undo, 1)
    await school.changes(course, capacity=3)
    await undoes(school)
    assert await seats(school) == [(1, "confirmed"), (2, "confirmed"), (3, "confirmed")]


async def test_what_cannot_be_merged_is_declined(school, resident):
    await two_chats(school, resident, await school.opens())
    perform = (acts.perform, MERGE)
    assert "서로 다른 두 기록" in await school.declines(*perform, {"kept": 1, "gone": 1})
    assert "이런 기록이 없습니다" in await school.declines(*perform, {"kept": 1, "gone": 9})
    await merges(school)
    assert "이미 기록 1에 합친" in await school.declines(*perform, {"kept": 1, "gone": 2}, again=True)


async def test_an_officer_sees_before_it_is_done_which_seat_stays_and_that_names_differ(school, resident):
    course = await school.opens(code="T")
    await resident(1).registers(course, **SAME)
    await resident(2).registers(course, name="홍길순", mobile="010-0000-0002")
    told = "\n".join(await merges(school))
    assert "이름이 서로 다릅니다. 같은 분인 것을 직접 확인한 뒤에 합쳐 주세요." in told
    assert "같은 분의 다른 신청과 합침" in told


@pytest.mark.on_sqlite
@pytest.mark.parametrize("told_to", [1, 2])
async def test_what_was_told_to_one_is_not_told_to_the_other(school, resident, clock, told_to):
    await two_chats(school, resident, await school.opens())
    await clock.until(at("12-07 17:59"), timedelta(hours=12))
    school.now = at("12-07 18:00")
    await clock.plans()
    first = (outbox.c.kind == "day_before", outbox.c.resident_id == told_to)
    told = {"outcome": "sent", "started_at": school.now, "settled_at": school.now}
    await school.database.write(lambda tx: tx.execute(outbox.update().where(*first).values(told)))
    await merges(school)
    assert [each.address for each in await clock.ticks() if "1회차" in each.text] == []


@pytest.mark.on_sqlite
async def test_what_both_are_owed_is_told_once(school, resident, clock):
    await two_chats(school, resident, await school.opens())
    await clock.until(at("12-07 17:59"), timedelta(hours=12))
    school.now = at("12-07 18:00")
    await clock.plans()
    await merges(school)
    assert len([each for each in await clock.ticks() if "1회차" in each.text]) == 1


async def test_news_that_one_was_told_is_not_told_again_by_a_process_that_starts(school, resident, clock, settings):
    await school.opens(apply_start=at("11-27 09:00"), apply_end=at("12-03 18:00"))
    await resident(1).says("안녕하세요")
    await resident(1).goes_to("reminders/all/off")
    await resident(2).goes_to("news/news/on")
    await clock.until(at("11-24 08:31"))
    assert [each.address for each in clock.post.letters if "소식" in each.text] == ["2"]
    await merges(school)
    again = Clockwork(school, settings)
    assert [each for each in await again.ticks() if "강좌 소식" in each.text] == []


@pytest.mark.on_sqlite
async def test_what_both_wait_for_is_told_once(school, resident, clock):
    coming = await school.opens(apply_start=at("11-25 09:00"))
    for number in (1, 2):
        await resident(number).goes_to(f"courses/{coming}/await")
    await merges(school)
    told = [each for each in await clock.until(at("11-25 10:00")) if "기다리시던" in each.text]
    assert len(told) == 1
    assert await school.rows(select(outbox.c.id).where(outbox.c.resident_id == 2)) == []


@pytest.mark.on_both
async def test_whoever_speaks_where_both_were_is_the_one_who_stays_and_undoing_gives_it_back(school, resident):
    """She had begun a record of her own in the chat that speaks for the one that stays."""
    await resident(1).registers(await school.opens(), **SAME)
    here = {"channel": "telegram", "address": "1", "is_main": False, "created_at": school.now}
    add = residents.insert().values(language="ko", created_at=school.now)
    await school.database.write(
        lambda tx: (tx.execute(add), tx.execute(addresses.insert().values(**here, resident_id=2)))
    )
    await merges(school, kept=2, gone=1)
    assert "바리스타 2급" in await resident(1).says("내 신청")
    assert await speakers(school) == [(1, False), (2, True)]
    assert await school.database.read(lambda tx: represented.at(tx, "telegram", "1")) == []
    await undoes(school)
    assert await speakers(school) == [(1, True), (2, False)]


async def speakers(school):
    query = select(addresses.c.resident_id, addresses.c.is_main).where(addresses.c.address == "1")
    return [tuple(row) for row in await school.rows(query.order_by(addresses.c.resident_id))]
