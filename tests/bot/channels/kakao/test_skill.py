"""The skill server: whom it hears, how it answers in time, and that every message acts once."""

import asyncio
import hashlib
import json
import threading

import httpx
import icalendar
import pytest
from pydantic import SecretStr
from sqlalchemy import select
from starlette.applications import Starlette

from bot.channels.kakao import service as channel
from bot.channels.kakao.service import KakaoSkill
from bot.messages.inflow import Inflow
from storage.tables import inbox
from storage.teaching import courses
from tests.support.domain import SEAL
from tests.support.kakao.talker import BOT_ID, SECRET, payload, user_key
from tests.support.kakao.validator import findings
from tests.support.waiting import PATIENCE, until

pytestmark = pytest.mark.on_sqlite


async def post(client, given, **headers):
    body = given if isinstance(given, bytes) else json.dumps(given).encode()
    return await client.post("/kakao/skill", content=body, headers={"X-Skill-Secret": SECRET, **headers})


def words(answered):
    assert (answered.status_code, findings(answered.json(), answered.content)) == (200, [])
    return json.dumps(answered.json(), ensure_ascii=False)


# --- the secret ---


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET[:-1], "비밀"])
async def test_who_does_not_know_the_secret_is_refused_before_the_body_is_read(client, school, secret):
    async def body():
        raise AssertionError("read")
        yield b""

    given = {"X-Skill-Secret": secret.encode()}
    assert (await client.post("/kakao/skill", content=body(), headers=given)).status_code == 401
    assert await school.rows(select(inbox)) == []


async def test_both_secrets_are_taken_while_one_is_exchanged_for_the_other(kakao, answering):
    changed = kakao.model_copy(update={"old_skill_secret": SecretStr(SECRET), "skill_secret": SecretStr("n" * 20)})
    app = Starlette(routes=KakaoSkill(changed, answering).routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://s") as client:
        for secret, code in ((SECRET, 200), ("n" * 20, 200), ("o" * 20, 401)):
            given = payload(user_key("a"), "강좌")
            assert (await post(client, given, **{"X-Skill-Secret": secret})).status_code == code


# --- what is said ---


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (lambda p: p["bot"].update(id=BOT_ID + "!"), "바리스타"),
        (lambda p: p["bot"].update(id="anotherbot"), "이어져 있지 않아요"),
        (lambda p: p.pop("bot"), "바리스타"),
        (lambda p: p["action"].update(clientExtra=None), "바리스타"),
        (lambda p: p["action"].update(clientExtra={"path": 7, "x": [1]}), "바리스타"),
        (lambda p: p.update(contexts=None, intent=None, flow={"new": 1}), "바리스타"),
        (lambda p: p["userRequest"].pop("user"), "읽을 수 없는"),
        (lambda p: p["userRequest"]["user"].update(id="\n"), "읽을 수 없는"),
        (lambda p: p["userRequest"].update(utterance=None), "읽을 수 없는"),
        (lambda p: p["userRequest"].update(utterance="", block={"name": "웰컴 블록"}), "배움톡이에요"),
    ],
)
async def test_every_variant_of_a_request_is_read(client, school, changed, told):
    await school.opens()
    given = payload(user_key("a"), "강좌")
    changed(given)
    assert told in words(await post(client, given))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'"x"', b"[" * 60_000])
async def test_what_is_no_request_is_answered_politely(client, body):
    assert "읽을 수 없는 메시지예요" in words(await post(client, body))


async def test_a_body_larger_than_any_request_is_not_read_to_its_end(client):
    read = []

    async def body():
        yield json.dumps(payload(user_key("a"), "강좌")).encode()
        for chunk in [b" " * 16_384] * 50:
            read.append(chunk)
            yield chunk

    answered = await client.post("/kakao/skill", content=body(), headers={"X-Skill-Secret": SECRET})
    assert "읽을 수 없는 메시지예요" in words(answered)
    assert len(read) < 10


async def test_a_registration_number_is_not_stored(client, school, talker):
    await talker().says("제 주민번호는 850101-2345678이에요")
    (row,) = await school.rows(select(inbox))
    assert "2345678" not in str(row)


# --- effects ---


