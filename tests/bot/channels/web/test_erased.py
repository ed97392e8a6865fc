"""Erased on the web: the page, the session and the files behind it are as if nobody had been there."""

from pathlib import Path

import pytest

from bot.channels.web.visitor import NAME
from storage.people.forgetting import erasing
from storage.tables import addresses
from tests.support.web.site import Site, rows
from tests.support.web.visitors import WebVisitor

OF_THEM = ("홍길동", "01000000001", "010-0000-0001")


async def registers(somebody: WebVisitor) -> None:
    await somebody.fills_in()
    await somebody.presses("이대로 신청하기")


async def asks(somebody: WebVisitor) -> None:
    await somebody.says("내 정보 지워 주세요")
    await somebody.presses("취소하고 모두 지우기")


def stored(folder: Path, *more: str) -> list[str]:
    kept = b"".join(path.read_bytes() for path in folder.glob("test.db*"))
    return [said for said in (*OF_THEM, *more) if said.encode() in kept]


async def test_who_is_erased_is_told_so_and_is_a_stranger(site: Site, web_visitor: WebVisitor) -> None:
    await registers(web_visitor)
    before = web_visitor.http.cookies[NAME]
    await asks(web_visitor)
    told = await web_visitor.presses("네, 모두 지워 주세요")
    assert "다 지웠어요. 이제 저희는 누구신지 몰라요. 안녕하세요!" in told
    assert web_visitor.http.cookies[NAME] != before
    assert "아직 아무것도 적어 두지 않았어요" in await web_visitor.says("내 정보")


async def test_nothing_of_who_was_erased_is_in_the_files(site: Site, web_visitor: WebVisitor, tmp_path: Path) -> None:
    await registers(web_visitor)
    address = (await site.database.read(lambda tx: tx.execute(addresses.select()).one())).address
    assert stored(tmp_path, address)
    await asks(web_visitor)
    await web_visitor.presses("네, 모두 지워 주세요")
    assert stored(tmp_path, address) == []


async def test_the_press_that_is_sent_twice_makes_nobody(site: Site, web_visitor: WebVisitor, tmp_path: Path) -> None:
    await registers(web_visitor)
    await asks(web_visitor)
    cookie = web_visitor.http.cookies[NAME]
    yes = next(each for each in web_visitor.page.all("button") if "네, 모두" in each.label)
    pressed = {**web_visitor._hidden("talk"), "path": yes.attributes["value"]}
    for _ in range(2):
        web_visitor.http.cookies.clear()
        answer = await web_visitor.http.post("/say", data=pressed, headers={"Cookie": f"{NAME}={cookie}"})
        assert "다 지웠어요" in answer.text
    assert (await rows(site))["addresses"] == 0


async def test_a_script_is_told_where_to_go(web_visitor: WebVisitor) -> None:
    await registers(web_visitor)
    await asks(web_visitor)
    assert await web_visitor.tells("네") == {"left": True, "to": "/?erased"}


@pytest.mark.parametrize("seen", ["?erased", "?erased&start=c1"])
async def test_nobody_is_told_so_whose_talk_is_there(web_visitor: WebVisitor, seen: str) -> None:
    await registers(web_visitor)
    await web_visitor.opens(f"/{seen}")
    assert "다 지웠어요" not in web_visitor.page.text


async def test_an_open_page_of_who_is_erased_elsewhere_is_emptied(site: Site, web_visitor: WebVisitor) -> None:
    told = await web_visitor.tells("바리스타")
    await registers(web_visitor)
    async with web_visitor.listening(after=told["id"]) as stream:
        await stream.event()
        await site.database.write(lambda tx: erasing.erase(tx, 1, site.answering.now()))
        assert await stream.is_left()
