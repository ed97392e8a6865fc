"""What an answer is tried against: a port, the address from outside, a database that others own."""

import asyncio
import socket

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.checks import database as checked
from bot.commands.setup import trying
from bot.sections import DatabaseSection, Web
from bot.settings import Settings
from handlers.staff.desk.declined import Declined
from tests.support.web.site import served


def at(port, public_url):
    return Settings(web=Web(port=int(port), public_url=public_url))


def test_an_address_that_leads_here_is_seen_to_do_so(free_port):
    assert "이 컴퓨터까지 옵니다" in trying.address(at(free_port, f"http://127.0.0.1:{free_port}"))
    assert trying.port(at(free_port, "https://example.kr"), is_ours=False) == ""  # it is free again


async def test_an_address_that_leads_elsewhere_is_told_by_what_answers(free_port):
    async def other(_):
        return PlainTextResponse("other", 502)

    async with served([Route("/", other)]) as url:
        settings = at(free_port, url)
        with pytest.raises(Declined, match=r"HTTP 502.*프록시"):
            await asyncio.to_thread(trying.address, settings)


@pytest.mark.parametrize(("host", "told"), [("nowhere.invalid", "DNS"), ("127.0.0.1:1", "방화벽")])
def test_an_address_that_does_not_answer_says_what_to_look_at(free_port, host, told):
    with pytest.raises(Declined, match=told):
        trying.address(at(free_port, f"https://{host}"))


def test_a_port_that_another_program_has_is_not_taken_for_ours():
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings = at(other.getsockname()[1], "https://example.kr")
        with pytest.raises(Declined, match="다른 프로그램이"):
            trying.port(settings, is_ours=False)


async def test_a_postgresql_in_which_no_tables_may_be_made_is_told(empty_postgres, tmp_path):
    url = empty_postgres.replace("postgres@", "guest@")
    (found,) = await checked.check(Settings(key_file=tmp_path / "key", database=DatabaseSection(url=url)))
    assert (found.is_good, "소유한 데이터베이스" in found.finding) == (False, True), found


async def test_an_older_postgresql_is_told_by_its_version(postgres, monkeypatch):
    monkeypatch.setattr(checked, "OLDEST", (99,))
    assert "99 이상으로" in await postgres.read(checked._too_old)
