"""The whole journey of a resident, by polling on one database and by webhook on the other."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import icalendar
import pytest
import pytest_asyncio
from sqlalchemy import select

from storage.tables import addresses, consents
from tests.support.databases.kinds import postgres_copy, sqlite_copy
from tests.support.service.process import Mode
from tests.support.service.registering import CONFIRMED, FULL, WAITING
from tests.support.service.town import Town, inhabited

pytestmark = pytest.mark.asyncio(loop_scope="module")

WAYS = (("webhook", "sqlite"), ("polling", "postgres"))


@pytest.fixture(scope="module", params=WAYS, ids="-on-".join)
def way(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Mode]:
    """A folder, a database and how updates come."""
    mode, kind = request.param
    folder = tmp_path_factory.mktemp("service")
    if kind == "sqlite":
        return folder, sqlite_copy(request.getfixturevalue("migrated_file"), folder), mode
    return folder, asyncio.run(postgres_copy(request.getfixturevalue("postgres_folder"))), mode


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(way: tuple[Path, str, Mode]) -> AsyncIterator[Town]:
    async with inhabited(*way) as town:
        await town.service.start()
        yield town


async def test_a_deep_link_opens_the_course_and_remembers_who_sent_it(town: Town):
    course, resident = await town.opens(title="라떼아트"), town.resident()
    card = await resident.asks(f"/start c{course}-from-flyer7")
    assert "라떼아트" in card.text
    assert card.button("신청하기")["callback_data"] == f"forms/enroll/{course}"
    origin = select(addresses.c.origin).where(addresses.c.address == str(resident.id))
    assert await town.database.read(lambda tx: tx.execute(origin).scalar()) == "flyer7"


async def test_a_course_is_found_by_typing_and_its_card_replaces_the_list(town: Town):
    first, second = await town.opens(title="심야 도예 초급"), await town.opens(title="심야 도예 고급")
    resident = town.resident()
    found = await resident.asks("심야도예")
    assert found.labels[:2] == ["1. 심야 도예 초급", "2. 심야 도예 고급"]
    card = await resident.taps("2. 심야 도예 고급")
    assert card.message_id == found.message_id
    assert card.button("신청하기")["callback_data"] == f"forms/enroll/{second}" != f"forms/enroll/{first}"


async def test_a_resident_registers_and_every_tap_is_acknowledged(town: Town):
    course, resident = await town.opens(), town.resident()
    registering = await town.registers(resident, course)
    assert registering.outcome == CONFIRMED
    assert [(row.address, row.state) for row in await town.enrolled(course)] == [(str(resident.id), "confirmed")]
    lacks = [entry.lacks for entry in town.api.ledger.entries.values() if entry.chat is resident.chat]
    assert (set(lacks), len(lacks) >= 11) == ({None}, True)  # a press that was too soon is made again


async def test_what_was_agreed_to_is_kept_with_the_servers_abroad_apart(town: Town):
    course, resident = await town.opens(), town.resident()
    await town.registers(resident, course)
    (row,) = await town.enrolled(course)
    query = select(consents.c.purpose, consents.c.given).where(consents.c.resident_id == row.resident_id)
    kept = await town.database.read(lambda tx: tx.execute(query.order_by(consents.c.id)).all())
    assert [tuple(each) for each in kept] == [("abroad", True), ("enrollment", True)]


async def test_who_comes_late_waits_in_line_and_then_is_told_that_all_is_full(town: Town):
    course = await town.opens(capacity=1, waitlist_capacity=1, title="만원 강좌")
    outcomes = [(await town.registers(town.resident(), course)).outcome for _ in range(3)]
    assert outcomes == [CONFIRMED, WAITING, FULL]
    assert [row.state for row in await town.enrolled(course)] == ["confirmed", "waiting"]


async def test_a_seat_is_given_back_in_two_steps(town: Town):
    course, resident = await town.opens(title="취소할 강좌"), town.resident()
    await town.registers(resident, course)
    await resident.asks("내 신청")
    await resident.taps("취소할 강좌")
    assert "정말 취소할까요" in (await resident.taps("신청 취소하기")).text
    assert len(await town.enrolled(course)) == 1
    assert "신청을 취소했어요" in (await resident.taps("네, 취소할게요")).text
    assert await town.enrolled(course) == []


async def test_the_classes_come_as_a_file_that_calendars_read(town: Town):
    course, resident = await town.opens(title="달력 강좌"), town.resident()
    await town.registers(resident, course)
    sent = await resident.taps("달력에 넣기")
    assert sent.document
    events = icalendar.Calendar.from_ical(sent.document.data).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [f"달력 강좌 ({number})" for number in range(1, 5)]
    assert (sent.document.name.endswith(".ics"), sent.document.mime) == (True, "text/calendar")


async def test_a_draft_is_kept_while_the_resident_looks_elsewhere(town: Town):
    course, resident = await town.opens(title="쓰다 만 강좌"), town.resident()
    await resident.asks(f"/start c{course}")
    await resident.taps("신청하기")
    await resident.taps("텔레그램으로 계속")
    assert "쓰던 신청 이어서 하기" in (await resident.asks("/help")).labels
    assert "개인정보를 모읍니다" in (await resident.taps("쓰던 신청 이어서 하기")).text
