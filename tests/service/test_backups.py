"""A backup of the real service under load, restored elsewhere: every message that was answered is in it."""

import asyncio
from pathlib import Path

from sqlalchemy import select

from storage.engine.opening import open_database
from storage.tables import inbox
from tests.support.commands import bot
from tests.support.domain import SEAL, write_key
from tests.support.service.town import Town
from tests.support.waiting import until


async def kept_in(file: Path) -> set[str]:
    """The keys of the messages in a database that have their answer."""
    database = await open_database(f"sqlite+aiosqlite:///{file}", SEAL)
    try:
        keys = select(inbox.c.key).where(inbox.c.reply.is_not(None))
        return await database.read(lambda tx: {key for (key,) in tx.execute(keys)})
    finally:
        await database.close()


def answered_in(town: Town) -> set[str]:
    return {f"{number}" for number, entry in town.api.ledger.entries.items() if entry.answered_at}


async def test_a_backup_under_load_restored_elsewhere_holds_every_message_that_was_answered(
    fresh_town: Town, tmp_path: Path
):
    town, there = fresh_town, tmp_path / "there"
    await town.service.start()

    async def talks():
        resident = town.resident()
        while True:
            await resident.asks("/help")

    talking = [asyncio.create_task(talks()) for _ in range(10)]
    await until(lambda: len(answered_in(town)) > 10)
    answered = answered_in(town)
    made = await asyncio.to_thread(bot, tmp_path / "config.toml", "backup", f"{tmp_path}/our.backup")
    for task in talking:
        task.cancel()
    there.mkdir()
    write_key(there)
    (there / "config.toml").write_text(f'[database]\nurl = "sqlite+aiosqlite:///{there}/our.db"\n')
    restored = await asyncio.to_thread(bot, there / "config.toml", "restore", f"{tmp_path}/our.backup")
    assert (made[0], restored[0]) == (0, 0)
    assert answered - await kept_in(there / "our.db") == set()
