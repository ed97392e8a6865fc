"""The file for the district's own sender in a real browser: out, and back with a row changed, missing and doubled."""

import io
from collections.abc import AsyncIterator
from itertools import count

import pytest
import pytest_asyncio
from openpyxl import Workbook, load_workbook
from playwright.async_api import Browser
from sqlalchemy import select

from bot.messages.answering import Answering
from storage.engine.opening import open_database
from storage.tables import dispatches, outbox
from tests.support.clock.clockwork import Clockwork
from tests.support.console.sitting import sitting
from tests.support.domain import SEAL, School, Visitor
from tests.support.notices.push_files import KIND, SETTINGS_WITH_FILE, FileDesk
from tests.support.web.browsers import DESK, IN_BROWSER, PHONE, Resident

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]


@pytest_asyncio.fixture(loop_scope="session")
async def people_missed(sqlite_url: str) -> AsyncIterator[School]:
    """Four people with web chats alone, who were told of tomorrow's class in vain."""
    database = await open_database(sqlite_url, SEAL)
    school = School(database)
    answering = Answering(database, SETTINGS_WITH_FILE.to_organization(), lambda: school.now)
    await FileDesk(school).missed(*(Visitor(answering, "web", f"w{number}", count(1)) for number in range(4)))
    clock = Clockwork(school, SETTINGS_WITH_FILE)
    await clock.ticks()
    await clock.ticks()
    yield school
    await database.close()


@pytest_asyncio.fixture(loop_scope="session")
async def sender(browser: Browser, people_missed: School) -> AsyncIterator[Resident]:
    """The lead, before the list of what could leave in a file."""
    async with sitting(browser, people_missed, SETTINGS_WITH_FILE) as someone:
        await someone.page.goto("/desk/calls/files")
        yield someone


async def is_for_everybody(someone: Resident, name: str) -> None:
    """As wide as a desk and as narrow as a phone."""
    for viewport in (DESK, PHONE):
        await someone.page.set_viewport_size(viewport)
        await someone.is_photographed(f"desk-files-{name}-{viewport['width']}")
        assert (await someone.violations(), await someone.overflow()) == ([], 0), (name, viewport)


async def takes_away(someone: Resident) -> list[list[object]]:
    """The file as it is downloaded: its header, and its rows."""
    async with someone.page.expect_download() as waiting:
        await someone.page.get_by_role("button", name="파일 받기").click()
    book = load_workbook(io.BytesIO((await (await waiting.value).path()).read_bytes()))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


async def brings_back(someone: Resident, *rows: list[object]) -> None:
    """What the sender says of each row, in a workbook of its own making."""
    book, content = Workbook(), io.BytesIO()
    for row in (["발송 결과"], ["번호", "이름", "수신번호", "전송결과", "실패사유"], *rows):
        book.active.append(row)
    book.save(content)
    sent = {"name": "결과.xlsx", "mimeType": "application/octet-stream", "buffer": content.getvalue()}
    await someone.page.set_input_files("#file", sent)
    await someone.page.get_by_role("button", name="무엇을 반영하는지 보기").click()


async def became(school: School) -> list[tuple[str | None, str | None]]:
    left = await school.rows(select(dispatches.c.outcome).order_by(dispatches.c.id))
    told = await school.rows(select(outbox.c.outcome).where(outbox.c.kind == KIND).order_by(outbox.c.id))
    return [(one.outcome, other.outcome) for one, other in zip(left, told, strict=True)]


async def test_a_file_goes_out_and_comes_back_with_a_row_changed_one_missing_and_one_doubled(sender, people_missed):
    page = sender.page
    await is_for_everybody(sender, "list")
    await page.get_by_role("button", name="수업 하루 전 파일 만들기").click()
    await page.get_by_text("4건을 담았습니다").wait_for()
    await page.get_by_role("link", name="파일을 받으려면").click()
    await is_for_everybody(sender, "one")
    _, *rows = await takes_away(sender)
    first, second, third, _ = ([row[0], row[2], row[1]] for row in rows)

    changed = [second[0], second[1], "01099999999", "성공", ""]
    failed = [*third, "실패", "카카오톡 미사용자"]
    await brings_back(sender, [*first, "성공", ""], changed, failed, [*third, "성공", ""])
    await page.get_by_text("아무것도 반영하지 않았습니다").wait_for()
    assert f"{third[0]}번(성춘향)" in await page.inner_text("main")
    await is_for_everybody(sender, "refused")
    assert [each for each in sender.complaints if "422" not in each] == []
    sender.complaints.clear()  # a browser complains of every page that tells of something wrong
    await page.get_by_role("link", name="다른 파일 고르기").click()

    await brings_back(sender, [*first, "성공", ""], [*first, "성공", ""], changed, failed)
    shown = await page.inner_text("main")
    assert "성공 1건, 실패 1건, 결과가 없는 줄 2건" in shown
    assert "수신번호가 보낸 파일과 다릅니다" in shown
    assert f"{first[0]}번은 2번 있어 한 번만 셉니다" in shown
    assert await became(people_missed) == [(None, None)] * 4
    await is_for_everybody(sender, "check")
    await page.get_by_role("button", name="그대로 반영").click()
    await page.locator(".done").wait_for()
    await is_for_everybody(sender, "done")
    kept = [("delivered", "sent"), (None, None), ("failed", "unreached"), (None, None)]
    assert await became(people_missed) == kept
    assert "결과 없음 2" in await page.inner_text("main")

    await page.goto("/desk/calls")
    calls = await page.inner_text("main")
    assert ("이 번호로 카카오톡을 받지 않음" in calls, calls.count("수업 하루 전")) == (True, 1)
