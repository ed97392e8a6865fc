"""Units of work on both databases: alone, together, failing, and after a commit."""

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, StatementError

from storage.database import DatabaseError
from storage.engine.opening import open_database
from storage.people import residents
from storage.tables import addresses
from storage.tables import residents as table
from tests.support.domain import MONDAY, SEAL


def joins(address):
    return lambda tx: residents.welcome(tx, "web", address, "ko", MONDAY)


async def people(database):
    return await database.read(lambda tx: tx.execute(select(func.count()).select_from(table)).scalar_one())


def stumbles(tx):
    joins("stumbling")(tx)
    raise LookupError("a bug")


async def test_a_unit_that_raises_leaves_nothing_and_hurts_nobody(database):
    units = [database.write(joins(f"r{n}") if n % 3 else stumbles) for n in range(30)]
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    assert sum(isinstance(outcome, LookupError) for outcome in outcomes) == 10
    assert await people(database) == 20


async def test_what_write_returned_is_there_for_another_connection(database, database_url):
    await database.write(joins("r1"))
    other = await open_database(database_url, SEAL)
    assert await people(other) == 1
    await other.close()


async def test_many_who_meet_one_address_first_find_one_resident(database):
    found = await asyncio.gather(*(database.write(joins("same")) for _ in range(12)))
    assert len({resident.id for resident in found}) == 1
    assert await people(database) == 1


async def test_a_reader_cannot_write(database):
    with pytest.raises(DBAPIError):
        await database.read(joins("r1"))
    assert await people(database) == 0


async def test_a_moment_without_a_time_zone_is_refused(database):
    with pytest.raises(StatementError, match="time zone"):
        await database.write(lambda tx: residents.welcome(tx, "web", "r1", "ko", datetime(2026, 1, 1)))  # noqa: DTZ001


async def test_moments_come_back_as_they_were(database):
    await database.write(joins("r1"))
    created = await database.read(lambda tx: tx.execute(select(addresses.c.created_at)).scalar_one())
    assert created == MONDAY
    assert created.tzinfo is not None


async def test_a_deadlock_is_run_again(postgres):
    database = postgres  # SQLite has one writer, so nothing can deadlock there
    first, second = [(await database.write(joins(f"r{n}"))).id for n in range(2)]

    def crossing(one, other):
        def work(tx):
            residents.lock(tx, one)
            tx.exec_driver_sql("SELECT pg_sleep(0.2)")
            return residents.lock(tx, other).id

        return work

    assert await asyncio.gather(database.write(crossing(first, second)), database.write(crossing(second, first)))


async def test_waiting_writers_share_a_commit(sqlite_url, monkeypatch):
    from storage.engine import sqlite

    database = await open_database(sqlite_url, SEAL)
    groups = []
    real = sqlite._write
    monkeypatch.setattr(
        sqlite, "_write", lambda units, connection: groups.append(len(units)) or real(units, connection)
    )
    await asyncio.gather(*(database.write(joins(f"r{n}")) for n in range(50)))
    await database.close()
    assert len(groups) < 10
    assert sum(groups) == 50


async def test_a_commit_that_fails_is_told_to_everybody_in_it(sqlite_url, monkeypatch):
    from storage.engine import sqlite

    database = await open_database(sqlite_url, SEAL)

    def fails(units, connection):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(sqlite, "_write", fails)
    outcomes = await asyncio.gather(*(database.write(joins(f"r{n}")) for n in range(5)), return_exceptions=True)
    await database.close()
    assert all(isinstance(outcome, sqlite3.OperationalError) for outcome in outcomes)


def gives_up(tx):
    """As SQLite does by itself on a disk that is full: not this unit alone, but the transaction is undone."""
    tx.exec_driver_sql("INSERT OR ROLLBACK INTO residents SELECT * FROM residents")


def gives_up_within(tx):
    with tx.begin_nested():
        gives_up(tx)


@pytest.mark.parametrize("gives_up", [gives_up, gives_up_within])
async def test_what_sqlite_gives_up_as_a_whole_is_told_to_everybody_and_nobody_is_half_in(sqlite_url, gives_up):
    database = await open_database(sqlite_url, SEAL)
    await database.write(joins("before"))
    units = [database.write(work) for work in (joins("r1"), gives_up, joins("r2"), joins("r3"))]
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    told = [isinstance(outcome, DBAPIError) for outcome in outcomes]
    assert await people(database) == 1 + told.count(False)
    assert told == [True] * 4
    await database.write(joins("after"))
    assert await people(database) == 2
    await database.close()


async def test_a_second_service_on_one_file_is_refused(sqlite_url):
    first, second = await open_database(sqlite_url, SEAL), await open_database(sqlite_url, SEAL)
    first.serve()
    with pytest.raises(DatabaseError, match="이미"):
        second.serve()
    await first.close()
    await second.close()


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://x/y", "sqlite:///plain.db", "sqlite+aiosqlite:////proc/none/x.db"]
)
async def test_an_address_that_cannot_be_opened_says_what_to_do(url):
    with pytest.raises(DatabaseError, match=r"[가-힣]"):
        await open_database(url, SEAL)


async def test_sqlite_syncs_every_commit(sqlite_url):
    database = await open_database(sqlite_url, SEAL)
    pragmas = [
        await database.write(lambda tx, name=name: tx.exec_driver_sql(f"PRAGMA {name}").scalar())
        for name in ("synchronous", "journal_mode", "foreign_keys")
    ]
    await database.close()
    assert pragmas == [2, "wal", 1]
    assert Path(sqlite_url.removeprefix("sqlite+aiosqlite:///")).exists()
