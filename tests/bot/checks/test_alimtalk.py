"""What `check` tells of AlimTalk: whether the dealer knows us, what is left, and where results are told."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.checks import alimtalk
from bot.sections import AlimTalk
from bot.settings import Settings
from tests.support.solapi import CHANNEL, KEY, SECRET, Dealer

PUBLIC = {"public_url": "https://learn.example.kr"}


@pytest.fixture
async def account() -> AsyncIterator[Dealer]:
    started = await Dealer().start()
    yield started
    await started.stop()


def settings(account, **differing):
    section = {"api_key": KEY, "api_secret": SECRET, "channel": CHANNEL, "api_url": account.url} | differing
    return Settings(web=PUBLIC, alimtalk=AlimTalk(**section))


async def finds(account, **differing):
    return [(each.is_good, each.finding) for each in await alimtalk.check(settings(account, **differing))]


async def test_without_the_section_nothing_is_asked():
    ((is_good, finding),) = [(each.is_good, each.finding) for each in await alimtalk.check(Settings())]
    assert (is_good, "꺼져" in finding) == (True, True)


async def test_what_is_left_is_told_and_where_results_come(account):
    account.account.balance = 12_345
    (first, second) = await finds(account, webhook_secret=SecretStr("a-long-secret-0001"))
    assert (first[0], "12,345원" in first[1]) == (True, True)
    assert (second[0], "https://learn.example.kr/alimtalk/results" in second[1]) == (True, True)


async def test_an_account_that_is_nearly_empty_is_red(account):
    account.account.balance = 1_299
    (first, _) = await finds(account)
    assert (first[0], "충전" in first[1]) == (False, True)


@pytest.mark.parametrize("wrong", [{"api_key": "NCSOTHER"}, {"api_secret": "another"}])
async def test_a_key_that_the_dealer_does_not_know_is_red_and_not_shown(account, wrong):
    (first, _) = await finds(account, **wrong)
    assert (first[0], "alimtalk.api_key" in first[1]) == (False, True)
    assert not [each for each in (KEY, SECRET, "NCSOTHER", "another") if each in first[1]]


async def test_a_clock_that_is_wrong_is_red(account):
    real = account._signatures._now
    account._signatures._now = lambda: real().replace(year=2020)
    (first, _) = await finds(account)
    assert (first[0], "시계" in first[1]) == (False, True)


async def test_a_dealer_that_is_away_or_ill_is_red(account):
    account.fail("balance", 500)
    assert "InternalServerError" in (await finds(account))[0][1]
    await account.stop()
    (first, _) = await finds(account)
    assert (first[0], "연결할 수 없습니다" in first[1]) == (False, True)


async def test_results_that_nobody_outside_can_bring_are_red(account):
    told = settings(account, webhook_secret=SecretStr("a-long-secret-0001"))
    (_, second) = await alimtalk.check(told.model_copy(update={"web": Settings().web}))
    assert (second.is_good, "web.public_url" in second.finding) == (False, True)
