"""What is sent at about the same time leaves in one call, and everybody gets their own answer."""

import asyncio

import pytest

from bot.ways.together import Together


class Callee:
    """Answers twice the number; refuses three, and fails whenever it is told ten."""

    def __init__(self):
        self.calls = []

    async def __call__(self, numbers):
        self.calls.append(list(numbers))
        await asyncio.sleep(0)
        if 10 in numbers:
            raise OSError("nobody there")
        return [ValueError("three") if each == 3 else each * 2 for each in numbers]


async def test_those_of_one_moment_share_a_call_and_each_gets_its_answer():
    callee = Callee()
    together = Together(callee)
    answers = await asyncio.gather(*(together.send("a", each) for each in (1, 2, 3)), return_exceptions=True)
    assert callee.calls == [[1, 2, 3]]
    assert answers[:2] == [2, 4]
    assert isinstance(answers[2], ValueError)


async def test_a_call_takes_no_more_than_it_may_and_what_differs_goes_apart():
    callee = Callee()
    together = Together(callee, most=2)
    asked = [together.send(name, each) for name, each in (("a", 1), ("b", 2), ("a", 4), ("a", 5))]
    assert await asyncio.gather(*asked) == [2, 4, 8, 10]
    assert sorted(callee.calls) == [[1, 4], [2], [5]]


async def test_a_call_that_fails_is_everybodys_failure_and_the_next_one_is_made():
    callee = Callee()
    together = Together(callee)
    answers = await asyncio.gather(*(together.send("a", each) for each in (9, 10)), return_exceptions=True)
    assert [type(each) for each in answers] == [OSError, OSError]
    assert await together.send("a", 1) == 2


async def test_who_gives_up_waiting_takes_nobody_elses_answer():
    together = Together(Callee())
    first = asyncio.create_task(together.send("a", 1))
    second = asyncio.create_task(together.send("a", 2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 4
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_it_ends_when_all_was_answered():
    callee = Callee()
    together = Together(callee, within=60)
    waiting = asyncio.create_task(together.send("a", 1))
    await asyncio.sleep(0)
    await together.finish()
    assert await waiting == 2


async def test_nobody_waits_for_a_call_that_was_broken_off():
    async def hangs(numbers):
        await asyncio.Event().wait()

    together = Together(hangs, most=1)
    waiting = asyncio.create_task(together.send("a", 1))
    await asyncio.sleep(0)
    (call,) = together._calls
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(waiting, 5)


async def test_what_goes_to_the_same_goes_in_a_call_of_its_own():
    callee = Callee()
    together = Together(callee)
    asked = [together.send("a", each, to=whom) for each, whom in ((1, "하나"), (2, "둘"), (4, "하나"), (5, "둘"))]
    assert await asyncio.gather(*asked) == [2, 4, 8, 10]
    assert sorted(callee.calls) == [[1, 2], [4, 5]]
