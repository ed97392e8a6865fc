"""The account looked after: what is approved by now, and what is left in it."""

import pytest
from prometheus_client import generate_latest

from bot.ways.solapi.looking import AGAIN, EVERY
from handlers.notices import templates as texts
from storage.ways import templates

pytestmark = pytest.mark.on_sqlite
NAME, TEXT = texts.NAMED["offer"], texts.TEXTS["offer"].text


async def of(mailing, kind="offer"):
    return (await mailing.school.database.read(lambda tx: templates.of_way(tx, "alimtalk")))[kind]


async def looks(mailing, **time):
    await mailing.service.start()
    await mailing.tends(**time)


@pytest.mark.on_both
async def test_an_approved_template_is_found_by_its_name_and_used(mailing):
    offered = mailing.dealer.account.offers(NAME, TEXT)
    await looks(mailing)
    found = await of(mailing)
    assert (found.code, found.text, found.is_usable) == (offered.id, TEXT, True)
    assert (await of(mailing, "confirmed")).status == "missing"


@pytest.mark.parametrize(
    ("status", "known"), [("PENDING", "pending"), ("INSPECTING", "pending"), ("REJECTED", "rejected"), ("?", "stopped")]
)
async def test_what_is_not_approved_is_known_and_not_used(mailing, status, known):
    mailing.dealer.account.offers(NAME, TEXT, status)
    await looks(mailing)
    found = await of(mailing)
    assert (found.status, found.is_usable, bool(found.reason)) == (known, False, True)


async def test_a_template_is_dropped_as_soon_as_it_is_no_more(mailing):
    offered = mailing.dealer.account.offers(NAME, TEXT)
    await looks(mailing)
    del mailing.dealer.account.templates[offered.id]
    await looks(mailing, seconds=EVERY.total_seconds() - 1)
    assert (await of(mailing)).is_usable
    await looks(mailing, seconds=1)
    assert (await of(mailing)).status == "missing"


async def test_of_several_of_one_name_the_newest_approved_one_is_used(mailing):
    account = mailing.dealer.account
    account.offers(NAME, TEXT, created="2026-11-01T00:00:00.000Z")
    newer = account.offers(f"{NAME} v2", TEXT, created="2026-11-05T00:00:00.000Z")
    account.offers(f"{NAME} v3", TEXT, "INSPECTING", created="2026-11-09T00:00:00.000Z")
    account.offers(f"{NAME} 아님", TEXT, created="2026-11-10T00:00:00.000Z")
    await looks(mailing)
    assert (await of(mailing)).code == newer.id


async def test_templates_are_found_on_every_page_and_of_our_channel_only(mailing):
    mailing.dealer.page = 2
    for number in range(5):
        mailing.dealer.account.offers(f"남의 것 {number}", "글")
    offered = mailing.dealer.account.offers(NAME, TEXT)
    mailing.dealer.account.offers(NAME, TEXT, created="2026-12-01T00:00:00.000Z").channel = "KA01PFanother"
    await looks(mailing)
    assert (await of(mailing)).code == offered.id


async def test_what_is_left_in_the_account_is_a_figure(mailing):
    mailing.dealer.account.balance, mailing.dealer.account.point = 12_000, 345
    await looks(mailing)
    assert b"baeumtok_alimtalk_balance_won 12345.0" in generate_latest()


@pytest.mark.parametrize("name", ["balance", "templates"])
async def test_a_dealer_that_tells_nothing_changes_nothing_and_is_asked_again_soon(mailing, name):
    mailing.dealer.account.offers(NAME, TEXT)
    await looks(mailing)
    mailing.dealer.fail(name, 500)
    await looks(mailing, seconds=EVERY.total_seconds())
    assert (await of(mailing)).is_usable
    mailing.dealer.account.templates.clear()
    await looks(mailing, seconds=AGAIN.total_seconds())
    assert not (await of(mailing)).is_usable
