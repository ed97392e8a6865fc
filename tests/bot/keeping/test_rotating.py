"""The key is changed while residents chat: nobody notices, nothing stays with the old key, and nothing is lost."""

import asyncio
import time
from functools import partial
from itertools import count

import pytest
import pytest_asyncio
from sqlalchemy import LargeBinary, select, text, type_coerce

from bot.keeping import keys, rotating
from bot.keeping.rotating import Rotation, Step
from bot.messages.answering import Answering
from bot.settings import SettingsError
from handlers.language import phones
from storage.database import DatabaseError
from storage.dialogue import drafts
from storage.dialogue.drafts import Draft
from storage.engine import resealing, schema
from storage.engine.opening import open_database
from storage.keys import keyring
from storage.keys.sealing import MARK, Sealed
from storage.people import residents
from storage.people.finding import persons
from storage.tables import metadata
from tests.support.domain import KEY, MONDAY, PERSON, SETTINGS, School, Visitor, write_key


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(rotating, "GRACE", 0.1)
    write_key(tmp_path)
    return tmp_path / "baeumtok.key"


@pytest_asyncio.fixture
async def opened(database_url, path):
    """Whoever serves from this database or works beside it, with the same key file as all others."""
    found = []

    async def one():
        found.append(await open_database(database_url, keys.read(path)))
        return found[-1]

    yield one
    for each in found:
        await each.close()


PAUSE = 0.05  # seconds in which somebody reads


class Talker:
    """Somebody who has registered, and goes on talking; `lost` is how often they weren't known any more."""

    def __init__(self, database, number):
        answering = Answering(database, SETTINGS.to_organization(), lambda: MONDAY)
        self._database, self._mobile = database, f"010-0000-{number:04}"
        self._visitor = Visitor(answering, "web", f"talker {number}", count(1))
        self.said = self.lost = 0

    async def talk(self, first, second, is_over):
        await self._visitor.registers(first, mobile=self._mobile)
        while not is_over.is_set():
            said = await self._visitor.goes_to(f"forms/enroll/{second}")
            found = await self._database.write(self._told_again)
            self.lost += self._mobile not in said or [each.name for each in found] != [PERSON["name"]]
            self.said += 1
            await asyncio.sleep(PAUSE)

    def _told_again(self, tx):
        me, mobile = residents.find(tx, "web", self._visitor.address), phones.mobile(self._mobile)
        found = persons.with_number(tx, mobile)
        residents.describe(tx, me, name=PERSON["name"], mobile=mobile)
        return found


async def _talking(databases, during):
    """Ten people who talk meanwhile, before and after."""
    school, is_over = School(databases[0]), asyncio.Event()
    later = {"term": "2027-H1", "start_date": school.day(2027, 3, 2), "end_date": school.day(2027, 3, 23)}
    courses = await school.opens(capacity=60), await school.opens(capacity=60, **later)
    talkers = [Talker(databases[number % len(databases)], number) for number in range(10)]
    tasks = [asyncio.create_task(each.talk(*courses, is_over)) for each in talkers]
    await _said(talkers, tasks)
    found = await during()
    await _said(talkers, tasks)
    is_over.set()
    await asyncio.gather(*tasks)
    return found, sum(each.lost for each in talkers)


async def _said(talkers, tasks):
    """Each of them twice."""
    until = [each.said + 2 for each in talkers]
    while any(each.said < least for each, least in zip(talkers, until, strict=True)):
        await asyncio.sleep(0.01)
        [each.result() for each in tasks if each.done()]


def _arrives(tx, address="r1"):
    me = residents.welcome(tx, "web", address, "ko", MONDAY)
    return residents.describe(tx, me, name="홍길동", birth_year=1983, mobile="+821000000001").id


async def _heads(database):
    """With which marks and keys everything begins that is sealed."""

    def look(tx):
        columns = [column for table in metadata.sorted_tables for column in table.c if isinstance(column.type, Sealed)]
        found = (tx.execute(select(type_coerce(each, LargeBinary)).where(each.is_not(None))) for each in columns)
        return {value[:5] for rows in found for value in rows.scalars()}

    return await database.read(look)


async def test_residents_who_chat_notice_nothing_and_all_is_sealed_with_the_new_key(opened, path):
    databases = [await opened() for _ in range(2)]
    beside = await opened()
    if not beside.is_shared:
        databases = databases[:1]
    step, lost = await _talking(databases, Rotation(beside, path).go_on)
    ring = keyring.read(path.read_text())
    assert (step, lost, len(ring.keys)) == (Step.DONE, 0, 1)
    assert KEY not in [key.secret for key in ring.keys]
    assert await _heads(beside) == {MARK + ring.newest.id}