async def test_a_resident_finds_registers_and_cancels(school, talker):
    course, hana = await school.opens(), talker()
    await hana.says("강좌")
    await hana.says("바리스타")
    assert "신청이 접수되었습니다" in await hana.registers(course)
    assert await school.enrolled(course) == 1
    for label in ("내 신청 보기", "신청 취소하기", "네, 취소할게요"):
        await hana.presses(label)
    assert "신청을 취소했어요" in hana.words
    assert await school.enrolled(course) == 0


async def test_nobody_is_asked_about_servers_abroad(school, talker):
    hana = talker()
    assert "외국" not in await hana.says("신청", {"path": f"forms/enroll/{await school.opens()}"})


async def test_the_same_request_twice_acts_once_and_is_answered_alike(school, talker):
    course, hana = await school.opens(term_limit=0), talker()
    await hana.registers(course)
    (mine,) = await school.live(course)
    again = [talker() for _ in range(10)]
    said = await asyncio.gather(*(one.says("네", {"path": f"mine/{mine}/cancel/yes"}, "chp-1") for one in again))
    assert len(set(said)) == 1
    assert len(await school.rows(select(inbox.c.id).where(inbox.c.key.like("chp-1.%")))) == 1


async def test_an_old_button_answers_with_the_state_as_it_is_now(school, talker):
    course, hana = await school.opens(), talker()
    await hana.registers(course)
    (mine,) = await school.live(course)
    await hana.says("네", {"path": f"mine/{mine}/cancel/yes"})
    await hana.reads()
    assert "이미" in await hana.says("네", {"path": f"mine/{mine}/cancel/yes"})


# --- in time ---


def slowly(monkeypatch, name="open_now"):
    """It goes on in the database's own thread once what is returned is set; the event loop goes on meanwhile."""
    real, goes_on = getattr(courses, name), threading.Event()

    def slow(tx, *given):
        assert goes_on.wait(PATIENCE)
        return real(tx, *given)

    monkeypatch.setattr(courses, name, slow)
    return goes_on


@pytest.fixture
def hurried(skill, monkeypatch):
    """From now on it waits for less than what is slow takes."""
    return lambda: monkeypatch.setattr(skill, "_deadline", 0.2)


async def test_an_answer_that_takes_too_long_is_asked_for_again_with_a_tap(school, talker, monkeypatch, hurried):
    await school.opens()
    slow = slowly(monkeypatch)
    hurried()
    hana = talker()
    assert "다시 눌러 주세요" in await hana.says("강좌")
    slow.set()
    while "바리스타" not in hana.words:
        await hana.presses("다시 확인하기")
    assert len(await school.rows(select(inbox))) == 1


async def test_an_act_that_takes_too_long_is_finished_once(school, talker, monkeypatch, hurried):
    course, hana = await school.opens(), talker()
    await hana.fills_in(course)
    slow = slowly(monkeypatch, "lock")
    hurried()
    assert "다시 눌러 주세요" in await hana.presses("이대로 신청하기")
    slow.set()
    while "접수되었습니다" not in hana.words:
        await hana.presses("다시 확인하기")
    assert await school.enrolled(course) == 1


async def test_nobody_gets_the_answers_of_others(school, client, talker, monkeypatch):
    await school.opens()
    hana = talker()
    await hana.says("강좌", request_id="chp-2")
    (row,) = await school.rows(select(inbox))
    for extra in ({"more": row.key, "page": 0}, {"again": row.key}):
        assert "바리스타" not in await talker("남").says("더 보기", extra)
        assert "바리스타" in await hana.says("더 보기", extra)


async def test_when_too_many_come_at_once_the_rest_is_told_so_at_once(kakao, answering, school, monkeypatch):
    await school.opens()
    slow = slowly(monkeypatch)
    skill = KakaoSkill(kakao, answering, deadline=60, in_hand=2)
    asking = [asyncio.create_task(skill.ask(payload(user_key(str(n)), "강좌"), f"r{n}")) for n in range(5)]
    await until(lambda: sum(each.done() for each in asking) == 3)
    told = [json.dumps(each.result(), ensure_ascii=False) for each in asking if each.done()]
    slow.set()
    assert ["이용하는 분이 많아요" in each for each in told] == [True] * 3
    answers = [json.dumps(answer, ensure_ascii=False) for answer in await asyncio.gather(*asking)]
    assert sum("바리스타" in each for each in answers) == 2


