"""The web chat as a conversation: forms only, over HTTP."""

import asyncio

import pytest
from sqlalchemy import select

from bot.channels.web.writing import ChatPages, Turn
from handlers.dialogue.reply import Button, Reply
from storage.tables import addresses
from tests.support.everywhere import ORGANIZATION
from tests.support.web import html
from tests.support.web.site import Site, rows
from tests.support.web.visitors import WebVisitor


async def test_a_resident_registers_and_cancels_without_scripts(web_visitor: WebVisitor) -> None:
    await web_visitor.fills_in()
    assert "자리가 정해졌어요" in await web_visitor.presses("이대로 신청하기")
    await web_visitor.presses("내 신청 보기")
    await web_visitor.presses("신청 취소하기")
    assert "신청을 취소했어요" in await web_visitor.presses("네, 취소할게요")


async def test_a_posted_form_leads_back_to_the_newest_message(web_visitor: WebVisitor) -> None:
    answer = await web_visitor.posts(text="강좌")
    assert (answer.status_code, answer.headers["location"]) == (303, "/#newest")
    await web_visitor.opens()
    assert len(list(web_visitor.page.all("a", id="newest"))) == 1


async def test_the_greeting_answers_to_its_numbers_from_the_first_message_on(web_visitor: WebVisitor) -> None:
    assert "1. 강좌 찾기" in web_visitor.turns[0].buttons
    assert "지금 접수하는 강좌" in await web_visitor.says("1")


async def test_cards_and_buttons_are_numbered_as_they_can_be_typed(web_visitor: WebVisitor) -> None:
    await web_visitor.says("강좌")
    assert [label for label in web_visitor.turns[-1].buttons if label.startswith("2.")] == ["2. 꽃차소믈리에"]
    assert "꽃차소믈리에" in await web_visitor.says("2")


async def test_a_part_of_a_list_goes_on_with_its_numbers(web_visitor: WebVisitor) -> None:
    await web_visitor.says("쉽게")
    await web_visitor.presses("더 보기")
    assert [label[:2] for label in web_visitor.turns[-1].buttons[1:3]] == ["4.", "5."]


async def test_a_label_that_is_a_number_has_no_other_number_before_it() -> None:
    shown = ChatPages(ORGANIZATION).turns("ko", [Turn(1, "", "", Reply("몇 점인가요?", buttons=(Button("0", "p/0"),)))])
    assert html.parse(shown).one("button", name="path").label == "0"


async def test_a_reload_shows_the_same_conversation(web_visitor: WebVisitor) -> None:
    await web_visitor.says("강좌")
    await web_visitor.presses("꽃차소믈리에")
    before = web_visitor.turns
    assert (await web_visitor.opens()).turns == before
    assert web_visitor.said == ["", "강좌", "꽃차소믈리에"]


async def test_a_flyer_opens_its_course_and_numbers_mean_its_buttons(web_visitor: WebVisitor) -> None:
    await web_visitor.opens("/?start=c2-from-POSTER")
    assert "꽃차소믈리에" in web_visitor.turns[0].reply
    assert "수강신청을 위해 개인정보를 모읍니다" in await web_visitor.says("1")
    assert web_visitor.said == ["", "1"]


@pytest.mark.parametrize("path", ["/?start=c1-from-POSTER", "/?from=POSTER", "/?start=from-POSTER-c1"])
async def test_the_flyer_is_remembered_with_the_first_message(site: Site, web_visitor: WebVisitor, path: str) -> None:
    await web_visitor.opens(path)
    assert await origins(site) == []
    await web_visitor.says("강좌")
    assert await origins(site) == ["POSTER"]


async def test_a_flyer_shows_its_course_to_somebody_who_was_here_before(web_visitor: WebVisitor) -> None:
    await web_visitor.says("도움말")
    await web_visitor.opens("/?start=c2")
    assert "꽃차소믈리에" in web_visitor.turns[-1].reply
    await web_visitor.presses("신청하기")
    assert [said for said in web_visitor.said if said] == ["도움말", "신청하기"]


