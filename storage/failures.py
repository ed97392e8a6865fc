"""Why a database can't do what it was asked, and what to do, in words for operators."""

from socket import gaierror

AGAIN = "잠시 뒤에 다시 해 주세요."
CALL = "시스템 담당자에게 알려 주세요."
OF_SQLITE = {
    "SQLITE_READONLY": f"데이터베이스를 읽을 수만 있고 쓸 수 없습니다. 파일과 폴더의 쓰기 권한이 필요합니다. {CALL}",
    "SQLITE_FULL": f"디스크가 가득 차서 데이터베이스에 쓰지 못했습니다. 자리를 비운 뒤 다시 해 주세요. {CALL}",
    "SQLITE_BUSY": f"다른 프로그램이 데이터베이스를 오래 쓰고 있습니다. {AGAIN}",
    "SQLITE_LOCKED": f"다른 프로그램이 데이터베이스를 오래 쓰고 있습니다. {AGAIN}",
    "SQLITE_CANTOPEN": f"파일의 자리에 폴더가 있거나, 파일이나 폴더를 열 권한이 없습니다. {CALL}",
    "SQLITE_IOERR": f"데이터베이스 파일을 읽거나 쓰지 못했습니다. 디스크를 확인해 주세요. {CALL}",
    "SQLITE_CORRUPT": f"데이터베이스 파일이 손상되었습니다. 백업한 파일로 되돌려야 합니다. {CALL}",
    "SQLITE_NOTADB": f"데이터베이스 파일이 아닙니다. 설정의 database.url을 확인해 주세요. {CALL}",
    "SQLITE_PERM": f"데이터베이스 파일을 쓸 권한이 없습니다. {CALL}",
    "SQLITE_AUTH": f"데이터베이스 파일을 쓸 권한이 없습니다. {CALL}",
}


OF_CONNECTIONS: dict[type[BaseException], str] = {
    ConnectionRefusedError: "데이터베이스 서버가 꺼져 있거나 주소와 포트가 다릅니다.",
    gaierror: "데이터베이스 서버의 주소를 찾을 수 없습니다.",
    TimeoutError: "데이터베이스 서버가 답하지 않습니다.",
}
OF_POSTGRES = {
    "28P01": "사용자 이름이나 비밀번호가 다릅니다.",
    "28000": "사용자 이름이나 비밀번호가 다릅니다.",
    "3D000": "이런 이름의 데이터베이스가 없습니다.",
    "53300": "데이터베이스 서버에 연결이 너무 많습니다.",
}


def of_connection(error: BaseException) -> str:
    """Why PostgreSQL can't be reached; what nobody has words for is named."""
    cause = getattr(error, "orig", None) or error
    known = (said for kind, said in OF_CONNECTIONS.items() if isinstance(cause, kind))
    said = OF_POSTGRES.get(getattr(cause, "sqlstate", None) or "") or next(known, "")
    return said or f"{type(cause).__name__}. {CALL}"


def of_sqlite(error: BaseException | None) -> str:
    """The extended names of SQLite begin with the plain ones."""
    name = getattr(error, "sqlite_errorname", "")
    return next((said for plain, said in OF_SQLITE.items() if name.startswith(plain)), "")
