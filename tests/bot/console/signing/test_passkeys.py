"""Passkeys: a second step instead of the code, and what attackers try with them."""

import asyncio
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.console.signing import passkeys
from storage.tables import journal, officer_passkeys
from tests.support.console.authenticator import Authenticator
from tests.support.console.counter import counter_of
from tests.support.console.owner import ME, begun, keyed
from tests.support.console.signing import PASSWORD, options
from tests.support.domain import SETTINGS

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("quickly")]


async def actions(school) -> list[str]:
    return [row.action for row in await school.rows(select(journal.c.action).order_by(journal.c.id))]


async def test_a_key_signs_in_its_owner_after_the_password_and_the_journal_says_so(secure, school, keyholder):
    elsewhere = secure.visitor()
    assert await keyholder.uses_key(elsewhere)
    assert "김담당" in elsewhere.text
    assert (await actions(school))[-3:] == ["began", "add-passkey", "signed-in"]


async def test_a_code_signs_in_as_before_who_has_a_key(secure, keyholder):
    assert "김담당" in await keyholder.signs_in(secure.visitor())


@pytest.mark.on_both
async def test_several_keys_are_named_and_each_removed_by_itself(secure, keyholder):
    second = Authenticator()
    await keyholder.adds(second.makes(await keyholder.asks_to_add("노트북")), "노트북")
    assert "패스키 ‘노트북’을 더했습니다" in keyholder.browser.text
    assert await keyholder.answers(secure.visitor(), "") is False
    text = await keyholder.browser.presses("지우기")
    assert "패스키 ‘사무실’을 지웠습니다" in text
    assert not await keyholder.uses_key(secure.visitor())
    browser = secure.visitor()
    assert await keyholder.answers(browser, second.signs(await keyholder.asks(browser)))


# --- signing in, under attack ---


@pytest.mark.parametrize("step", [0, 1], ids=["a device that doesn't count", "one that counts"])
async def test_what_was_signed_once_is_worth_nothing_again(secure, keyholder, step):
    keyholder.key.step = step
    browser = secure.visitor()
    answer = keyholder.key.signs(await keyholder.asks(browser))
    cookie = browser.http.cookies["__Host-desk-step"]
    assert await keyholder.answers(browser, answer)
    thief = secure.visitor()
    thief.http.cookies.set("__Host-desk-step", cookie)
    assert not await keyholder.answers(thief, answer)
    await keyholder.asks(thief)
    assert not await keyholder.answers(thief, answer)


async def test_a_challenge_is_good_once_also_after_a_wrong_answer(secure, keyholder):
    browser = secure.visitor()
    asked = await keyholder.asks(browser)
    assert not await keyholder.answers(browser, Authenticator(number=keyholder.key.number).signs(asked))
    assert not await keyholder.answers(browser, keyholder.key.signs(asked))


@pytest.mark.on_both
async def test_of_ten_who_send_one_answer_at_once_one_gets_in(secure, keyholder):
    keyholder.key.step = 0
    browser = secure.visitor()
    answer, cookie = keyholder.key.signs(await keyholder.asks(browser)), browser.http.cookies["__Host-desk-step"]
    many = [secure.visitor() for _ in range(10)]
    for each in many:
        each.http.cookies.set("__Host-desk-step", cookie)
    assert sum(await asyncio.gather(*(keyholder.answers(each, answer) for each in many))) == 1


async def test_a_challenge_is_over_after_five_minutes(secure, school, keyholder):
    browser = secure.visitor()
    asked = await keyholder.asks(browser)
    school.now += timedelta(minutes=5, seconds=1)
    assert not await keyholder.answers(browser, keyholder.key.signs(asked))