async def test_whoever_writes_next_seals_with_the_key_that_the_file_names_now(opened, path):
    serving = await opened()
    ring = keyring.read(path.read_text()).expecting(b"a new key that has 32 bytes, yes").turned()
    keys.replace(path, ring)
    await serving.write(_arrives)
    assert await _heads(serving) == {MARK + ring.newest.id}


async def test_a_number_that_two_told_is_one_number_also_while_its_digests_differ(opened, path):
    beside = await opened()
    await beside.write(_arrives)
    keys.replace(path, keyring.read(path.read_text()).expecting(b"a new key that has 32 bytes, yes").turned())
    await beside.write(partial(_arrives, address="r2"))
    assert len(await beside.read(persons.told_in_several_chats)) == 2


async def test_a_message_that_began_before_is_waited_for(opened, path):
    serving, beside = await opened(), await opened()
    began, loop = asyncio.Event(), asyncio.get_running_loop()

    def dawdles(tx):
        loop.call_soon_threadsafe(began.set)
        tx.exec_driver_sql("SELECT pg_sleep(1)") if tx.dialect.name == "postgresql" else time.sleep(1)
        _arrives(tx)

    slow = asyncio.create_task(serving.write(dawdles))
    await began.wait()
    await Rotation(beside, path).go_on()
    await slow
    assert await _heads(beside) == {MARK + keyring.read(path.read_text()).newest.id}


async def test_what_is_sealed_with_a_key_that_came_since_is_opened_as_well(opened, path):
    serving, beside = await opened(), await opened()
    number = await beside.write(_arrives)

    def looks(tx):
        keys.replace(path, keyring.read(path.read_text()).expecting(b"a new key that has 32 bytes, yes").turned())
        moved = beside.seal.refresh() or beside.seal.close_bytes("홍길순".encode(), 32)
        tx.execute(text("UPDATE residents SET name = :name"), {"name": moved})
        return residents.by_id(tx, number).name

    assert await serving.write(looks) == "홍길순"


@pytest.mark.parametrize("broken", ["turned", "freed"])
async def test_broken_off_anywhere_it_is_gone_on_with(opened, path, monkeypatch, broken):
    beside = await opened()
    await beside.write(_arrives)
    with monkeypatch.context() as patch:
        patch.setattr(keyring.Ring, broken, _dies)
        with pytest.raises(KeyboardInterrupt):
            await Rotation(beside, path).go_on()
    await (await opened()).read(schema.check)
    assert await Rotation(await opened(), path).go_on() is Step.DONE
    assert len(await _heads(beside)) == len(keyring.read(path.read_text()).keys) == 1


def _dies(_):
    raise KeyboardInterrupt


async def test_one_key_is_made_at_a_time(opened, path):
    beside = await opened()
    with keys.alone(path), pytest.raises(SettingsError, match="다른 명령이"):
        await Rotation(beside, path).go_on()
    assert path.read_text() == KEY.hex()


async def test_the_old_key_opens_nothing_afterwards_and_is_refused(opened, path, database_url):
    await Rotation(await opened(), path).go_on()
    write_key(path.parent)
    with pytest.raises(DatabaseError, match="바꾼 뒤의 파일"):
        await (await opened()).read(schema.check)


async def test_what_is_known_by_a_digest_is_known_by_the_same_one(opened, path):
    beside = await opened()
    before = beside.seal.digest("kiosk", "secret", "abc")
    for _ in range(2):
        await Rotation(beside, path).go_on()
    assert keys.read(path).digest("kiosk", "secret", "abc") == before


@pytest.mark.on_postgres
async def test_where_several_machines_serve_each_step_waits_for_the_file_to_be_copied(opened, path, monkeypatch):
    beside = await opened()
    number = await beside.write(_arrives)
    monkeypatch.setattr(resealing, "is_used_elsewhere", lambda _: True)
    steps = [await Rotation(beside, path).go_on() for _ in range(3)]
    assert steps == [Step.EXPECTED, Step.TURNED, Step.DONE]
    assert (await beside.read(lambda tx: residents.by_id(tx, number))).name == "홍길동"


async def test_a_sheet_that_somebody_forged_stays_forged_and_holds_nothing_up(opened, path):
    beside = await opened()
    number = await beside.write(_arrives)
    await beside.write(lambda tx: drafts.save(tx, number, Draft("enroll", 1, [("name", "홍길동")]), MONDAY))
    await beside.write(lambda tx: tx.execute(text("UPDATE drafts SET log = :log"), {"log": MARK + b"forged"}))
    rotation = Rotation(beside, path)
    assert (await rotation.go_on(), rotation.rows) == (Step.DONE, 1)
