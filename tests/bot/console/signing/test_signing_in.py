"""Signing in to the console: by a link the first time, then by password and code, and what wrong tries lead to."""

import asyncio
from datetime import timedelta

import pytest

from storage.officers import accounts, sessions
from tests.support.console.signing import PASSWORD, begins, code_of, signs_in

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("quickly")]


async def test_a_link_leads_to_a_password_a_code_and_the_console(counter, school, link):
    officer = counter.visitor()
    secret = await begins(officer, link, school)
    assert "복구 코드" in officer.text
    assert "강좌" in await officer.opens("/desk/courses")
    await officer.presses("로그아웃")
    school.now += timedelta(minutes=1)
    assert "김담당" in await signs_in(officer, PASSWORD, code_of(secret, school.now))


async def test_a_link_is_good_once_and_for_a_day(counter, school, link):
    await begins(counter.visitor(), link, school)
    assert "이미 쓰였거나" in await counter.visitor().opens(link)


async def test_a_link_is_over_after_a_day(counter, school, link):
    school.now += timedelta(hours=24, seconds=1)
    assert "시간이 지났습니다" in await counter.visitor().opens(link)


async def test_of_ten_who_open_a_link_at_once_one_gets_in(counter, school, link):
    visitors = [counter.visitor() for _ in range(10)]
    await asyncio.gather(*(begins(each, link, school) for each in visitors))
    assert ["복구 코드" in each.text for each in visitors].count(True) == 1


@pytest.mark.parametrize(
    ("password", "told"), [("짧다", "10자 이상"), ("kimkimkimkim", "알아맞힐"), ("aaaaaaaaaaaa", "알아맞힐")]
)
async def test_a_password_that_is_easily_guessed_is_refused_and_the_link_stays_good(
    counter, school, link, password, told
):
    officer = counter.visitor()
    await begins(officer, link, school, password)
    assert told in officer.text
    await begins(officer, link, school)
    assert "복구 코드" in officer.text


async def test_a_code_is_good_once(counter, school, link):
    officer = counter.visitor()
    secret = await begins(officer, link, school)
    school.now += timedelta(minutes=1)
    code = code_of(secret, school.now)
    assert "김담당" in await signs_in(counter.visitor(), PASSWORD, code)
    assert "맞지 않는 것이 있습니다" in await signs_in(counter.visitor(), PASSWORD, code)


async def test_a_recovery_code_is_good_once(counter, school, link):
    officer = counter.visitor()
    await begins(officer, link, school)
    recovery = next(iter(officer.page.all("li"))).label
    assert "김담당" in await signs_in(counter.visitor(), PASSWORD, recovery.upper())
    assert "맞지 않는" in await signs_in(counter.visitor(), PASSWORD, recovery)


async def test_five_wrong_tries_lock_the_account_for_a_while_also_for_who_knows_it_all(counter, school, link):
    secret = await begins(counter.visitor(), link, school)
    for _ in range(5):
        await signs_in(counter.visitor(), "not the password", "000000")
    school.now += timedelta(minutes=1)
    assert "맞지 않는" in await signs_in(counter.visitor(), PASSWORD, code_of(secret, school.now))
    school.now += timedelta(minutes=15)
    assert "김담당" in await signs_in(counter.visitor(), PASSWORD, code_of(secret, school.now))


async def test_ten_guesses_at_once_are_not_more_than_five(counter, school, link):
    secret = await begins(counter.visitor(), link, school)
    school.now += timedelta(minutes=1)
    wrong = [signs_in(counter.visitor(), "wrong password", "000000") for _ in range(9)]
    await asyncio.gather(*wrong)
    assert "맞지 않는" in await signs_in(counter.visitor(), PASSWORD, code_of(secret, school.now))


async def test_the_answer_is_the_same_whether_or_not_there_is_such_an_account(counter, school, link):
    await begins(counter.visitor(), link, school)
    known, unknown = counter.visitor(), counter.visitor()
    for visitor, login in ((known, "kim"), (unknown, "nobody")):
        await signs_in(visitor, "wrong password", "000000", login)
    assert known.answer.text.replace("kim", "") == unknown.answer.text.replace("nobody", "")
    assert known.answer.status_code == unknown.answer.status_code == 403


async def test_a_session_of_before_signing_in_is_worth_nothing_afterwards(counter, school, link):
    """Whoever put a cookie into a browser beforehand has nothing by it."""
    secret = await begins(counter.visitor(), link, school)
    school.now += timedelta(minutes=1)
    officer = counter.visitor()
    officer.http.cookies.set("desk", "planted")
    await signs_in(officer, PASSWORD, code_of(secret, school.now))
    planted = counter.visitor()
    planted.http.cookies.set("desk", "planted")
    assert "로그인" in await planted.opens("/desk/courses")


async def test_somebody_who_does_nothing_for_twenty_minutes_is_signed_out(counter, school):
    officer = await counter.officer()
    school.now += timedelta(minutes=19)
    assert "강좌" in await officer.opens("/desk/courses")
    school.now += timedelta(minutes=21)
    assert "오래 쓰지 않아 로그아웃되었습니다" in await officer.opens("/desk/courses")


async def test_nobody_stays_signed_in_for_more_than_nine_hours(counter, school):
    officer = await counter.officer()
    for _ in range(9 * 4):
        school.now += timedelta(minutes=15)
        await officer.opens("/desk/courses")
    assert "로그아웃되었습니다" in officer.text


async def test_signing_out_everywhere_ends_all_sessions(counter, school):
    here, elsewhere = await counter.officer(login="kim"), await counter.officer(login="kim")
    await here.opens("/desk/")
    await here.presses("모두 로그아웃")
    assert "로그인" in await elsewhere.opens("/desk/courses")


async def test_who_is_reset_is_signed_out_and_can_do_nothing_with_the_old_password(counter, school, link):
    officer = counter.visitor()
    secret = await begins(officer, link, school)
    lead = await counter.officer("lead")
    await lead.sends("/desk/officers", {"do": "reset", "login": "kim"})
    assert "시작하는 링크" in lead.text
    school.now += timedelta(minutes=1)
    assert "로그인" in await officer.opens("/desk/courses")
    assert "맞지 않는" in await signs_in(officer, PASSWORD, code_of(secret, school.now))


async def test_the_last_lead_stays(counter, school):
    lead = await counter.officer("lead", "kim")
    assert "하나뿐인 팀장" in await lead.sends("/desk/officers", {"do": "end", "login": "kim"})


async def test_the_database_knows_neither_tokens_nor_codes(counter, school, link):
    officer = counter.visitor()
    secret = await begins(officer, link, school)
    token = officer.http.cookies["desk"]
    rows = await school.database.read(lambda tx: (accounts.everybody(tx), sessions.find(tx, token, school.now)))
    told = repr([vars(each) for each in rows[0]])
    assert rows[1]
    assert [word for word in (token, PASSWORD, link.split("/")[-1], secret.replace(" ", "")) if word in told] == []
