"""A daughter who registers her mother from Telegram, on our own page."""

import json

import pytest
from sqlalchemy import select

from storage.tables import inbox
from tests.support.people.family import MOTHER, daughter_at, holders
from tests.support.web.own_pages import ON_PAGE, link_in

pytestmark = pytest.mark.parametrize("settings", [ON_PAGE], ids=["on a page"])


async def test_a_mother_is_registered_on_the_page_and_told_of_in_the_chat_without_her_name(school, visitor, holder):
    course, daughter = await school.opens(), daughter_at(visitor("700", channel="telegram"))
    await daughter.begins_for_another(course)
    assert "다른 분 것이에요" in await holder.begins(link_in(daughter.screen))
    await holder.presses("네, 동의하셨어요")
    await holder.presses(MOTHER["dong"])
    for question in ("name", "birth_year", "mobile"):
        await holder.types(MOTHER[question])
    assert "자리가 정해졌어요" in await holder.presses("이대로 신청하기")
    assert await holders(school, course) == ["김순자"]
    (owed,) = [row.reply for row in await school.rows(select(inbox.c.reply).where(inbox.c.due_at.is_not(None)))]
    written = json.dumps(owed, ensure_ascii=False)
    assert ("김○○" in written, "김순자" in written, "for/2/mine/1" in written) == (True, False, True)
