"""One-time links in a browser: looking uses none up, opening does, and nothing of them gets anywhere else."""

import asyncio
import logging
from datetime import timedelta

import prometheus_client
import pytest

from bot.http.limits import Rates
from handlers.dialogue import once, texts
from handlers.dialogue.chat import PAGE, Chat, Refused
from handlers.dialogue.reply import Card, File, Reply
from storage.people import residents
from storage.tables import one_time_links
from tests.support.domain import MONDAY
from tests.support.web import html
from tests.support.web.own_pages import ON_PAGE, serving_pages

pytestmark = pytest.mark.on_sqlite

DAY = timedelta(days=1)
PREVIEWS = ("TelegramBot (like TwitterBot)", "facebookexternalhit/1.1; kakaotalk-scrap/1.0")


@pytest.fixture(autouse=True)
def _parcel(monkeypatch):
    """Something that can be given: a file, a page, or nothing."""
    monkeypatch.setattr(once, "_purposes", dict(once._purposes))
    for language in texts.LANGUAGES:
        said = {"title": f"title {language}", "text": "words", "open": "받기"}
        for name, words in said.items():
            monkeypatch.setitem(texts.catalogue(language), f"once.parcel.{name}", words)

    @once.opens("parcel", DAY)
    def give(chat, subject):
        if subject == "refused":
            raise Refused("courses.unknown")
        file = File("내 정보.json", "application/json", b"{}") if subject == "file" else None
        return Reply(f"{chat.resident.name}의 것", (Card("카드", facts=(("이름", "값"),)),), file=file)


@pytest.fixture
def linked(school):
    """linked("file") is the path of a new link."""

    def make(tx, subject, language):
        resident = residents.describe(tx, residents.welcome(tx, "kakao", "k1", language, MONDAY), name="홍길동")
        chat = Chat(tx, resident, MONDAY, PAGE, "", ON_PAGE.to_organization())
        return once.link(chat, "parcel", subject).removeprefix(ON_PAGE.web.public_url)

    async def link(subject="file", language="ko"):
        return await school.database.write(lambda tx: make(tx, subject, language))

    return link


async def test_a_file_is_given_once_and_then_it_is_said_that_it_was(holder, linked):
    path = await linked()
    assert "title ko" in await holder.opens(path)
    await holder.presses("받기")
    assert (holder.answer.content, holder.answer.headers["content-type"]) == (b"{}", "application/json")
    assert "이미 열어 보신 링크예요" in await holder.presses("받기")
    assert holder.answer.status_code == 410


@pytest.mark.on_both
async def test_of_ten_who_press_at_once_one_is_given_it(pages, linked):
    path = await linked()
    answers = await asyncio.gather(*(pages.holder().http.post(path) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] + [410] * 9


@pytest.mark.parametrize("agent", PREVIEWS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_preview_uses_nothing_up_and_sees_nothing_of_anybody(holder, linked, method, agent):
    path = await linked()
    for _ in range(3):
        answer = await holder.http.request(method, path, headers={"User-Agent": agent})
        assert (answer.status_code, "홍길동" in answer.text, "og:" in answer.text) == (200, False, False)
    assert "홍길동의 것" in (await holder.opens(await linked("page")), await holder.presses("받기"))[1]
    await holder.opens(path)
    await holder.presses("받기")
    assert holder.answer.content == b"{}"


async def test_a_link_that_is_stale_made_up_or_of_another_purpose_opens_nothing(school, holder, linked):
    path = await linked()
    for other in (path[:-1], path.replace("/parcel/", "/form/"), path.replace("/parcel/", "/nothing/")):
        assert ((await holder.http.post(other)).status_code, await holder.opens(other)) == (404, holder.text)
    school.now = MONDAY + DAY
    assert "이제 열 수 없는 링크예요" in await holder.opens(path)
    assert (await holder.http.post(path)).status_code == 410


async def test_what_cannot_be_given_leaves_the_link_as_it_was(school, holder, linked):
    await holder.opens(await linked("refused"))
    assert "이 강좌는 지금 볼 수 없어요" in await holder.presses("받기")
    assert [row.used_at for row in await school.rows(one_time_links.select())] == [None]


async def test_pages_speak_the_language_of_whose_the_link_is(holder, linked):
    assert "title en" in await holder.opens(await linked("page", "en"))
    assert holder.page.one("html").attributes["lang"] == "en"


async def test_every_answer_hides_its_address_and_is_kept_by_nobody(holder, linked):
    path, found = await linked(), []
    for doing in (holder.http.get(path), holder.http.post(path), holder.http.get(path), holder.http.get(f"{path}x")):
        headers = (await doing).headers
        names = ("referrer-policy", "cache-control", "x-robots-tag", "x-content-type-options")
        assert "frame-ancestors 'none'" in headers.get("content-security-policy", "frame-ancestors 'none'")
        found.append([headers[name] for name in names])
    assert {tuple(each) for each in found} == {("no-referrer", "no-store", "noindex, nofollow", "nosniff")}


async def test_a_page_of_another_site_opens_nothing(holder, linked):
    path = await linked()
    answer = await holder.http.post(path, headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert (await holder.http.post(path, headers={"Sec-Fetch-Site": "same-origin", "Origin": "null"})).content == b"{}"


async def test_whoever_tries_too_fast_has_to_wait(school, linked):
    async with serving_pages(school, rates=Rates(per_minute=1, burst=3)) as pages:
        path, holder = await linked(), pages.holder()
        answers = [await holder.http.get(path) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert int(answers[-1].headers["retry-after"]) > 0
        assert (await holder.http.post(path)).status_code == 429


async def test_no_token_is_logged_counted_or_kept(school, holder, linked, caplog):
    caplog.set_level(logging.DEBUG)
    path = await linked()
    token = path.rpartition("/")[2]
    for doing in (holder.http.get(path), holder.http.post(path), holder.http.post(path), holder.http.get(f"{path}x")):
        await doing
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    kept = f"{await school.rows(one_time_links.select())}"
    assert [token in text for text in (*ours, kept, prometheus_client.generate_latest().decode())].count(True) == 0


async def test_pages_hold_no_script_and_stay_out_of_every_index(holder, linked):
    await holder.opens(await linked())
    assert html.inline(holder.page) == [*holder.page.all("script")] == []
    assert holder.page.one("meta", name="robots").attributes["content"] == "noindex"
