"""The console's page of texts that senders have to approve."""

import pytest

from bot.sections import Pushing
from handlers.notices.templates import TEXTS
from storage.ways import templates
from tests.support.console.counter import counter_of
from tests.support.domain import SETTINGS

pytestmark = pytest.mark.on_sqlite

HERE = "/desk/messages/approved"
WITH_FILE = SETTINGS.model_copy(update={"pushes": Pushing(file=True)})


@pytest.fixture
async def sender_desk(school):
    """A console of a district whose own sender takes a file."""
    async with counter_of(school, settings=WITH_FILE) as opened:
        yield opened


async def test_a_template_is_written_down_as_approved_and_that_is_undone(sender_desk, school):
    officer = await sender_desk.officer()
    assert "가운데 0가지를 보냅니다" in await officer.opens(HERE)
    said = await officer.sends(HERE, {"kind": "offer", "code": "T-001", "text": "", "do": "approve"})
    assert "‘자리 제안’ 템플릿을 승인된 것으로 적었습니다" in said
    assert "가운데 1가지를 보냅니다" in said
    await officer.presses("되돌리기")
    assert await school.database.read(lambda tx: templates.of_way(tx, "file")) == {}


async def test_what_cannot_be_used_is_said_above_the_form_with_what_was_typed(sender_desk):
    officer = await sender_desk.officer()
    await officer.opens(HERE)
    said = await officer.sends(HERE, {"kind": "offer", "code": "T-9", "text": "#{별명}", "do": "approve"})
    assert "모르는 변수가 있습니다: #{별명}" in said
    assert "T-9" in officer.page.one("input", name="code").attributes["value"]


async def test_the_form_to_send_in_is_a_file(counter):
    officer = await counter.officer()
    for suffix, begins in (("xlsx", b"PK"), ("txt", "템플릿".encode())):
        answer = await officer.http.get(f"{HERE}/form?as={suffix}")
        assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)


async def test_where_no_way_asks_for_templates_that_is_said_and_there_is_nothing_to_write_down(counter):
    officer = await counter.officer()
    said = await officer.opens(HERE)
    assert "꺼져 있어" in said
    assert TEXTS["offer"].text.splitlines()[0] in said
    assert list(officer.page.all("select", name="kind")) == []
    refused = await officer.sends(HERE, {"kind": "offer", "code": "1", "text": "", "do": "approve"})
    assert "발송 파일이 꺼져 있습니다" in refused
