"""A mother and a daughter in one chat, in each of the three, from registering to what they have left."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from storage.tables import addresses, residents, survey_receipts
from tests.support.clock.scenes import at
from tests.support.older.phones import PHONES
from tests.support.people.family import holders

pytestmark = [pytest.mark.on_sqlite, pytest.mark.filterwarnings("ignore:Please use 'Bot")]

READS = 5.0  # seconds
OWN = ["동의하고 계속", "“청구동”", "“홍길동 1983”", "“010-0000-0001”", "이대로 신청하기"]
AGREED = "네, 동의하셨어요"
MOTHERS = [AGREED, "“청구동”", "“김순자 1955”", "“010-0000-0002”", "이대로 신청하기"]
FLOWERS = {"title": "꽃차", "certificate": "", "keywords": (), "start_time": time(15), "end_time": time(17)}


class Thumb:
    """Types what stands in quotes and taps all else, turning pages where it isn't to be seen."""

    def __init__(self, phone, channel):
        self.phone = phone
        self._is_abroad = channel == "telegram"

    async def does(self, *steps):
        for step in steps:
            self.phone.watch.goes_on(READS)
            if self._is_abroad and step in (OWN[0], AGREED):
                await self._taps("텔레그램으로 계속" if step == OWN[0] else AGREED)
            await (self.phone.says(step[1:-1]) if step.startswith("“") else self._taps(step))
        return self.phone.words

    async def _taps(self, wanted):
        self.phone.watch.goes_on(READS)
        found = [each for each in self.phone.labels if wanted[:8] in each]
        await self.phone.taps(found[0] if found else "더 보기")
        if not found:
            await self._taps(wanted)


@pytest.mark.parametrize("channel", PHONES)
async def test_mother_and_daughter_are_kept_apart_in_one_chat(school, answering, clock, channel):
    course = await school.opens()
    async with PHONES[channel](answering) as phone:
        thumb = Thumb(phone, channel)
        await thumb.does("“바리스타”", "신청하기", *OWN)
        assert "김순자 님 것이에요." in await thumb.does("다른 분 것도 신청할게요", *MOTHERS)
        assert await holders(school, course) == ["홍길동", "김순자"]
        assert "김순자 님" in await thumb.does("“내 신청”")
        await thumb.does("김순자", "신청 취소하기", "네, 취소할게요")
        assert "김순자 님 것이에요." in phone.words
        assert await holders(school, course) == ["홍길동"]
        await thumb.does("되돌리기")
    assert await holders(school, course) == ["홍길동", "김순자"]


@pytest.mark.parametrize("channel", PHONES)
async def test_somebody_else_first_and_then_oneself(school, answering, channel):
    course, flowers = await school.opens(), await school.opens(**FLOWERS)
    async with PHONES[channel](answering) as phone:
        thumb = Thumb(phone, channel)
        await thumb.does("“바리스타”", "신청하기", OWN[0], "“청구동”", "다른 분 것을", *MOTHERS)
        assert "누구 것을 신청하시나요?" in await thumb.does("“꽃차”", "신청하기")
        await thumb.does("본인", *OWN[1:])  # she had agreed before she said that it is for another
    assert await holders(school, course) == ["김순자"]
    assert await holders(school, flowers) == ["홍길동"]


@pytest.mark.on_both
@pytest.mark.parametrize("channel", PHONES)
async def test_each_answers_a_survey_in_one_chat(school, answering, clock, office, channel):
    await school.opens()
    async with PHONES[channel](answering) as phone:
        thumb = Thumb(phone, channel)
        await thumb.does("“바리스타”", "신청하기", *OWN, "다른 분 것도 신청할게요", *MOTHERS)
        await clock.until(at("12-29 14:00"), timedelta(hours=24))
        shown = await thumb.does("“설문”")
        assert "홍길동 님(본인)" in shown
        assert "김순자 님" in shown
    people = select(residents.c.name).join(addresses).order_by(addresses.c.is_main.desc())
    assert [row.name for row in await school.rows(people)] == ["홍길동", "김순자"]
    assert await school.rows(select(survey_receipts)) == []