async def test_another_officer_s_key_opens_nothing(secure, school, keyholder):
    lee = await keyed(secure, school, "lee")
    browser = secure.visitor()
    assert not await keyholder.answers(browser, lee.key.signs(await keyholder.asks(browser)))
    renamed = Authenticator(key=lee.key.key, number=keyholder.key.number)
    assert not await keyholder.answers(browser, renamed.signs(await keyholder.asks(browser)))


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"origin": "https://desk.example.test.evil.example"},
        {"origin": "http://desk.example.test"},
        {"origin": "https://desk.example.test:8443"},
        {"host": "example.test"},
        {"host": "evil.example", "origin": "https://evil.example"},
    ],
)
async def test_what_was_signed_for_another_site_opens_nothing(secure, keyholder, elsewhere):
    browser = secure.visitor()
    assert not await keyholder.answers(browser, keyholder.key.signs(await keyholder.asks(browser), **elsewhere))
    assert await keyholder.uses_key(browser)


async def test_a_copy_of_a_key_is_noticed_by_its_count(secure, keyholder):
    copied = replace(keyholder.key)
    assert await keyholder.uses_key(secure.visitor())
    browser = secure.visitor()
    assert not await keyholder.answers(browser, copied.signs(await keyholder.asks(browser)))


async def test_a_challenge_of_another_browser_opens_nothing(secure, keyholder):
    mine, other = secure.visitor(), secure.visitor()
    asked = await keyholder.asks(mine)
    await keyholder.asks(other)
    assert not await keyholder.answers(other, keyholder.key.signs(asked))
    assert not await keyholder.answers(secure.visitor(), keyholder.key.signs(asked))


async def test_a_step_that_somebody_planted_is_worth_nothing(secure, school, keyholder):
    """Neither one of the attacker's own account, nor one that they know beforehand."""
    evil, victim = await keyed(secure, school, "evil"), secure.visitor()
    attacker = secure.visitor()
    await evil.asks(attacker)
    planted = attacker.http.cookies["__Host-desk-step"]
    victim.http.cookies.set("__Host-desk-step", planted)
    assert not await keyholder.answers(victim, keyholder.key.signs(options(attacker)))
    victim.http.cookies.set("__Host-desk-step", "planted")
    asked = await keyholder.asks(victim)
    attacker.http.cookies.clear()
    attacker.http.cookies.set("__Host-desk-step", "planted")
    assert not await keyholder.answers(attacker, keyholder.key.signs(asked))


async def test_nothing_is_open_before_the_key_has_signed(secure, keyholder):
    browser = secure.visitor()
    await keyholder.asks(browser)
    browser.http.cookies.set("__Host-desk", browser.http.cookies["__Host-desk-step"])
    assert "로그인" in await browser.opens("/desk/courses")


async def test_whether_the_password_was_right_is_not_told_before_a_key_has_signed(secure, keyholder):
    right, wrong, nobody = secure.visitor(), secure.visitor(), secure.visitor()
    await keyholder.asks(right)
    asked = await keyholder.asks(wrong, "not the password")
    await replace(keyholder, login="nobody").asks(nobody)
    pages = {re.sub(r"challenge.*?,", "", each.answer.text) for each in (right, wrong, nobody)}
    assert len(pages) == 1
    assert {each.answer.status_code for each in (right, wrong, nobody)} == {200}
    assert not await keyholder.answers(wrong, keyholder.key.signs(asked))


@pytest.mark.parametrize("change", [{"do": "end"}, {"do": "reset"}], ids=["ended", "reset"])
@pytest.mark.parametrize("is_asked_before", [True, False])
async def test_a_key_of_an_account_that_is_over_opens_nothing(secure, school, keyholder, change, is_asked_before):
    lead, browser = await secure.officer("lead"), secure.visitor()
    asked = await keyholder.asks(browser) if is_asked_before else {}
    await lead.sends("/desk/officers", {"login": "kim", "sure": "1", **change})
    asked = asked or await keyholder.asks(browser)
    assert not await keyholder.answers(browser, keyholder.key.signs(asked))
    assert await school.rows(select(officer_passkeys)) == []


