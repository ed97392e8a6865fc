"""Officers, the courier and residents at the same time: a message goes out once, or is taken back whole."""

import asyncio
from collections import Counter

from sqlalchemy import select

from handlers.staff.desk import acts, undoing
from handlers.staff.desk.acts import DoneAlready
from handlers.staff.desk.declined import Declined
from handlers.staff.messages import pausing, sending
from storage.notices import announcements as kept
from storage.people import reaching, residents
from storage.seating import enrollments
from storage.tables import announcements, journal, outbox
from tests.support.notices.announcing import TEXT, owed_to, writes

TEN = range(10)


async def a_course_of_ten(school):
    """T, in which ten have seats who can be written to."""
    course = await school.opens(code="T")

    def work(tx):
        for number in range(1, 11):
            residents.welcome(tx, "telegram", f"{number}", "ko", school.now)
            enrollments.add(tx, course, number, "confirmed", "telegram", school.now)

    await school.database.write(work)


async def test_ten_who_send_the_same_at_once_send_it_once(school, dawdling, clock):
    await a_course_of_ten(school)
    dawdling(kept, "add")
    found = await asyncio.gather(*(writes(school, "T") for _ in TEN), return_exceptions=True)
    assert Counter(type(each) for each in found)[DoneAlready] == 9
    sent = [letter.address for letter in await clock.passes(hours=1) if TEXT in letter.text]
    assert sorted(map(int, sent)) == list(range(1, 11))


async def test_ten_who_send_again_at_once_send_it_once_to_each(school, dawdling, clock):
    await a_course_of_ten(school)
    await writes(school, "T")
    for number in range(1, 11):
        await school.database.write(lambda tx, n=number: reaching.mark_reachable(tx, "telegram", f"{n}", False))
    await clock.passes(hours=1)
    for number in range(1, 11):
        await school.database.write(lambda tx, n=number: reaching.mark_reachable(tx, "telegram", f"{n}", True))
    dawdling(kept, "owe_again")
    again = [school.gets(acts.perform, sending.AGAIN, {"number": 1}) for _ in TEN]
    found = await asyncio.gather(*again, return_exceptions=True)
    assert Counter(type(each) for each in found)[Declined] == 9
    sent = [letter.address for letter in await clock.passes(hours=1) if TEXT in letter.text]
    assert sorted(map(int, sent)) == list(range(1, 11))


async def test_taken_back_while_it_goes_out_everybody_hears_of_it_twice_or_never(school, dawdling, clock):
    """Who got it is told that it was a mistake, and nobody else gets either."""
    await a_course_of_ten(school)
    await writes(school, "T")
    (entry,) = await school.rows(select(journal.c.id).where(journal.c.action == "message"))
    school.waits(minutes=11)
    dawdling(kept, "take_back")
    delivering = clock._courier.deliver_due()
    await asyncio.gather(delivering, school.gets(undoing.undo, entry.id))
    await clock.passes(hours=1)
    heard = Counter(letter.address for letter in clock.post.letters if TEXT in letter.text)
    assert set(heard.values()) <= {2}
    assert len(heard) == len(await school.rows(select(outbox).where(outbox.c.kind == "corrected_announcement")))
    assert await owed_to(school) == []


async def test_paused_while_it_goes_out_nobody_gets_it_after_that_and_all_once_in_the_end(school, dawdling, clock):
    await a_course_of_ten(school)
    await writes(school, "T")
    school.waits(minutes=11)
    dawdling(kept, "pause")
    await asyncio.gather(
        clock._courier.deliver_due(), school.gets(acts.perform, pausing.PAUSE, {"number": 1}), return_exceptions=True
    )
    before = len(clock.post.letters)
    await clock.passes(hours=1)
    assert len(clock.post.letters) == before
    if (await school.rows(select(announcements.c.paused_at)))[0].paused_at:
        await school.gets(acts.perform, pausing.GO_ON, {"number": 1})
    await clock.passes(hours=1)
    assert sorted(int(each.address) for each in clock.post.letters if TEXT in each.text) == list(range(1, 11))


async def test_a_message_whose_process_died_while_sending_is_not_repeated_even_when_it_is_sent_again(school, clock):
    await a_course_of_ten(school)
    await writes(school, "T")
    school.waits(minutes=11)
    (owed, *_) = await clock._courier._claim(90)
    chosen = await school.database.read(lambda tx: clock._courier._leaving.choose(owed, tx))
    await school.database.write(lambda tx: clock._courier._leaving.prepare(owed, chosen, tx))
    await clock.passes(hours=1)
    await clock._courier.give_up_lost()
    assert "다시 보낼 분이 없습니다" in await school.declines(sending.again, 1)
    assert sum(letter.address == chosen.address for letter in clock.post.letters) == 0
