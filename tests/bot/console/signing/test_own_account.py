"""One's own account: password, recovery codes, and where one is signed in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.staff.officers.roles import ROLES
from storage.tables import journal, officer_devices, officer_sessions
from tests.support.console.owner import ME, begun
from tests.support.console.signing import PASSWORD, signs_in

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("quickly")]
NEW = "새 비밀번호 는 길다"


@pytest.fixture
async def kim(counter, school):
    return await begun(counter, school)


async def changes(owner, password=PASSWORD, chosen=NEW, repeated=NEW):
    await owner.browser.opens(ME)
    return await owner.browser.presses("비밀번호 바꾸기", password=password, chosen=chosen, repeated=repeated)


async def is_signed_in(browser) -> bool:
    return "모두 로그아웃" in await browser.opens(ME)


@pytest.mark.parametrize("role", ROLES)
async def test_everybody_has_a_page_of_their_own_which_their_name_leads_to(counter, school, role):
    officer = await counter.officer(role, "kim")
    await officer.opens("/desk/")
    assert f"({'kim'}, {ROLES[role]})" in await officer.follows("kim 님")


@pytest.mark.on_both
async def test_a_new_password_ends_what_is_elsewhere_and_counts_from_then_on(counter, school, kim):
    elsewhere, forgotten = counter.visitor(), counter.visitor()
    await kim.signs_in(forgotten)
    await kim.signs_in(elsewhere)
    assert "다른 곳의 로그인 2개를 끝냈습니다" in await changes(kim)
    assert [await is_signed_in(each) for each in (kim.browser, elsewhere)] == [True, False]
    assert len(await school.rows(select(officer_devices))) == 1
    assert "맞지 않는" in await signs_in(counter.visitor(), PASSWORD, kim.code())
    assert "김담당" in await signs_in(counter.visitor(), NEW, kim.code())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"password": "wrong"}, "지금 비밀번호가 맞지 않습니다. 4번 더"),
        ({"chosen": "짧다", "repeated": "짧다"}, "10자 이상"),
        ({"chosen": "kimkimkimkim", "repeated": "kimkimkimkim"}, "알아맞힐"),
        ({"repeated": "다른 것을 적었습니다"}, "서로 다릅니다"),
    ],
)
async def test_a_password_is_not_changed_by_who_does_not_know_it_nor_to_one_that_is_easy(counter, kim, typed, told):
    other = counter.visitor()
    await kim.signs_in(other)
    assert told in await changes(kim, **typed)
    assert await is_signed_in(other)
    assert "김담당" in await kim.signs_in(counter.visitor())


async def test_who_took_over_a_session_has_five_guesses_and_locks_out_nobody(counter, school, kim):
    thief = counter.visitor()
    thief.http.cookies.set("desk", kim.browser.http.cookies["desk"])
    for _ in range(4):
        await thief.sends(ME, {"do": "password", "password": "guess", "chosen": NEW, "repeated": NEW})
    await thief.sends(ME, {"do": "codes", "password": "guess", "code": "000000"})
    assert "로그아웃했습니다" in thief.text
    assert not await is_signed_in(thief)
    assert not await is_signed_in(kim.browser)
    assert "김담당" in await kim.signs_in()
    rows = await school.rows(select(journal.c.action).order_by(journal.c.id))
    assert [row.action for row in rows][-6:] == [*["refused/own-account"] * 4, "session-over", "signed-in"]


async def test_guesses_of_before_are_forgiven_to_who_knows_it(counter, kim):
    for _ in range(2):
        for _ in range(4):
            await changes(kim, password="guess")
        await changes(kim, chosen=PASSWORD, repeated=PASSWORD)
    assert await is_signed_in(kim.browser)


async def test_new_recovery_codes_take_the_place_of_the_old_ones(counter, school, kim):
    old = next(iter(kim.browser.page.all("li"))).label
    await kim.browser.opens(ME)
    assert "남은 코드: 8개" in kim.browser.text
    await kim.browser.presses("새 복구 코드 받기", password=PASSWORD, code=kim.code())
    new = [each.label for each in kim.browser.page.all("code")]
    assert len(new) == 8
    assert "맞지 않는" in await signs_in(counter.visitor(), PASSWORD, old)
    assert "김담당" in await signs_in(counter.visitor(), PASSWORD, new[0])
    assert "남은 코드: 7개" in await kim.browser.opens(ME)


@pytest.mark.parametrize("proof", [{"code": "000000"}, {"password": "wrong"}, {"code": ""}])
async def test_recovery_codes_are_made_anew_for_password_and_code_alone(counter, kim, proof):
    old = next(iter(kim.browser.page.all("li"))).label
    await kim.browser.opens(ME)
    typed = {"password": PASSWORD, "code": kim.code(), **proof}
    assert "맞지 않습니다" in await kim.browser.presses("새 복구 코드 받기", **typed)
    assert "김담당" in await signs_in(counter.visitor(), PASSWORD, old)


async def test_a_code_that_was_taken_makes_no_recovery_codes(counter, kim):
    code = kim.code()
    await signs_in(counter.visitor(), PASSWORD, code)
    text = await kim.browser.sends(ME, {"do": "codes", "password": PASSWORD, "code": code})
    assert "맞지 않습니다" in text


@pytest.mark.on_both
async def test_a_session_elsewhere_is_seen_and_ended(counter, kim):
    elsewhere = counter.visitor()
    await kim.signs_in(elsewhere)
    await kim.browser.opens(ME)
    assert "127.0.0.1" in kim.browser.text
    assert "끝냈습니다" in await kim.browser.presses("끝내기")
    assert [await is_signed_in(each) for each in (kim.browser, elsewhere)] == [True, False]


async def test_nobody_ends_a_session_that_is_not_theirs(counter, school, kim):
    lee = await begun(counter, school, "lee")
    for row in await school.rows(select(officer_sessions.c.id).where(officer_sessions.c.officer_id == 1)):
        assert "이런 로그인이 없습니다" in await lee.browser.sends(ME, {"do": "session", "session": row.id})
    assert await is_signed_in(kim.browser)


async def test_sessions_that_are_over_are_not_shown(counter, school, kim):
    await kim.signs_in(counter.visitor())
    for _ in range(3):
        school.now += timedelta(minutes=15)
        await kim.browser.opens(ME)
    assert kim.browser.text.count("127.0.0.1") == 1


async def test_a_deputy_s_own_account_is_their_own(counter, school):
    lead = await begun(counter, school, "lead", "lead")
    viewer = await begun(counter, school, "park", "viewer")
    days = {"from_day": "2026-11-23", "until_day": "2026-11-24"}
    await lead.browser.sends("/desk/officers", {"do": "deputize", "login": "lead", "deputy": "park", **days})
    assert "(park, 열람)" in await viewer.browser.opens(ME)
    await changes(viewer)
    assert "l담당" in await lead.signs_in(counter.visitor())


async def test_the_journal_has_what_was_done_and_nothing_that_was_typed(counter, school, kim):
    await changes(kim)
    await kim.browser.sends(ME, {"do": "codes", "password": NEW, "code": kim.code()})
    rows = await school.rows(select(journal.c.action, journal.c.args))
    assert {row.action for row in rows} >= {"new-password", "new-recovery-codes"}
    assert [word for word in (PASSWORD, NEW, kim.secret) if word in repr(rows)] == []
