"""The console is loaded for the first officer who comes, and for nobody before."""

import asyncio
import subprocess
import sys

import httpx
import pytest
from starlette.applications import Starlette

from bot.console.console import Console
from bot.console.entrance import Entrance

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def early_bird(school, settings):
    entrance = Entrance(lambda: Console(school.database, settings.to_organization(), lambda: school.now))
    transport = httpx.ASGITransport(app=Starlette(routes=entrance.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        yield client


def test_a_start_loads_no_page_of_officers():
    program = "import sys, bot.commands.serving; print(*sys.modules)"
    loaded = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True).stdout.split()
    assert "bot.app" in loaded
    dear = ("bot.console.", "bot.demo", "handlers.staff.year", "openpyxl", "telegram", "typst")
    assert [each for each in loaded if each.startswith(dear) and each != "bot.console.entrance"] == []


async def test_whoever_comes_first_and_all_who_come_with_them_are_let_in(early_bird):
    answers = await asyncio.gather(*(early_bird.get("/desk/sign-in") for _ in range(5)), early_bird.get("/desk/"))
    assert [answer.status_code for answer in answers] == [200] * 5 + [303]
    assert len({answer.text for answer in answers[:5]}) == 1
    assert "로그인" in answers[0].text


async def test_what_is_sent_and_what_there_isnt_are_answered_as_by_the_console(early_bird):
    assert (await early_bird.post("/desk/sign-in", data={"login": "nobody"})).status_code == 403
    assert (await early_bird.get("/desk/no/such/page")).status_code == 404
    assert (await early_bird.get("/desk")).status_code == 308
