"""Who calls or comes may agree to be told at their number: it is read out or signed, and kept as all consents are."""

import pytest
from sqlalchemy import select

from handlers.staff.applicants.registering import REGISTER
from handlers.staff.desk import acts
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.records.consenting import CONSENT_ON_PAPER, WITHDRAW_CONSENT
from storage.people import reaching
from storage.tables import consents
from tests.support.notices.districts import district
from tests.support.notices.ways import approves

pytestmark = pytest.mark.on_sqlite
CALLER = {"name": "임꺽정", "birth_year": "1970", "mobile": "010-0000-0009", "dong": "청구동"}


@pytest.fixture
def performs(school):
    async def perform(act, settings=None, **args):
        desk = Desk((settings or district(alimtalk=True)).to_organization(), school.now)
        return await school.database.write(lambda tx: acts.perform(tx, desk, act, args, again=True))

    return perform


@pytest.fixture
async def calls(school, performs):
    await school.opens(code="T1")

    async def call(settings=None, **differing):
        said = {"told": CALLER, "channel": "phone", "aloud": True, "alimtalk": True, **differing}
        return await performs(REGISTER, settings, code="T1", **said)

    return call


async def kept(school):
    rows = await school.rows(select(consents).where(consents.c.purpose == "alimtalk").order_by(consents.c.id))
    return [(row.given, row.channel, row.paper) for row in rows]


async def reached(school):
    await school.database.write(lambda tx: approves(tx, "alimtalk", ["confirmed"], school.now))
    found = await school.database.read(lambda tx: reaching.ways_to(tx, [1], ["telegram", "alimtalk"]))
    return [each.way for each in found.get(1, [])]


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({}, (True, "phone", None)),
        ({"channel": "visit"}, (True, "visit", None)),
        ({"channel": "paper", "aloud": False, "paper": "26-0012"}, (True, "paper", "26-0012")),
        ({"channel": "institution", "aloud": False, "paper": "26-0012"}, (True, "institution", "26-0012")),
    ],
)
async def test_it_is_kept_with_how_it_was_given_and_they_are_reached(school, calls, how, told):
    await calls(**how)
    assert await kept(school) == [told]
    assert await reached(school) == ["alimtalk"]


async def test_who_does_not_agree_gets_the_seat_and_nothing_at_their_number(school, calls):
    assert "접수했습니다" in (await calls(alimtalk=False)).title
    assert (await kept(school), await reached(school)) == ([], [])


async def test_without_a_number_it_is_declined_and_nobody_is_registered(school, calls):
    with pytest.raises(Declined, match="휴대전화가 없어"):
        await calls(told={**CALLER, "mobile": ""})
    assert await school.enrolled(1) == 0


async def test_what_is_not_sent_here_is_agreed_to_by_nobody(school, calls):
    with pytest.raises(Declined, match="알림톡을 보내지 않습니다"):
        await calls(district())
    assert await kept(school) == []


@pytest.mark.on_both
async def test_a_sheet_signed_later_counts_until_it_is_taken_back_by_telephone(school, calls, performs):
    await calls(alimtalk=False)
    await performs(CONSENT_ON_PAPER, number=1, purpose="alimtalk", paper="26-0013")
    assert await reached(school) == ["alimtalk"]
    await performs(WITHDRAW_CONSENT, number=1, purpose="alimtalk", way="phone")
    assert await kept(school) == [(True, "paper", "26-0013"), (False, "phone", None)]
    assert await reached(school) == []


async def test_a_sheet_without_a_number_or_where_nothing_is_sent_is_declined(school, calls, performs):
    await calls(told={**CALLER, "mobile": ""}, alimtalk=False)
    with pytest.raises(Declined, match="휴대전화가 없어"):
        await performs(CONSENT_ON_PAPER, number=1, purpose="alimtalk", paper="26-0013")
    with pytest.raises(Declined, match="무엇에 동의했는지"):
        await performs(CONSENT_ON_PAPER, district(), number=1, purpose="alimtalk", paper="26-0013")
