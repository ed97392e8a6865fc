"""A computer that others use too: who has left it is a stranger there, and so is whoever comes next."""

from datetime import timedelta

import httpx
import pytest

from bot.channels.web.visitor import NAME, OWN_NAME, Visitor, new
from bot.messages.incoming import Incoming
from handlers.dialogue.conversation import Said
from tests.support.domain import School
from tests.support.web.site import Site, serving
from tests.support.web.visitors import WebVisitor

pytestmark = pytest.mark.on_sqlite

HTTPS = "https://chat.example"


class Known:
    """Somebody who has said something with this secret."""

    def __init__(self, site: Site, secret: str) -> None:
        self.site, self.who = site, Visitor(secret)

    async def talked(self) -> None:
        said = Incoming(
            "web", f"key of {self.who.address}", self.who.address, Said(text="나만의 말"), {"text": "나만의 말"}
        )
        await self.site.answering.converse(said)


async def registers(visitor: WebVisitor) -> None:
    await visitor.fills_in()
    await visitor.presses("이대로 신청하기")


async def test_who_leaves_is_asked_once_and_is_a_stranger_afterwards(web_visitor: WebVisitor) -> None:
    await registers(web_visitor)
    assert "나가시겠어요" in await web_visitor.presses("이 기기에서 나가기")
    assert web_visitor.said[-1] == "이 기기에서 나가기"
    await web_visitor.presses("네, 나갈게요")
    assert web_visitor.said == [""]
    assert "신청하신 강좌가 없" in await web_visitor.says("내 신청")


async def test_leaving_is_said_in_words_and_can_be_thought_better_of(web_visitor: WebVisitor) -> None:
    await registers(web_visitor)
    await web_visitor.says("나가기")
    await web_visitor.says("아니요")
    assert "바리스타" in await web_visitor.says("내 신청")
    await web_visitor.says("로그아웃")
    await web_visitor.says("네")
    assert web_visitor.said == [""]


async def test_a_script_is_told_that_the_page_is_left(web_visitor: WebVisitor) -> None:
    await web_visitor.says("나가기")
    assert await web_visitor.tells("네") == {"left": True}


async def test_the_cookie_of_who_left_opens_nothing_even_if_it_was_copied(site: Site, web_visitor: WebVisitor) -> None:
    await registers(web_visitor)
    copied = web_visitor.http.cookies[NAME]
    await web_visitor.says("나가기")
    await web_visitor.presses("네, 나갈게요")
    thief = WebVisitor(site.url)
    thief.http.cookies[NAME] = copied
    assert "홍길동" not in (await thief.opens()).page.text
    assert "신청하신 강좌가 없" in await thief.says("내 신청")
    await thief.leaves()


async def test_whoever_comes_next_has_another_cookie(web_visitor: WebVisitor) -> None:
    before = web_visitor.http.cookies[NAME]
    await web_visitor.says("나가기")
    await web_visitor.presses("네, 나갈게요")
    assert web_visitor.http.cookies[NAME] != before


async def test_seats_of_who_left_stay_theirs(site: Site, web_visitor: WebVisitor) -> None:
    await registers(web_visitor)
    await web_visitor.says("나가기")
    await web_visitor.presses("네, 나갈게요")
    assert await School(site.database).enrolled(1) == 1


async def test_open_pages_of_who_left_hear_nothing_more(web_visitor: WebVisitor) -> None:
    told = await web_visitor.tells("나가기")
    async with web_visitor.listening(after=told["id"]) as stream:
        await web_visitor.tells("네")
        assert await stream.ends()


async def test_where_only_ones_own_account_sees_the_talk_there_is_nothing_to_leave(visitor) -> None:
    assert "나가지 않으셔도 돼요" in await visitor("1", channel="telegram").says("로그아웃")


# --- what a page shows ---


async def test_what_was_said_is_shown_for_twelve_hours(site: Site, web_visitor: WebVisitor, monkeypatch) -> None:
    await web_visitor.says("강좌")
    for hours, said in ((11, ["강좌"]), (13, [""])):
        now = site.answering.now() + timedelta(hours=hours)
        monkeypatch.setattr(site.answering, "now", lambda now=now: now)
        await web_visitor.opens()
        assert web_visitor.said[-1:] == said
        monkeypatch.undo()


async def test_a_stream_tells_nothing_older_either(site: Site, web_visitor: WebVisitor, monkeypatch) -> None:
    await web_visitor.says("강좌")
    now = site.answering.now() + timedelta(hours=13)
    monkeypatch.setattr(site.answering, "now", lambda: now)
    async with web_visitor.listening(after=0) as stream:
        await web_visitor.tells("도움말")
        assert (await stream.hears()).said == "도움말"


# --- the cookie ---


@pytest.mark.parametrize("value", ["x" * 43, "x" * 44, f"{'x' * 44}.{'0' * 64}", "", "a b"])
async def test_a_cookie_that_we_did_not_give_is_exchanged(site: Site, value: str) -> None:
    async with httpx.AsyncClient(cookies={NAME: value}) as http:
        assert (await http.get(f"{site.url}/events")).status_code == 403
        answer = await http.get(site.url)
    assert value not in answer.headers["set-cookie"] or not value


@pytest.mark.parametrize("public_url", ["", HTTPS])
async def test_a_cookie_from_before_goes_on_once_and_is_exchanged(sqlite_url: str, public_url: str) -> None:
    async with serving(sqlite_url, public_url) as site:
        secret = new().secret[:43]
        old = Known(site, secret)
        await old.talked()
        async with httpx.AsyncClient(cookies={NAME: secret}) as http:
            answer = await http.get(site.url)
        assert "나만의 말" in answer.text
        name = OWN_NAME if public_url else NAME
        given = answer.headers.get_list("set-cookie")
        assert any(each.startswith(f"{name}={secret}.") for each in given)
        assert any("Max-Age=0" in each for each in given if each.startswith(f"{NAME}=")) == bool(public_url)


async def test_a_session_of_today_can_not_be_planted_as_one_from_before(sqlite_url: str) -> None:
    async with serving(sqlite_url, HTTPS) as site:
        secret = new().secret
        await Known(site, secret).talked()
        for planted in (secret, site.chat._visitors.issued(Known(site, secret).who)):
            async with httpx.AsyncClient(cookies={NAME: planted}) as http:
                assert "나만의 말" not in (await http.get(site.url)).text
