"""The door of the KakaoTalk preview: what it passes on to the skill, and what it refuses."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.settings import Settings
from bot.site.preview import KakaoPreview
from tests.support.kakao.made_up import ANSWERS, Skill
from tests.support.web.site import Site, served

PAGE = "/kakao/preview"
SAY = "/kakao/preview/say"
BOT_ID = "659e3b4a7407e2205bf34eae"
USER = "0123456789abcdef" * 4 + "00"
SAID = {"utterance": "목록", "user": USER}


@pytest.fixture
async def http(made_up_skill: Skill) -> AsyncIterator[httpx.AsyncClient]:
    preview = KakaoPreview(made_up_skill.ask, BOT_ID, Settings().to_organization())
    async with served(preview.routes()) as url, httpx.AsyncClient(base_url=url) as client:
        yield client


async def test_the_answer_of_the_skill_comes_back_as_it_is(http: httpx.AsyncClient) -> None:
    assert (await http.post(SAY, json=SAID)).json() == ANSWERS["목록"]


async def test_the_skill_is_asked_as_kakaotalk_asks(http: httpx.AsyncClient, made_up_skill: Skill) -> None:
    await http.post(SAY, json={**SAID, "extra": {"path": "mine"}, "block": "b1", "trigger": "LIST_ITEM_BLOCK"})
    [(request, _)] = made_up_skill.asked
    assert made_up_skill.heard == ("목록", {"path": "mine"}, "LIST_ITEM_BLOCK")
    assert request["bot"]["id"] == BOT_ID
    assert request["userRequest"]["user"]["id"] == request["userRequest"]["user"]["properties"]["botUserKey"] == USER
    assert request["userRequest"]["user"]["type"] == "botUserKey"
    assert request["userRequest"]["block"]["id"] == request["intent"]["id"] == "b1"
    assert request.keys() == {"bot", "intent", "action", "userRequest", "contexts", "flow"}


async def test_what_is_typed_has_no_extra_and_meets_the_fallback_block(
    http: httpx.AsyncClient, made_up_skill: Skill
) -> None:
    await http.post(SAY, json=SAID)
    assert made_up_skill.heard == ("목록", None, "TEXT_INPUT")
    assert made_up_skill.asked[0][0]["intent"]["name"] == "폴백 블록"


async def test_each_request_has_an_id_of_its_own(http: httpx.AsyncClient, made_up_skill: Skill) -> None:
    for _ in range(3):
        await http.post(SAY, json=SAID)
    ids = {request_id for _, request_id in made_up_skill.asked}
    assert len(ids) == 3
    assert all(re.fullmatch("chp-[0-9a-f]{32}", request_id) for request_id in ids)


REFUSED: list[dict[str, Any]] = [
    {"utterance": ""},
    {"utterance": "가" * 1001},
    {"utterance": None},
    {"user": "0123"},
    {"user": "x" * 66},
    {"user": USER + "\n"},
    {"extra": "mine"},
    {"block": "b" * 65},
    {"trigger": "TELEPATHY"},
    {"secret": "…"},
]


@pytest.mark.parametrize("changed", REFUSED, ids=str)
async def test_what_the_page_never_sends_is_refused(
    http: httpx.AsyncClient, made_up_skill: Skill, changed: dict[str, Any]
) -> None:
    assert (await http.post(SAY, json={**SAID, **changed})).status_code == 422
    assert made_up_skill.asked == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 9000])
async def test_what_is_no_json_of_ours_is_refused(http: httpx.AsyncClient, made_up_skill: Skill, body: bytes) -> None:
    answer = await http.post(SAY, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, made_up_skill.asked) == (422, [])


async def test_a_form_that_another_site_could_send_is_refused(http: httpx.AsyncClient, made_up_skill: Skill) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = await http.post(
            SAY, content=httpx.Request("POST", "/", json=SAID).content, headers={"Content-Type": kind}
        )
        assert (answer.status_code, made_up_skill.asked) == (415, [])


async def test_a_body_of_more_than_16_kb_is_refused(http: httpx.AsyncClient, made_up_skill: Skill) -> None:
    assert (await http.post(SAY, json={**SAID, "extra": {"path": "x" * 16_000}})).status_code == 200
    made_up_skill.asked.clear()
    assert (await http.post(SAY, json={**SAID, "extra": {"path": "x" * 17_000}})).status_code == 413
    assert made_up_skill.asked == []


async def test_the_page_is_only_shown_and_its_door_only_spoken_to(http: httpx.AsyncClient) -> None:
    shown = [(await http.request(method, PAGE)).status_code for method in ("GET", "POST", "PUT", "DELETE")]
    said = [(await http.request(method, SAY)).status_code for method in ("GET", "PUT", "DELETE", "PATCH")]
    assert (shown, said) == ([200, 405, 405, 405], [405, 405, 405, 405])


async def test_every_answer_is_shielded(http: httpx.AsyncClient) -> None:
    answers = [
        await http.get(PAGE),
        await http.post(SAY, json=SAID),
        await http.post(SAY),
        await http.post(SAY, json={}),
    ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:;")
        assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("no-store", "nosniff")


async def test_without_wiring_there_is_no_preview(site: Site) -> None:
    async with httpx.AsyncClient(base_url=site.url) as http:
        assert (await http.get(PAGE)).status_code == 404
        assert (await http.post(SAY, json=SAID)).status_code == 404
