"""Whatever comes in, a valid answer goes out."""

import asyncio
import copy
import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from tests.support.kakao.talker import SECRET, payload, user_key
from tests.support.kakao.validator import findings

pytestmark = pytest.mark.on_sqlite

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
paths = st.sampled_from(
    ["courses", "courses/1", "mine", "mine/1/cancel/yes", "forms/enroll/1", "menu", "news/topics", "x/y/z", "start"]
)
extra = st.one_of(
    anything,
    st.fixed_dictionaries({"path": paths | st.text(max_size=90)}),
    st.fixed_dictionaries({"more": st.text(max_size=40), "page": anything}),
    st.fixed_dictionaries({"again": st.text(max_size=40)}),
)


@st.composite
def requests(draw: st.DrawFn) -> Any:
    """A request like the real ones with some of its parts exchanged or left out."""
    given = copy.deepcopy(payload(user_key(draw(st.sampled_from("ab"))), draw(st.text(max_size=1200))))
    given["action"]["clientExtra"] = draw(extra)
    for _ in range(draw(st.integers(0, 4))):
        _spoil(draw, given)
    return given


def _spoil(draw: st.DrawFn, part: dict[str, Any]) -> None:
    if not part:
        return None
    name = draw(st.sampled_from(sorted(part)))
    if isinstance(part[name], dict) and draw(st.booleans()):
        return _spoil(draw, part[name])
    if draw(st.booleans()):
        del part[name]
    else:
        part[name] = draw(anything)
    return None


@pytest.mark.parametrize("unheard", ["\ud83d", "강\ud83d좌", "\0", "강\0좌", "\udc00\0"])
@pytest.mark.parametrize("place", ["utterance", "path", "more", "again"])
async def test_half_a_sign_and_nul_get_an_answer_like_any_other_words(skill, caplog, unheard, place):
    given = payload(user_key("a"), unheard if place == "utterance" else "강좌")
    if place != "utterance":
        given["action"]["clientExtra"] = {place: unheard}
    transport = httpx.ASGITransport(app=Starlette(routes=skill.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://s") as client:
        found = await client.post("/kakao/skill", content=json.dumps(given), headers={"X-Skill-Secret": SECRET})
    assert (found.status_code, findings(found.json(), found.content)) == (200, [])
    assert [record for record in caplog.records if "bug" in record.getMessage()] == []


async def test_any_payload_gets_a_valid_answer_and_never_a_trace(skill, school, caplog):
    await school.opens()
    loop = asyncio.get_running_loop()
    transport = httpx.ASGITransport(app=Starlette(routes=skill.routes()))

    async def answered(body: bytes) -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://s") as client:
            return await client.post("/kakao/skill", content=body, headers={"X-Skill-Secret": SECRET})

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(requests().map(json.dumps).map(str.encode), st.binary(max_size=300)))
    def check(body: bytes) -> None:
        found = asyncio.run_coroutine_threadsafe(answered(body), loop).result()
        assert (found.status_code, findings(found.json(), found.content)) == (200, [])

    await asyncio.to_thread(check)
    assert [record for record in caplog.records if "bug" in record.getMessage()] == []
