"""How much somebody may say in a day: what goes beyond is answered all the same, and neither stored nor done."""

import pytest
from sqlalchemy import select

from bot.http.limits import Days
from storage.tables import inbox

pytestmark = pytest.mark.on_sqlite


async def test_who_says_too_much_is_answered_each_time_and_adds_nothing(school, skill, talker):
    skill._days = Days(session=3)
    hana = talker()
    answers = [await hana.says("도움말") for _ in range(6)]
    assert ["오늘 여기서 보낸 메시지가 많아서" in each for each in answers] == [False] * 3 + [True] * 3
    assert ("02-000-0000" in hana.words, len(await school.rows(select(inbox.c.id)))) == (True, 3)


async def test_one_person_uses_up_nobody_elses_day(skill, talker):
    skill._days = Days(session=1)
    await talker("하나").says("도움말")
    assert "많아서" not in await talker("둘").says("도움말")
