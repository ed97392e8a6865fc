"""Which tablets take answers, how fast, how many, and what a number is worth that was handed out."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.responses import Response

from bot.site import tablets
from handlers.staff.surveys import bursts, kiosks, rounds
from handlers.staff.surveys.tally import results
from storage.asking import answers, surveys
from storage.asking.answers import Sheet
from tests.support.web.kiosks import LIKED, WANTED, Person, Stand, standing


@pytest.fixture
async def paced_stand(sqlite_url: str) -> Any:
    """Where a second is the least that a question takes."""
    async with standing(sqlite_url, pace=timedelta(seconds=1)) as started:
        yield started


async def code(stand: Stand, name: str = "1층 태블릿") -> str:
    """As an officer is told it."""
    told = await stand.school.gets(kiosks.ALLOW.work, name=name)
    found: str = told.title.split(": ")[1]
    return found


async def types(person: Person, said: str, survey: str = "", **headers: str) -> httpx.Response:
    return await person.http.post("/kiosk", data={"code": said, "survey": survey}, headers=headers)


# --- which ---


async def test_on_a_device_that_nobody_allowed_it_is_said_kindly_what_to_do(stand: Stand) -> None:
    someone = stand.stranger(stand.liked)
    assert "아직 쓸 수 없는 기기예요" in await someone.opens()
    assert someone.page.one("a", class_="way").attributes["href"] == f"/?start=s{stand.liked.code}"
    assert "baeumtok kiosk --allow" in someone.text
    assert someone.answer.status_code == 403


async def test_a_code_is_typed_once_and_the_tablet_remembers(stand: Stand) -> None:
    someone, said = stand.stranger(stand.liked), await code(stand)
    allowed = await types(someone, f" {said.lower()} ", stand.liked.code)
    assert (allowed.status_code, allowed.headers["location"]) == (303, someone.address)
    kept = allowed.headers["set-cookie"]
    assert [word in kept for word in ("HttpOnly", "SameSite=strict", "Path=/")] == [True] * 3
    assert "고맙습니다" in await someone.sends(LIKED)
    assert (await types(stand.stranger(stand.liked), said)).status_code == 403


async def test_the_tablet_lists_what_is_open(stand: Stand) -> None:
    someone = stand.person(stand.liked)
    assert "바리스타 2급 · 프로그램 만족도 조사" in await someone.opens("/kiosk")
    assert f"/kiosk/{stand.needs.code}" in someone.answer.text


@pytest.mark.parametrize(("said", "waits"), [("WRONG234", 0), ("", 0), ("real", 61)])
async def test_a_code_that_is_wrong_or_too_old_allows_nothing(stand: Stand, said: str, waits: int) -> None:
    given = await code(stand)
    stand.school.waits(minutes=waits)
    refused = await types(stand.stranger(stand.liked), given if said == "real" else said)
    assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)


async def test_codes_cannot_be_tried_one_after_the_other(stand: Stand) -> None:
    someone, said = stand.stranger(stand.liked), await code(stand)
    tried = [(await types(someone, f"AAAA-{number:04}")).status_code for number in range(13)]
    assert (tried[-1], (await types(someone, said)).status_code) == (429, 429)


async def test_with_https_the_cookie_is_ours_alone() -> None:
    response = Response()
    tablets.remember(response, "x", "https://learn.example.kr")
    assert response.headers["set-cookie"].startswith("__Host-kiosk=x;")
    assert "Secure" in response.headers["set-cookie"]


async def test_a_tablet_that_is_revoked_takes_nothing_and_is_not_listed(stand: Stand) -> None:
    someone = stand.person(stand.liked)
    await someone.answers(LIKED)
    await stand.school.asks(kiosks.REVOKE.work, name="태블릿 0")
    assert "아직 쓸 수 없는 기기예요" in await someone.presses("보내기")
    assert await stand.handed_in(stand.liked) == []
    assert "태블릿 0" not in str(await stand.school.asks(kiosks.show))


@pytest.mark.parametrize("headers", [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}])
async def test_what_another_site_sends_is_not_taken(stand: Stand, attendee: Person, headers: dict[str, str]) -> None:
    await attendee.answers(LIKED)
    sheet = {**attendee.fields(), "do": "send"}
    refused = await attendee.http.post(attendee.address, data=sheet, headers=headers)
    assert (refused.status_code, await stand.handed_in(stand.liked)) == (403, [])
    assert (await types(stand.stranger(stand.liked), await code(stand), **headers)).status_code == 403


# --- how fast ---


async def test_one_post_makes_no_ballot(stand: Stand, attendee: Person) -> None:
    await attendee.answers(LIKED)
    fields = attendee.fields()
    for number in range(16):
        made_up = {**fields, "nonce": chr(ord("a") + number) * 32, "do": "send"}
        assert "시작하기" in await attendee.posts(made_up)
    assert await stand.handed_in(stand.liked) == []


async def test_what_was_begun_at_one_tablet_is_not_sent_from_another(stand: Stand, attendee: Person) -> None:
    await attendee.answers(LIKED)
    other = stand.person(stand.liked)
    assert "시작하기" in await other.posts({**attendee.fields(), "do": "send"})
    assert await stand.handed_in(stand.liked) == []


async def test_whoever_begins_at_a_tablet_ends_what_was_begun_before(stand: Stand, attendee: Person) -> None:
    await attendee.answers(LIKED)
    first = attendee.fields()
    await attendee.sends(LIKED)
    assert "시작하기" in await attendee.posts({**first, "do": "send"})
    assert len(await stand.handed_in(stand.liked)) == 1


async def test_nobody_answers_faster_than_one_can_and_nothing_is_lost(paced_stand: Stand) -> None:
    someone = paced_stand.person(paced_stand.liked)
    assert "조금 빨랐어요" in await someone.sends(LIKED)
    assert someone.answer.status_code == 429
    paced_stand.school.waits(seconds=20)
    assert "고맙습니다" in await someone.presses("다시 보내기")


async def test_a_script_at_a_tablet_makes_three_ballots_a_minute_and_not_a_thousand(
    paced_stand: Stand,
) -> None:
    someone = paced_stand.person(paced_stand.needs)
    await someone.answers(WANTED)
    sheet = {**someone.fields(), "do": "send"}
    for _ in range(60):
        paced_stand.school.waits(seconds=1)
        await someone.posts(sheet)
        if "고맙습니다" in someone.text:
            await someone.begins()
            sheet |= someone.fields() | {"answers": sheet["answers"]}
    assert len(await paced_stand.handed_in(paced_stand.needs)) <= 4


# --- how many ---


async def test_there_are_as_many_as_attended_however_many_send_at_once(database_url: str) -> None:
    async with standing(database_url) as stand:
        round_ = await stand.office.round(f"만족도조사/{stand.liked.course_id}")
        await stand.school.database.write(lambda tx: _hand_in(tx, round_, 9))
        people = [stand.person(stand.liked) for _ in range(10)]
        for person in people:
            await person.answers(LIKED)
        told = await asyncio.gather(*(person.presses("보내기") for person in people))
        assert sum("고맙습니다" in each for each in told) == 3
        assert sum("수강생 수만큼 답을 받았어요" in each for each in told) == 7
        assert len(await stand.handed_in(stand.liked)) == 12


def _hand_in(tx: Any, round_: Any, count: int, **sheet: Any) -> None:
    sheets = [Sheet(round_.survey_id, "kiosk", {"S1": 5}, **sheet) for _ in range(count)]
    answers.hand_in_many(tx, round_, sheets, round_.opens_at.date())


async def test_a_chat_takes_the_place_of_what_nobody_vouches_for(stand: Stand) -> None:
    await stand.school.database.write(lambda tx: _hand_in(tx, stand.liked, 12))
    await stand.school.database.write(lambda tx: _hand_in_by_chat(tx, stand.liked))
    sheets = await stand.office.sheets(stand.liked.id)
    assert sorted(sheet.is_proven for sheet in sheets) == [False] * 11 + [True]
    found = await stand.school.gets(results.of_survey, "만족도조사")
    assert (found.turnout.answers, found.turnout.by_channel["kiosk"]) == (12, 11)


def _hand_in_by_chat(tx: Any, round_: Any) -> None:
    sheet = Sheet(round_.survey_id, "chat", {"S1": 1}, is_proven=True)
    answers.hand_in(tx, round_, surveys.find(tx, round_.survey_id), sheet, round_.opens_at.date())


# --- numbers that are handed out ---


async def slips(stand: Stand, **words: Any) -> list[str]:
    told = await stand.school.gets(kiosks.HAND_OUT.work, **words)
    return [row[-1] for table in told.tables for row in table.rows]


async def with_number(person: Person, number: str) -> str:
    await person.opens()
    await person.presses("시작하기", slip=number)
    for said in LIKED.values():
        await person.gives(said)
    return await person.presses("보내기")


async def test_of_five_numbers_of_a_course_five_people_are_told(stand: Stand) -> None:
    numbers = await slips(stand, code="만족도조사", course_code="26-01")
    assert len(numbers) == 12
    for number in numbers[:5]:
        assert "고맙습니다" in await with_number(stand.person(stand.liked), number)
    await stand.office.settles(stand.liked.id)
    assert (await stand.school.gets(results.of_survey, "만족도조사")).used == 5


async def test_a_number_counts_once_and_a_wrong_one_is_told_at_once(stand: Stand, attendee: Person) -> None:
    (number, *_) = await slips(stand, code="만족도조사", course_code="26-01")
    for said in ("00000000", "12"):
        await attendee.opens()
        assert "응답 번호가 다르거나" in await attendee.presses("시작하기", slip=said)
    assert "고맙습니다" in await with_number(attendee, number)
    await attendee.opens()
    assert "이미 쓴 번호" in await attendee.presses("시작하기", slip=number)
    assert len(await slips(stand, code="만족도조사", course_code="26-01")) == 11


async def test_where_everybody_is_asked_so_many_numbers_are_made_as_are_asked_for(stand: Stand) -> None:
    assert len(await slips(stand, code="수요조사", people=7)) == 7
    assert "200까지" in await stand.school.declines(kiosks.HAND_OUT.work, code="수요조사", people=201)


# --- bursts ---


@pytest.mark.parametrize(("count", "told"), [(19, False), (20, True)])
async def test_many_within_an_hour_are_told_and_few_are_not(stand: Stand, count: int, told: bool) -> None:
    await stand.school.database.write(lambda tx: _hand_in(tx, stand.needs, count, batch="1/2026-11-24T10"))
    assert ("짧은 시간에 20장(태블릿 0, 2026-11-24 10시)" in str(await stand.school.asks(rounds.show))) == told


async def test_a_burst_is_set_aside_as_one_and_put_back_until_the_end(stand: Stand) -> None:
    words = {"code": "수요조사", "device": "태블릿 0", "hour": "2026-11-24T10"}
    await stand.school.database.write(lambda tx: _hand_in(tx, stand.needs, 30, batch="1/2026-11-24T10"))
    await stand.school.database.write(lambda tx: _hand_in(tx, stand.needs, 3, batch="1/2026-11-24T11"))
    for back, left in ((False, 3), (True, 33), (False, 3)):
        await stand.school.asks(bursts.SET_ASIDE.work, **words, back=back)
        assert len(await stand.handed_in(stand.needs)) == left
    few = {**words, "hour": "2026-11-24T11"}
    assert "20장이 넘게" in await stand.school.declines(bursts.SET_ASIDE.work, **few)
    await stand.office.settles(stand.needs.id)
    assert "이미 마감해" in await stand.school.declines(bursts.SET_ASIDE.work, **words, back=True)
