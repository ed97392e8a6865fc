"""What the web chat keeps apart, refuses and never shows or stores."""

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from handlers.language.hidden_numbers import mask_resident_numbers
from tests.support.web import html
from tests.support.web.disk import NUMBERS, in_files
from tests.support.web.html import inline
from tests.support.web.site import Site, rows, serving, unlimited
from tests.support.web.visitors import WebVisitor

PAGES = ["/", "/?start=c1", "/?start=c1-from-POSTER", "/?from=POSTER", "/?start=c999", "/?start=<script>"]


# --- sessions ---


async def test_the_session_cookie_is_kept_from_scripts_and_other_sites(site: Site) -> None:
    async with httpx.AsyncClient() as http:
        cookie = (await http.get(site.url)).headers["set-cookie"]
    assert re.match(r"baeumtok=[\w-]{44}\.[0-9a-f]{64};", cookie)
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=7776000"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


async def test_behind_https_the_cookie_is_secure_and_of_this_host_alone(sqlite_url: str) -> None:
    async with serving(sqlite_url, "https://chat.example") as site, httpx.AsyncClient() as http:
        cookie = (await http.get(site.url)).headers["set-cookie"]
    assert cookie.startswith("__Host-baeumtok=")
    assert {"Secure", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


async def test_the_database_never_holds_the_cookie(web_visitor: WebVisitor, tmp_path: Path) -> None:
    await web_visitor.says("강좌")
    assert not in_files(tmp_path, *web_visitor.http.cookies["baeumtok"].split("."))


async def test_two_sessions_see_nothing_of_each_other(web_visitor: WebVisitor, neighbour: WebVisitor) -> None:
    await web_visitor.says("나만의 비밀")
    await neighbour.opens()
    assert "나만의 비밀" not in neighbour.page.text


async def test_a_file_is_given_to_its_own_session_only(web_visitor: WebVisitor, neighbour: WebVisitor) -> None:
    await web_visitor.fills_in()
    await web_visitor.presses("이대로 신청하기")
    await web_visitor.presses("달력에 넣기")
    link = web_visitor.page.one("a", class_="file").attributes["href"]
    mine, theirs = await web_visitor.http.get(link), await neighbour.http.get(link)
    assert (mine.status_code, theirs.status_code) == (200, 404)
    assert mine.text.startswith("BEGIN:VCALENDAR")
    assert mine.headers["content-type"].startswith("text/calendar")
    assert mine.headers["content-disposition"].startswith("attachment; filename*=UTF-8''W1.ics")
    assert "파일을 찾을 수 없어요" in theirs.text


async def test_looking_stores_nothing(site: Site, web_visitor: WebVisitor) -> None:
    before = await rows(site)
    for path in PAGES:
        await web_visitor.opens(path)
    async with web_visitor.listening():
        assert await rows(site) == before


# --- what the page may do ---


async def test_every_page_forbids_inline_scripts_and_styles_and_has_none(web_visitor: WebVisitor) -> None:
    for path in [*PAGES, "/files/1", "/static/chat.js"]:
        answer = await web_visitor.http.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        if "html" in answer.headers["content-type"]:
            assert inline(html.parse(answer.text)) == []
            assert answer.headers["cache-control"] == "no-store"


async def test_assets_are_kept_for_ever_under_an_address_made_of_their_content(web_visitor: WebVisitor) -> None:
    addresses = [each.attributes["href"] for each in web_visitor.page.all("link")]
    addresses += [each.attributes["src"] for each in web_visitor.page.all("script")]
    for address in addresses:
        answer = await web_visitor.http.get(address)
        assert re.fullmatch(r"/static/\w+\.\w+\?v=[0-9a-f]{12}", address)
        assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, True)
    assert (await web_visitor.http.get("/static/../web.py")).status_code == 404


HOSTILE = st.sampled_from(["<script>", "</p>", "&lt;", '"', "'", "{{ 7*7 }}", "<!--", "&amp;amp;", "\n", "<b id=x>"])
TYPED = st.lists(HOSTILE | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), max_size=8)


async def test_whatever_is_typed_is_shown_as_it_was_typed_and_once(sqlite_url: str) -> None:
    @settings(max_examples=40, deadline=None, phases=[Phase.reuse, Phase.generate])
    @given(typed=TYPED.map("".join).filter(str.strip))
    async def shown(typed: str) -> None:
        visitor.http.cookies.clear()
        await visitor.opens()
        told = await visitor.tells(typed)
        said = [turn.said for turn in html.turns(html.parse(told["html"])) if turn.said]
        assert said == [mask_resident_numbers(typed.strip())]

    async with serving(sqlite_url, rates=unlimited()) as site:
        visitor = WebVisitor(site.url)
        await run_examples(shown)
        await visitor.leaves()


async def run_examples(test: Any) -> None:
    """Hypothesis calls plain functions: its thread hands each example to our loop."""
    loop, inner = asyncio.get_running_loop(), test.hypothesis.inner_test

    def example(**drawn: Any) -> None:
        asyncio.run_coroutine_threadsafe(inner(**drawn), loop).result()

    test.hypothesis.inner_test = example
    await asyncio.to_thread(test)


@pytest.mark.parametrize("number", NUMBERS)
async def test_a_registration_number_sent_anywhere_never_reaches_the_disk(
    web_visitor: WebVisitor, tmp_path: Path, number: str
) -> None:
    assert "주민등록번호는 받지 않아요" in (await web_visitor.tells(f"제 번호는 {number}"))["html"]
    for field in ("path", "start", "key", "language", "label", "after"):
        await web_visitor.posts(**{"text": "강좌", field: number})
    await web_visitor.opens(f"/?start=from-{number}")
    await web_visitor.says("강좌")
    assert not in_files(tmp_path, "1234567", "１２３４５６７")
