"""What couldn't be sent to a visitor counts as told when a page that is still open shows it."""

from starlette.applications import Starlette

from bot.channels.web.service import WebChat
from bot.channels.web.visitor import NAME, Visitors, new
from storage.notices import backlog
from tests.support.kakao.owing import owes_a_closed_course

MISSED = "전해 드리지 못한 알림"


async def opens(answering, who, is_open):
    """The page of a visitor, who may have closed it before it came."""
    body: list[bytes] = []
    issued = Visitors(answering.database.seal, answering.organization.public_url).issued(who)
    headers = [(b"cookie", f"{NAME}={issued}".encode())]
    place = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers}

    async def receive():
        return {"type": "http.request" if is_open else "http.disconnect", "body": b"", "more_body": False}

    async def send(part):
        body.append(part.get("body", b""))

    await Starlette(routes=WebChat(answering).routes())(place, receive, send)
    return b"".join(body).decode()


async def test_a_page_that_was_closed_before_it_came_told_nothing(school, answering, visitor):
    who = new()
    course = await school.opens()
    await visitor(who.address).registers(course)
    await owes_a_closed_course(school, course)
    assert MISSED in await opens(answering, who, is_open=False)
    assert len(await school.database.read(lambda tx: backlog.with_outcome(tx, "unreached"))) == 1
    assert (await opens(answering, who, is_open=True)).count(MISSED) == 1
    assert await school.database.read(lambda tx: backlog.with_outcome(tx, "unreached")) == []
