"""A registration on our own page, with the real service that dies between the page and the receipt in Telegram."""

import pytest

from storage.tables import residents
from tests.support.domain import PERSON
from tests.support.service.town import Town, inhabited
from tests.support.web.own_pages import Holder, link_in


@pytest.fixture
async def paged_town(sqlite_url, tmp_path, monkeypatch):
    """A town where Telegram asks nothing personal."""
    monkeypatch.setenv("BAEUMTOK_TELEGRAM__PERSONAL_QUESTIONS", "page")
    async with inhabited(tmp_path, sqlite_url) as town:
        await town.service.start()
        yield town


async def test_a_receipt_outlives_its_process_and_nothing_of_the_link_or_the_person_is_logged(paged_town: Town):
    town, resident = paged_town, paged_town.resident()
    course = await town.opens()
    await resident.asks(f"/start c{course}")
    path = link_in((await resident.taps("신청하기")).text)
    holder = Holder(town.service.url)
    await holder.fills_in(path)
    assert "자리가 정해졌어요" in await holder.presses("이대로 신청하기")
    await town.service.kill()
    await town.service.start()
    await town.quiet()
    assert [message.text.count("자리가 정해졌어요") for message in resident.messages].count(1) == 1
    assert holder.page.one("a", class_="choice").attributes["href"].startswith("https://t.me/")
    secret = holder.http.cookies["page"]
    await holder.http.aclose()
    told = (path.rpartition("/")[2], secret, PERSON["name"], PERSON["mobile"], "821000000001", "/once/")
    assert [each for each in told if each in town.service.logs] == []
    assert len(await town.enrolled(course)) == 1
    assert await town.database.read(lambda tx: tx.execute(residents.select()).one().name) == PERSON["name"]
