"""What the web chat refuses, and how it says so."""

import pytest

from tests.support.web import html
from tests.support.web.site import Site, rows
from tests.support.web.visitors import WebVisitor


@pytest.mark.parametrize("token", [None, "", "0" * 64, "토큰"])
async def test_a_form_without_the_token_of_its_session_does_nothing(
    site: Site, web_visitor: WebVisitor, token: str | None
) -> None:
    before = await rows(site)
    answer = await web_visitor.posts(text="강좌", token=token)
    assert answer.status_code == 403
    assert "이 화면이 오래되어" in answer.text
    assert await rows(site) == before


async def test_a_token_of_another_session_is_worth_nothing(web_visitor: WebVisitor, neighbour: WebVisitor) -> None:
    token = neighbour.page.one("form", id="talk").one("input", name="token").attributes["value"]
    assert (await web_visitor.posts(text="강좌", token=token)).status_code == 403


@pytest.mark.parametrize(
    "header", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_a_form_sent_from_another_site_is_refused(web_visitor: WebVisitor, header: dict[str, str]) -> None:
    assert (await web_visitor.posts(header, text="강좌")).status_code == 403


async def test_a_form_sent_from_our_own_page_is_accepted(site: Site, web_visitor: WebVisitor) -> None:
    header = {"Origin": site.url, "Sec-Fetch-Site": "same-origin"}
    assert (await web_visitor.posts(header, text="강좌")).status_code == 303


async def test_without_a_cookie_nothing_can_be_said(site: Site, web_visitor: WebVisitor) -> None:
    web_visitor.http.cookies.clear()
    answer = await web_visitor.posts(text="강좌")
    assert answer.status_code == 403
    assert "쿠키를 허용해 주세요" in answer.text


@pytest.mark.parametrize("unheard", ["%ED%A0%BD", "%00", "a%00b", "%ED%B0%80%00", "\ud83d"])
@pytest.mark.parametrize("field", ["text", "path", "start", "key", "language", "label", "after", "token"])
async def test_half_a_sign_and_nul_break_nothing(web_visitor: WebVisitor, field: str, unheard: str) -> None:
    fields = {**web_visitor._hidden("composer"), "text": "강좌", field: unheard}
    body = "&".join(f"{name}={value}" for name, value in fields.items()).encode("utf-8", "surrogatepass")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await web_visitor.http.post("/say", content=body, headers=form, follow_redirects=False)
    assert answer.status_code in (303, 403, 422)


async def test_a_body_of_more_than_16_kb_is_refused_in_korean(web_visitor: WebVisitor) -> None:
    answer = await web_visitor.posts(text="가" * 6000)
    assert answer.status_code == 413
    assert "내용이 너무 커서" in answer.text


async def test_a_text_of_more_than_1000_characters_is_refused_and_kept_for_shortening(web_visitor: WebVisitor) -> None:
    answer = await web_visitor.posts(text="긴" * 1001)
    page = html.parse(answer.text)
    assert answer.status_code == 422
    assert "1000자 안으로" in page.text
    assert page.one("input", id="say").attributes["value"] == "긴" * 1001
    assert (await web_visitor.posts(text="긴" * 1000)).status_code == 303


async def test_who_writes_too_fast_is_asked_to_wait_and_loses_nothing(web_visitor: WebVisitor) -> None:
    answers = [await web_visitor.posts(text=f"말 {number}") for number in range(25)]
    statuses = [answer.status_code for answer in answers]
    assert statuses[:20] == [303] * 20
    assert statuses[24] == 429
    assert 1 <= int(answers[24].headers["retry-after"]) <= 3
    assert html.parse(answers[24].text).one("input", id="say").attributes["value"] == "말 24"


async def test_a_button_that_was_pressed_too_fast_is_there_to_be_pressed_again(web_visitor: WebVisitor) -> None:
    answers = [await web_visitor.posts(path=f"courses/{number}") for number in range(25)]
    again = html.parse(answers[24].text).one("button", type="submit")
    assert (again.attributes["name"], again.attributes["value"]) == ("path", "courses/24")


async def test_one_visitor_in_a_hurry_does_not_slow_down_her_neighbour(
    web_visitor: WebVisitor, neighbour: WebVisitor
) -> None:
    for number in range(25):
        await web_visitor.posts(text=f"말 {number}")
    assert (await neighbour.posts(text="강좌")).status_code == 303


async def test_a_refusal_reaches_scripts_as_words(web_visitor: WebVisitor) -> None:
    assert await web_visitor.tells("") == {"error": "아무것도 적지 않으셨어요. 다시 적어 주세요."}
