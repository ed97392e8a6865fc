"""What ails a database that fails: the same few reasons on SQLite and PostgreSQL."""

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError


class Ailment(StrEnum):
    """As health checks and metrics name it."""

    FULL = "the disk is full"
    READ_ONLY = "it can't be written"
    BUSY = "it is busy"
    DISK = "the disk fails"
    DAMAGED = "the file is damaged"
    AWAY = "it doesn't answer"


_SQLITE = {
    sqlite3.SQLITE_FULL: Ailment.FULL,
    sqlite3.SQLITE_READONLY: Ailment.READ_ONLY,
    sqlite3.SQLITE_PERM: Ailment.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Ailment.READ_ONLY,
    sqlite3.SQLITE_BUSY: Ailment.BUSY,
    sqlite3.SQLITE_LOCKED: Ailment.BUSY,
    sqlite3.SQLITE_IOERR: Ailment.DISK,
    sqlite3.SQLITE_CORRUPT: Ailment.DAMAGED,
    sqlite3.SQLITE_NOTADB: Ailment.DAMAGED,
}
_POSTGRES = {"53100": Ailment.FULL, "25006": Ailment.READ_ONLY, "42501": Ailment.READ_ONLY, "55P03": Ailment.BUSY}


def of(error: BaseException) -> Ailment | None:
    """None for what is no ailment of a database, but a bug of ours."""
    if isinstance(error, OSError):
        return Ailment.AWAY
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    state = getattr(cause, "sqlstate", None) or ""
    return Ailment.AWAY if state[:2] in ("08", "57") else _POSTGRES.get(state)
