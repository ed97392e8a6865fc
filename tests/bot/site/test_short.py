"""Short addresses of posters lead to the chat with what they carry, and what isn't a code gets nowhere."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.web.reading import _START
from bot.site import short

CLIENT = TestClient(Starlette(routes=short.routes()), follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/c12", "/?start=c12"),
        ("/c12/centre", "/?start=c12-from-centre"),
        ("/from/jobplus-center", "/?start=from-jobplus-center"),
        ("/c12/%EC%8B%A0%EB%8B%B9", "/?start=c12"),
        ("/from/a%0d%0aSet-Cookie:x", "/"),
        ("/from/" + "a" * 41, "/"),
    ],
)
def test_a_short_address_leads_to_the_chat(path, leads):
    answer = CLIENT.get(path)
    assert (answer.status_code, answer.headers["location"]) == (302, leads)
    assert not leads.startswith("/?") or _START.fullmatch(leads.removeprefix("/?start="))


@pytest.mark.parametrize("path", ["/cx", "/c-1", "/c12/a/b", "/from", "/from/"])
def test_any_other_address_is_none(path):
    assert CLIENT.get(path).status_code == 404
