"""Many who want the same slot, or one who books in many chats, at the same moment."""

import asyncio
from datetime import time

from handlers.counseling import slots
from storage.counseling import appointments, counselors
from tests.support.counseling.centre import FIRST, books, fills_in, labels

TEN = range(10)


def count(told, words):
    return sum(words in each for each in told)


async def test_of_ten_after_one_slot_one_has_it_and_the_others_are_offered_other_slots(centre, visitor, dawdling):
    people = [visitor(f"r{number}") for number in TEN]
    await asyncio.gather(*(fills_in(each, number) for number, each in enumerate(people)))
    dawdling(appointments, "add")
    told = await asyncio.gather(*(each.presses("이대로 예약하기") for each in people))
    assert (count(told, "상담을 예약했어요"), count(told, "방금 다른 분이 예약하셨어요")) == (1, 9)
    assert await centre.live() == ["11-24 10:00"]
    assert all("오전 10시 30분" in labels(each) for each, said in zip(people, told, strict=True) if "방금" in said)


async def test_the_unique_key_alone_gives_a_slot_once(centre, visitor, dawdling, monkeypatch):
    monkeypatch.setattr(counselors, "lock", lambda *_: None)
    people = [visitor(f"r{number}") for number in TEN]
    await asyncio.gather(*(fills_in(each, number) for number, each in enumerate(people)))
    dawdling(appointments, "add")
    told = await asyncio.gather(*(each.presses("이대로 예약하기") for each in people))
    assert (count(told, "상담을 예약했어요"), await centre.live()) == (1, ["11-24 10:00"])


async def test_one_person_in_ten_chats_that_are_proven_theirs_books_one_appointment(centre, visitor, dawdling):
    chats = [visitor(f"r{number}") for number in TEN]
    await asyncio.gather(*(fills_in(each, 1, proven=True) for each in chats))
    dawdling(appointments, "add")
    told = await asyncio.gather(*(each.presses("이대로 예약하기") for each in chats))
    assert (count(told, "상담을 예약했어요"), count(told, "여기서는 상담을 예약할 수 없어요")) == (1, 9)
    assert len(await centre.live()) == 1


async def test_ten_chats_that_tell_one_number_book_no_more_than_two_appointments(centre, visitor, dawdling):
    chats = [visitor(f"r{number}") for number in TEN]
    slots_ = ("오전 10시", "오전 10시 30분", "오전 11시", "오전 11시 30분")
    await asyncio.gather(*(fills_in(each, 1, slots_[number % 4]) for number, each in enumerate(chats)))
    dawdling(appointments, "add")
    told = await asyncio.gather(*(each.presses("이대로 예약하기") for each in chats))
    assert count(told, "전화해 주시면") >= 6
    assert len(await centre.live()) == 2


async def test_one_chat_that_ten_processes_serve_books_one_appointment(centre, processes, dawdling):
    one = processes(10)
    await fills_in(one[0]())
    dawdling(slots, "free")
    told = await asyncio.gather(*(each().goes_to("forms/counsel/0/submit") for each in one))
    assert (count(told, "상담을 예약했어요"), len(await centre.live())) == (1, 1)


async def wants_to_move(resident, number):
    """Somebody has an appointment between ten and three, and is about to move it to half past three."""
    hours = [f"{half} {hour}시{minutes}" for half, of in (("오전", (10, 11)), ("낮", (12,)), ("오후", (1, 2)))
             for hour in of for minutes in ("", " 30분")]  # fmt: skip
    await books(resident, number, slot=hours[number])
    for label in ("상담 시간 바꾸기", FIRST, "오후 3시 30분"):
        await resident.presses(label)


async def test_of_ten_who_move_to_one_slot_one_gets_it_and_nobody_loses_her_own(centre, visitor, dawdling):
    await centre.opens("A", {1: [(time(10), time(16))]})
    people = [visitor(f"r{number}") for number in TEN]
    for number, each in enumerate(people):
        await wants_to_move(each, number)
    dawdling(appointments, "move")
    told = await asyncio.gather(*(each.presses("이 시간으로 바꾸기") for each in people))
    assert (count(told, "상담 시간을 바꾸었어요"), len(await centre.live()), len(set(await centre.live()))) == (
        1,
        10,
        10,
    )