async def test_a_bug_is_answered_with_its_reference_and_no_trace(client, monkeypatch, caplog):
    monkeypatch.setattr(channel, "pages", lambda *_: 1 / 0)
    told = words(await post(client, payload(user_key("a"), "강좌")))
    assert "참고 번호" in told
    assert "Traceback" not in told


@pytest.mark.usefixtures("database_url")  # its file and its log are new, and have to grow
async def test_a_full_disk_is_told_as_what_it_is_and_nobody_is_asked_to_report_a_bug(school, talker, caplog):
    hana = talker()
    await school.opens()
    await hana.says("강좌")
    await school.database.write(lambda tx: tx.exec_driver_sql("PRAGMA max_page_count = 1"))
    told = [await hana.says("그림책 " * 400) for _ in range(3)]
    await school.database.write(lambda tx: tx.exec_driver_sql("PRAGMA max_page_count = 4294967294"))
    assert ("처리하지 못했어요" in told[-1], "참고 번호" in "".join(told)) == (True, False)
    assert ("disk is full" in caplog.text, "bug reference" in caplog.text) == (True, False)
    assert "바리스타" in await hana.says("강좌")


async def test_what_a_killed_process_left_is_answered_when_asked_for(kakao, answering, school, talker):
    await school.opens()
    skill = KakaoSkill(kakao, answering, deadline=0.0)
    answer = await skill.ask(payload(talker().user, "강좌"), "chp-9")
    extra = answer["template"]["quickReplies"][0]["extra"]
    await asyncio.gather(*skill._in_hand.values(), return_exceptions=True)
    await Inflow(channel.NAME, answering, skill).reclaim()
    assert "바리스타" in await talker().says("다시 확인하기", extra)


async def test_what_waits_behind_something_slow_is_kept(answering, skill, school, talker, hurried):
    hurried()
    async with answering.in_order(channel.NAME, talker().user):
        assert "다시 눌러 주세요" in await talker().says("강좌", request_id="chp-8")
        await until(lambda: school.rows(select(inbox)))
    await skill.stop(30)


async def test_what_can_not_be_stored_when_nobody_waits_any_more_is_told_in_the_log(
    kakao, answering, talker, monkeypatch, caplog
):
    begun = asyncio.Event()

    async def late(messages):
        await begun.wait()
        raise OSError("gone")

    monkeypatch.setattr(answering, "store", late)
    monkeypatch.setattr(channel, "STORE", 0.01)
    skill = KakaoSkill(kakao, answering, deadline=0.01)
    assert "다시 눌러 주세요" in json.dumps(await skill.ask(payload(talker().user, "강좌"), "r1"), ensure_ascii=False)
    begun.set()
    await until(lambda: "message not stored" in caplog.text)


async def test_what_was_said_is_not_told_by_the_key_that_it_is_stored_under(school, talker):
    hana = talker()
    await hana.says("네", request_id="chp-3")
    ((key,),) = await school.rows(select(inbox.c.key))
    guesses = [hashlib.sha256("\0".join(("chp-3", hana.user, *said)).encode()) for said in (("네", ""), ("네",))]
    assert not any(guess.hexdigest()[:8] in key for guess in guesses)
    assert SEAL.digest("kakao message", "chp-3", hana.user, "네", "")[:16] in key


# --- files ---


async def test_the_calendar_opens_from_an_address_that_nobody_can_guess(school, client, talker):
    course, hana = await school.opens(), talker()
    await hana.registers(course)
    await hana.presses("달력에 넣기")
    (card,) = [output["textCard"] for output in hana.answer["template"]["outputs"] if "textCard" in output]
    path = card["buttons"][0]["webLinkUrl"].removeprefix("http://127.0.0.1:8080")
    file = await client.get(path)
    assert len(icalendar.Calendar.from_ical(file.content).walk("VEVENT")) == 4
    assert (await client.get(path[:-1] + ("0" if path[-1] != "0" else "1"))).status_code == 404
