"""KakaoTalk asks once only: what a killed process had taken is answered by the next one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import create_async_engine

from storage.tables import courses, enrollments, inbox
from tests.support.kakao.talker import Talker
from tests.support.kakao.wire import Patient, Wire
from tests.support.service.town import Town, inhabited
from tests.support.waiting import until

WAITING = text("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
OWED = update(inbox).where(inbox.c.settled_at.is_(None))


@pytest.fixture
async def shared_town(postgres_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with inhabited(tmp_path, postgres_url) as town:
        await town.service.start()
        yield town


async def test_a_message_taken_by_a_process_that_was_killed_still_acts(shared_town: Town):
    course = await shared_town.opens()
    async with aiohttp.ClientSession(shared_town.service.url) as session:
        hana = Patient(Wire(session))
        await hana.fills_in(course)
        await killed_while_it_waits(shared_town, course, hana)
    lease_ends = OWED.values(due_at=datetime.now(UTC))
    await shared_town.database.write(lambda tx: tx.execute(lease_ends))
    await shared_town.service.start()
    await shared_town.quiet()
    query = select(enrollments.c.state).where(enrollments.c.course_id == course)
    assert await shared_town.database.read(lambda tx: tx.execute(query).scalars().all()) == ["confirmed"]


async def killed_while_it_waits(town: Town, course: int, hana: Talker) -> None:
    """Somebody else has the course in hand when she registers, and the process dies before it is free."""
    engine = create_async_engine(town.service.database_url)
    async with engine.begin() as other:
        await other.execute(select(courses.c.id).where(courses.c.id == course).with_for_update())
        pressing = asyncio.create_task(hana.presses("이대로 신청하기"))
        await until(lambda: town.database.read(lambda tx: tx.execute(WAITING).scalar()))
        await town.service.kill()
    await engine.dispose()
    with suppress(aiohttp.ClientError):  # none where she was told in time that it takes longer
        await pressing
