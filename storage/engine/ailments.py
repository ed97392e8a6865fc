"""What ails a database that fails, in few words for SQLite and PostgreSQL, and what an operator does about it."""

import sqlite3
from enum import StrEnum
from socket import gaierror

from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as NoConnection


class Ailment(StrEnum):
    """As health checks and metrics name it."""

    FULL = "the disk is full"
    READ_ONLY = "it can't be written"
    CLOSED = "it can't be opened"
    BUSY = "it is busy"
    DISK = "the disk fails"
    DAMAGED = "the file is damaged"
    AWAY = "it doesn't answer"


SENTENCES = {
    Ailment.FULL: "데이터베이스가 있는 디스크가 가득 찼습니다. 자리를 비워 주세요",
    Ailment.READ_ONLY: "데이터베이스에 쓸 수 없습니다. 파일과 폴더의 권한, 디스크가 읽기 전용인지 확인해 주세요",
    Ailment.CLOSED: "데이터베이스를 열 수 없습니다. 그 자리에 폴더가 있거나, 파일이나 폴더를 열 권한이 없습니다",
    Ailment.BUSY: "다른 프로그램이 데이터베이스를 붙잡고 있습니다. 그 프로그램을 끝내고 다시 해 주세요",
    Ailment.DISK: "데이터베이스를 디스크에 쓰거나 읽지 못했습니다. 디스크와 파일 크기 제한을 확인해 주세요",
    Ailment.DAMAGED: "데이터베이스 파일이 아니거나 깨졌습니다. baeumtok restore로 백업에서 되돌려 주세요",
    Ailment.AWAY: "데이터베이스가 대답하지 않습니다. 데이터베이스가 돌고 있는지 확인해 주세요",
}
_SQLITE = {
    sqlite3.SQLITE_FULL: Ailment.FULL,
    sqlite3.SQLITE_READONLY: Ailment.READ_ONLY,
    sqlite3.SQLITE_PERM: Ailment.READ_ONLY,
    sqlite3.SQLITE_AUTH: Ailment.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Ailment.CLOSED,
    sqlite3.SQLITE_BUSY: Ailment.BUSY,
    sqlite3.SQLITE_LOCKED: Ailment.BUSY,
    sqlite3.SQLITE_IOERR: Ailment.DISK,
    sqlite3.SQLITE_CORRUPT: Ailment.DAMAGED,
    sqlite3.SQLITE_NOTADB: Ailment.DAMAGED,
}
_POSTGRES = {"53100": Ailment.FULL, "25006": Ailment.READ_ONLY, "42501": Ailment.READ_ONLY, "55P03": Ailment.BUSY}
_REFUSED = {
    "28P01": "사용자 이름이나 비밀번호가 다릅니다.",
    "28000": "사용자 이름이나 비밀번호가 다릅니다.",
    "3D000": "이런 이름의 데이터베이스가 없습니다.",
    "53300": "데이터베이스 서버에 연결이 너무 많습니다.",
}
_UNREACHABLE: dict[type[BaseException], str] = {
    ConnectionRefusedError: "데이터베이스 서버가 꺼져 있거나 주소와 포트가 다릅니다.",
    gaierror: "데이터베이스 서버의 주소를 찾을 수 없습니다.",
    TimeoutError: "데이터베이스 서버가 답하지 않습니다.",
}


def of(error: BaseException) -> Ailment | None:
    """None for what is no ailment of a database, but a bug of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(error, PendingRollbackError | NoConnection) or (isinstance(error, DBAPIError) and _is_cut(error)):
        return Ailment.AWAY
    state = getattr(cause, "sqlstate", None) or ""
    return Ailment.AWAY if state[:2] in ("08", "57") else _POSTGRES.get(state)


def _is_cut(error: DBAPIError) -> bool:
    """Whether there is no connection, or none any more; asyncpg may find out in the middle of what it had begun."""
    is_client_s = isinstance(error.orig, AsyncAdapt_asyncpg_dbapi.InternalClientError)
    return error.connection_invalidated or is_client_s or isinstance(_cause(error), OSError)


def _cause(error: BaseException) -> BaseException:
    """What the system says of a connection, or the driver."""
    by_driver = getattr(error, "orig", None) or error
    return by_driver.__cause__ if isinstance(by_driver.__cause__, OSError) else by_driver


def sentence(error: BaseException) -> str:
    """What an operator can do, without its full stop; "" for what is a bug of ours."""
    ailment = of(error)
    return SENTENCES[ailment] if ailment else ""


def of_connection(error: BaseException) -> str:
    """Why PostgreSQL can't be reached; what nobody has words for is named."""
    cause = _cause(error)
    known = (said for kind, said in _UNREACHABLE.items() if isinstance(cause, kind))
    said = _REFUSED.get(getattr(cause, "sqlstate", None) or "") or next(known, "")
    return said or f"{type(cause).__name__}. 시스템 담당자에게 알려 주세요."