async def test_a_password_that_changed_in_between_ends_what_was_asked(secure, keyholder):
    browser = secure.visitor()
    asked = await keyholder.asks(browser)
    new = "새 비밀번호 는 길다"
    await keyholder.browser.sends(ME, {"do": "password", "password": PASSWORD, "chosen": new, "repeated": new})
    assert "비밀번호를 바꿨습니다" in keyholder.browser.text
    assert not await keyholder.answers(browser, keyholder.key.signs(asked))


async def test_five_wrong_keys_lock_as_wrong_codes_do(secure, school, keyholder):
    stranger = Authenticator(number=keyholder.key.number)
    for _ in range(5):
        browser = secure.visitor()
        assert not await keyholder.answers(browser, stranger.signs(await keyholder.asks(browser)))
    assert not await keyholder.uses_key(secure.visitor())
    assert (await actions(school))[-1] == "locked"
    school.now += timedelta(minutes=15, seconds=1)
    assert await keyholder.uses_key(secure.visitor())


JUNK = ("", "null", "[]", "{}", '{"id": 1}', "[" * 3000, "\x00", '{"id": "%s"}', '{"id": "%s", "response": {}}')


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
async def test_an_answer_that_is_none_is_refused(secure, keyholder, junk):
    browser = secure.visitor()
    whole = keyholder.key.signs(await keyholder.asks(browser))
    name = re.search(r'"id": "(.*?)"', whole)[1]
    for answer in (
        junk.replace("%s", name),
        re.sub('("(?:authenticatorData|signature)": )"[^"]*"', r'\1"AAAA"', whole),
    ):
        await keyholder.asks(browser)
        await browser.sends("/desk/sign-in/key", {"answer": answer})
        assert browser.answer.status_code == 403
    await keyholder.asks_to_add()
    await keyholder.adds(junk.replace("%s", name))
    assert keyholder.browser.answer.status_code == 422


# --- where there are none ---


@pytest.mark.parametrize(
    ("url", "is_offered"),
    [
        ("https://desk.example.test", True),
        ("https://desk.example.test:8443", True),
        ("https://localhost:8443", True),
        ("http://localhost:8080", False),
        ("http://desk.example.test", False),
        ("https://10.0.0.7", False),
        ("https://[::1]:8443", False),
    ],
)
async def test_keys_are_offered_over_https_at_a_name_alone(school, url, is_offered):
    async with counter_of(school, url) as opened:
        assert ("패스키" in await opened.visitor().opens("/desk/sign-in")) is is_offered
        assert ("패스키" in await (await opened.officer()).opens(ME)) is is_offered


async def test_a_port_of_its_own_belongs_to_the_origin_and_not_to_the_name():
    here = passkeys.site(replace(SETTINGS.to_organization(), public_url="https://desk.example.test:8443"))
    assert (here.host, here.origin) == ("desk.example.test", "https://desk.example.test:8443")


async def test_without_the_extra_nothing_of_it_is_offered_and_codes_do(school, monkeypatch):
    monkeypatch.setattr(passkeys, "find_spec", lambda _: None)
    async with counter_of(school, "https://desk.example.test") as opened:
        owner = await begun(opened, school)
        assert "패스키" not in await owner.browser.opens(ME)
        proof = {"password": PASSWORD, "code": owner.code()}
        assert "쓸 수 없습니다" in await owner.browser.sends(ME, {"do": "key", "name": "기기", **proof})
        assert "쓸 수 없습니다" in await owner.adds("{}")
        headers = {"origin": opened.url}
        assert (await opened.visitor().http.post("/desk/sign-in/key", headers=headers)).status_code == 404
        browser = opened.visitor()
        sent = {"login": "kim", "password": PASSWORD, "code": owner.code(), "by": "key"}
        assert "김담당" in await browser.sends("/desk/sign-in", sent)


def test_the_library_is_loaded_where_it_is_used_alone():
    loads = "import sys, bot.app; sys.exit('webauthn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loads], check=False).returncode == 0
