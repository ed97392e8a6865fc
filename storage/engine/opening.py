"""Opening the database that the settings name."""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from storage.database import Database, DatabaseError
from storage.engine.sqlite import Sqlite
from storage.keys.sealing import Seal


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for one that is elsewhere, or for no address at all."""
    try:
        address = make_url(url)
    except ArgumentError:
        return None
    return Path(address.database) if address.drivername == "sqlite+aiosqlite" and address.database else None


async def open_database(url: str, seal: Seal) -> Database:
    """Open `sqlite+aiosqlite:///path` or `postgresql+asyncpg://…`; an SQLite file and its folder are made."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise DatabaseError("database.url을 읽을 수 없습니다. 예: sqlite+aiosqlite:///var/baeumtok.db") from error
    if address.drivername == "sqlite+aiosqlite" and address.database:
        return await Sqlite.open(Path(address.database), seal)
    if address.drivername == "postgresql+asyncpg":
        from storage.engine.postgres import Postgres  # here, as it takes long

        return await Postgres.open(address, seal)
    raise DatabaseError(
        f"database.url에 쓸 수 없는 종류입니다: {address.drivername}. "
        "sqlite+aiosqlite:///파일이나 postgresql+asyncpg://…로 적어 주세요."
    )
