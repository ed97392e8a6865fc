"""An AI assistant before the real process."""

import httpx2
import pytest

from tests.support.assistants import Assistant
from tests.support.service.town import Town
from tests.support.web.visitors import WebVisitor


async def test_an_assistant_hands_over_a_link_that_opens_the_course(fresh_town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BAEUMTOK_ASSISTANTS__PER_MINUTE", "600")
    service, course = fresh_town.service, await fresh_town.opens(title="꽃차소믈리에")
    await service.start()
    async with httpx2.AsyncClient(base_url=service.url) as http:
        found = await Assistant(http, mode="legacy").asks("search_courses", query="꽃차")
        link = found["courses"][0]["link_to_register"]
        assert link == f"{service.url}/?start=c{course}-from-assistant"
        visitor = await WebVisitor(service.url).opens(link.removeprefix(service.url))
        assert "꽃차소믈리에" in visitor.page.text
        assert await service.stop() == 0
    await visitor.leaves()
