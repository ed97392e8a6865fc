"""Ends and starts of the process: what is in hand is finished, and a database has one process."""

from pathlib import Path

import aiohttp

from tests.support.service.process import Service
from tests.support.service.town import Town
from tests.support.waiting import until


async def test_messages_in_hand_are_finished_at_the_end_and_later_ones_at_the_next_start(fresh_town: Town):
    town = fresh_town
    await town.service.start()
    town.api.latency(400, "sendMessage")
    early, late = ([town.resident() for _ in range(100)] for _ in range(2))
    for each in early:
        await each.says("/start")
    await early[0].answer()
    assert await town.service.stop() == 0
    assert town.api.unanswered() == []
    for each in late:
        await each.says("/start")
    await town.service.start()
    await town.quiet()
    assert [len(each.messages) for each in (*early, *late)] == [1] * 200


async def test_the_end_does_not_wait_for_a_telegram_that_hangs(fresh_town: Town):
    town = fresh_town
    await town.service.start()
    town.api.fail("sendMessage", "timeout", times=None)
    resident = town.resident()
    await resident.says("/start")
    assert await town.service.stop() == 0
    town.api.heal()
    await town.service.start()
    assert "안녕하세요" in (await resident.answer())[0].text


async def test_what_a_kill_left_is_answered_before_what_is_said_later(fresh_town: Town):
    town = fresh_town
    await town.service.start()
    town.api.fail("sendMessage", "timeout", times=None)
    residents = [town.resident() for _ in range(260)]
    for each in residents:
        await each.says("/start")
    await town.stored()
    await town.service.kill()
    town.api.heal()
    await residents[-1].says("/help")
    await town.service.start()
    await town.quiet()
    greeting, help_ = residents[-1].messages
    assert ("안녕하세요" in greeting.text, "이렇게 쓰시면" in help_.text) == (True, True)


async def test_a_second_process_on_the_same_file_is_refused_in_a_sentence(fresh_town: Town, tmp_path: Path):
    town = fresh_town
    await town.service.start()
    (tmp_path / "second").mkdir()
    second = Service(tmp_path / "second", town.service.database_url, town.api)
    await second.launch()
    try:
        assert await second.exit_code() == 1
    finally:
        await second.kill()
    assert second.logs.startswith("배움톡이 이미 이 데이터베이스로 실행 중입니다")
    assert "안녕하세요" in (await town.resident().asks("/start")).text


async def test_a_wrong_token_is_no_reason_to_die(fresh_town: Town):
    town = fresh_town
    town.api.token = "123456:another"
    await town.service.start()
    await until(lambda: "InvalidToken" in town.service.logs)
    async with aiohttp.ClientSession() as session, session.get(f"{town.service.url}/healthz") as answer:
        assert answer.status == 200
    assert await town.service.stop() == 0
