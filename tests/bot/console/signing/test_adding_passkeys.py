"""Passkeys that are added and removed, and what attackers try with that."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.tables import officer_challenges, officer_passkeys
from tests.support.console.authenticator import Authenticator
from tests.support.console.owner import ME, begun
from tests.support.console.signing import PASSWORD

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("quickly")]


async def test_a_key_is_added_by_who_knows_password_and_code_alone(secure, school):
    owner = await begun(secure, school)
    for proof in ({}, {"password": PASSWORD}, {"password": PASSWORD, "code": "000000"}, {"code": owner.code()}):
        text = await owner.browser.sends(ME, {"do": "key", "name": "나쁜 것", **proof})
        assert "맞지 않습니다" in text
    answer = Authenticator().makes({"challenge": "AAAA"})
    assert "더하지 못했습니다" in await owner.adds(answer)
    assert await school.rows(select(officer_passkeys)) == []


async def test_what_one_session_asked_for_another_one_does_not_add(secure, school):
    owner, other = await begun(secure, school), secure.visitor()
    await owner.signs_in(other)
    asked = await owner.asks_to_add()
    assert "더하지 못했습니다" in await owner.adds(owner.key.makes(asked), browser=other)
    assert "더했습니다" in await owner.adds(owner.key.makes(asked))


@pytest.mark.parametrize("elsewhere", [{"origin": "https://evil.example"}, {"host": "evil.example"}])
async def test_a_key_made_for_another_site_is_not_added(secure, school, elsewhere):
    owner = await begun(secure, school)
    assert "더하지 못했습니다" in await owner.adds(owner.key.makes(await owner.asks_to_add(), **elsewhere))


async def test_what_was_asked_for_signing_in_adds_nothing_and_the_other_way_round(secure, keyholder):
    browser = secure.visitor()
    asked = await keyholder.asks(browser)
    session, step = browser.http.cookies, keyholder.browser.http.cookies
    assert "더하지 못했습니다" in await keyholder.adds(Authenticator().makes(asked))
    asked = await keyholder.asks_to_add()
    session.set("__Host-desk-step", step["__Host-desk"])
    assert not await keyholder.answers(browser, keyholder.key.signs(asked))


async def test_a_key_is_one_officer_s_and_removed_by_nobody_else(secure, school, keyholder):
    lee = await begun(secure, school, "lee")
    assert "이미 등록한 패스키" in await lee.adds(keyholder.key.makes(await lee.asks_to_add()))
    [row] = await school.rows(select(officer_passkeys.c.id))
    assert "이런 패스키가 없습니다" in await lee.browser.sends(ME, {"do": "remove-key", "key": row.id})
    assert await keyholder.uses_key(secure.visitor())


async def test_no_more_than_ten_keys_are_kept_of_one_officer(secure, school, keyholder):
    for number in range(9):
        await keyholder.adds(Authenticator().makes(await keyholder.asks_to_add()), f"기기 {number}")
    text = await keyholder.browser.sends(
        ME, {"do": "key", "name": "더", "password": PASSWORD, "code": keyholder.code()}
    )
    assert "10개까지" in text
    assert len(await school.rows(select(officer_passkeys))) == 10


@pytest.mark.on_both
async def test_what_nobody_signed_does_not_pile_up(secure, school, keyholder):
    for _ in range(3):
        await keyholder.asks(secure.visitor())
    school.now += timedelta(minutes=6)
    await keyholder.asks(secure.visitor())
    assert len(await school.rows(select(officer_challenges))) == 1