async def test_the_page_speaks_the_language_of_the_resident(web_visitor: WebVisitor) -> None:
    await web_visitor.presses("English")
    assert web_visitor.page.one("html").attributes["lang"] == "en"
    assert web_visitor.page.one("button", class_="send").label == "Send"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("en-US,en;q=0.9", "en"),
        ("ko-KR,ko;q=0.9,en-US;q=0.8", "ko"),
        ("en;q=0.3, ko;q=0.7", "ko"),
        ("vi-VN, en;q=0.5, ko;q=0", "en"),
        ("vi, ko;q=0.4", "ko"),
        ("zh-CN", "en"),
        ("*", "ko"),
        ("", "ko"),
        (";;q=9,,", "ko"),
    ],
)
async def test_who_is_new_is_spoken_to_in_the_language_of_their_browser(site: Site, asked: str, spoken: str) -> None:
    newcomer = WebVisitor(site.url)
    newcomer.http.headers["Accept-Language"] = asked
    assert (await newcomer.opens()).page.one("html").attributes["lang"] == spoken
    await newcomer.says("abcxyz")
    assert newcomer.page.one("html").attributes["lang"] == spoken
    assert (await newcomer.tells("abcxyz"))["language"] == spoken
    await newcomer.leaves()


async def test_whom_we_know_keeps_their_language_on_another_browser(web_visitor: WebVisitor) -> None:
    await web_visitor.says("한국어로 바꾸기")
    web_visitor.http.headers["Accept-Language"] = "en"
    assert (await web_visitor.opens()).page.one("html").attributes["lang"] == "ko"


async def test_a_button_of_a_screen_that_is_gone_is_still_answered(web_visitor: WebVisitor) -> None:
    await web_visitor.posts(path="contact", text=None)
    await web_visitor.opens()
    assert web_visitor.said[-1] == "사람에게 문의"


async def test_nobody_can_be_shown_to_have_pressed_what_was_never_offered(web_visitor: WebVisitor) -> None:
    await web_visitor.posts(path="courses/3", text=None, label="관리자에게 돈을 보냈어요")
    await web_visitor.opens()
    assert web_visitor.said[-1] == "예전 화면의 단추를 눌렀어요"
    assert "관리자" not in web_visitor.page.text


@pytest.mark.parametrize("path", ["x" * 65, "가" * 22, "courses/../mine", "forms/enroll/1/answer", "\x00x", "-"])
async def test_a_hostile_path_gets_the_refusal_of_an_old_button(web_visitor: WebVisitor, path: str) -> None:
    answer = await web_visitor.posts({"Accept": "application/json"}, path=path, text=None)
    assert "이 단추는 이제 쓸 수 없어요" in answer.json()["html"]


# --- the same thing twice ---


async def test_a_double_click_acts_once_and_is_answered_alike(site: Site, web_visitor: WebVisitor) -> None:
    first, second = await asyncio.gather(web_visitor.tells("강좌"), web_visitor.tells("강좌"))
    assert first["id"] == second["id"]
    assert (await web_visitor.opens()).said == ["", "강좌"]


async def test_ten_posts_of_one_form_take_one_seat(site: Site, web_visitor: WebVisitor) -> None:
    await web_visitor.fills_in()
    submit = next(each for each in web_visitor.page.all("button") if "이대로 신청하기" in each.label)
    path = submit.attributes["value"]
    accept = {"Accept": "application/json"}
    answers = await asyncio.gather(*(web_visitor.posts(accept, path=path, text=None) for _ in range(10)))
    assert len({answer.json()["html"] for answer in answers}) == 1
    assert (await rows(site))["enrollments"] == 1


async def test_two_things_said_on_one_page_are_two_messages(web_visitor: WebVisitor) -> None:
    await web_visitor.posts(text="강좌")
    await web_visitor.posts(text="문의")
    assert (await web_visitor.opens()).said == ["", "강좌", "문의"]


async def origins(site: Site) -> list[str]:
    return await site.database.read(lambda tx: [*tx.execute(select(addresses.c.origin)).scalars()])


async def test_who_writes_hangul_is_answered_in_korean_whatever_their_browser_speaks(site: Site) -> None:
    newcomer = WebVisitor(site.url)
    newcomer.http.headers["Accept-Language"] = "en-US"
    await newcomer.opens()
    assert (await newcomer.tells("바리스타"))["language"] == "ko"
    assert (await newcomer.opens()).page.one("html").attributes["lang"] == "ko"
    assert (await newcomer.tells("1"))["language"] == "ko"
    await newcomer.leaves()
