"""What all commands are made of: how they are declared, and how they reach the database."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot import keys, settings
from bot.settings import Settings
from handlers.staff.desk.desk import Desk
from storage import schema
from storage.database import Database, Transaction
from storage.opening import open_database

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = object

T = TypeVar("T")
Command = Callable[[argparse.Namespace], int | None]

REFUSED, WRONG_USE = 1, 2


def add(commands: Commands, name: str, command: Command, about: str) -> argparse.ArgumentParser:
    each = commands.add_parser(name, help=about, description=about)
    each.add_argument("--config", type=Path, default=Path("config.toml"), help="설정 파일 (기본: config.toml)")
    each.set_defaults(command=command)
    return each


@asynccontextmanager
async def opened(loaded: Settings) -> AsyncIterator[Database]:
    database = await open_database(loaded.database.url, keys.seal(loaded.key_file))
    try:
        yield database
    finally:
        await database.close()


async def write(loaded: Settings, work: Callable[[Transaction], T]) -> T:
    """Bring the database up to date, and do it."""
    async with opened(loaded) as database:
        await database.write(schema.upgrade)
        return await database.write(work)


def at_desk(given: argparse.Namespace, work: Callable[[Transaction, Desk], T], writes: bool = True) -> T:
    """Do an officer's work beside the running service, whose database must be up to date."""
    loaded = settings.load(given.config)
    desk = Desk(loaded.house, loaded.house.pushing_channels, datetime.now(UTC))

    async def at_once() -> T:
        async with opened(loaded) as database:
            await database.read(schema.check)
            return await (database.write if writes else database.read)(lambda tx: work(tx, desk))

    return asyncio.run(at_once())


def tell(lines: Sequence[str]) -> None:
    print("\n".join(lines))
