"""Wrong tries: strangers lock out nobody from a browser that is theirs, and guess no more often by being many."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.officers import devices
from storage.tables import officer_devices
from tests.support.console.owner import begun
from tests.support.console.signing import PASSWORD, code_of, signs_in

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("quickly")]


@pytest.fixture
async def kim(counter, school):
    """Has signed in from one browser, and out again."""
    owner = await begun(counter, school)
    await owner.browser.opens("/desk/")
    await owner.browser.presses("로그아웃")
    return owner


async def fails(browser, times: int = 5, login: str = "kim") -> None:
    for _ in range(times):
        assert "맞지 않는" in await signs_in(browser, "not the password", "000000", login)


async def test_strangers_who_know_a_login_lock_out_nobody_from_their_own_browser(counter, kim):
    for _ in range(3):
        await fails(counter.visitor())
    assert "김담당" in await kim.signs_in()


async def test_guessing_from_elsewhere_stays_limited_also_for_who_knows_it_all(counter, school, kim):
    await fails(counter.visitor())
    assert "맞지 않는" in await kim.signs_in(counter.visitor())
    school.now += timedelta(minutes=15)
    assert "김담당" in await kim.signs_in(counter.visitor())


@pytest.mark.on_both
async def test_ten_strangers_at_once_have_five_tries_together(counter, kim):
    await asyncio.gather(*(fails(counter.visitor(), 1) for _ in range(9)))
    assert "맞지 않는" in await kim.signs_in(counter.visitor())
    assert "김담당" in await kim.signs_in()


async def test_a_known_browser_has_five_tries_too_and_locks_nobody_elsewhere(counter, school, kim):
    await fails(kim.browser)
    assert "맞지 않는" in await kim.signs_in()
    assert "김담당" in await kim.signs_in(counter.visitor())
    school.now += timedelta(minutes=15)
    assert "김담당" in await kim.signs_in()


async def test_an_owner_who_signs_in_gives_strangers_no_more_tries(counter, kim):
    await fails(counter.visitor(), 4)
    await kim.signs_in()
    await fails(counter.visitor(), 1)
    assert "맞지 않는" in await kim.signs_in(counter.visitor())


async def test_a_browser_is_known_for_who_signed_in_there_and_for_nobody_else(counter, school, kim):
    lee = await begun(counter, school, "lee")
    await fails(counter.visitor(), login="kim")
    assert "맞지 않는" in await kim.signs_in(lee.browser)


async def test_a_browser_that_two_share_is_known_for_both(counter, school, kim):
    lee = await begun(counter, school, "lee")
    await lee.signs_in(kim.browser)
    for login in ("kim", "lee"):
        await fails(counter.visitor(), login=login)
    assert "김담당" in await kim.signs_in()
    assert "l담당" in await lee.signs_in(kim.browser)


async def test_a_device_that_somebody_planted_is_worth_nothing_afterwards(counter, school, kim):
    evil, victim = await begun(counter, school, "evil"), counter.visitor()
    planted = evil.browser.http.cookies["desk-device"]
    victim.http.cookies.set("desk-device", planted, domain="desk.example.org")
    await kim.signs_in(victim)
    assert victim.http.cookies["desk-device"] != planted
    await fails(counter.visitor())
    assert "맞지 않는" in await kim.signs_in(evil.browser)
    assert "김담당" in await kim.signs_in(victim)


async def test_a_device_that_was_made_up_is_a_stranger_s(counter, kim):
    browsers = [counter.visitor() for _ in range(6)]
    for number, browser in enumerate(browsers):
        browser.http.cookies.set("desk-device", f"made up {number}")
    for browser in browsers[:5]:
        await fails(browser, 1)
    assert "맞지 않는" in await kim.signs_in(browsers[5])


async def test_a_browser_is_forgotten_after_half_a_year_and_when_its_owner_is_reset(counter, school, kim):
    school.now += devices.KEPT
    await fails(counter.visitor())
    assert "맞지 않는" in await kim.signs_in()
    school.now += timedelta(minutes=15)
    await kim.signs_in()
    lead = await counter.officer("lead")
    await lead.sends("/desk/officers", {"do": "reset", "login": "kim", "sure": "1"})
    assert await school.rows(select(officer_devices)) == []


@pytest.mark.on_both
async def test_no_more_than_twenty_browsers_are_known_of_one_officer(counter, school, kim):
    for _ in range(devices.MOST + 1):
        await school.database.write(lambda tx: devices.remember(tx, 1, "", school.now))
    assert len(await school.rows(select(officer_devices))) == devices.MOST


async def test_what_the_browser_keeps_is_read_by_no_script_and_by_no_other_site(counter, school, kim):
    answer = await kim.browser.http.post(
        "/desk/sign-in",
        data={"login": "kim", "password": PASSWORD, "code": kim.code()},
        headers={"origin": counter.url},
    )
    [kept] = [each for each in answer.headers.get_list("set-cookie") if each.startswith("desk-device=")]
    assert {"HttpOnly", "SameSite=strict", f"Max-Age={int(devices.KEPT.total_seconds())}"} <= set(kept.split("; "))
    [row] = await school.rows(select(officer_devices.c.digest))
    assert row.digest not in kept
    assert code_of(kim.secret, school.now) not in kept
