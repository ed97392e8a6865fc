"""What stands in an officer's way besides the matter itself: files, the database, a closed pipe; and what to do."""

import os
import sqlite3
import sys
from errno import EACCES, EDQUOT, EFBIG, EIO, EISDIR, ENAMETOOLONG, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from io import TextIOWrapper

from sqlalchemy.exc import DBAPIError

from storage.engine import ailments

OF_FILES = {
    ENOENT: "없는 파일이나 폴더입니다. 이름을 확인해 주세요.",
    EACCES: "열 권한이 없거나 다른 프로그램에서 열려 있습니다. 닫고 다시 해 주세요.",
    EPERM: "열 권한이 없습니다. 다른 곳을 적어 주세요.",
    EISDIR: "폴더입니다. 파일 이름까지 적어 주세요.",
    ENOTDIR: "폴더가 아닌 것의 이름이 들어 있습니다. 위치를 확인해 주세요.",
    ENOSPC: "디스크가 가득 찼습니다. 자리를 비우거나 다른 곳을 적어 주세요.",
    EFBIG: "파일이 너무 커서 쓰지 못했습니다. 크기 제한을 확인하거나 다른 곳을 적어 주세요.",
    EDQUOT: "쓸 수 있는 자리를 다 썼습니다. 자리를 비우거나 다른 곳을 적어 주세요.",
    EROFS: "읽을 수만 있는 곳입니다. 다른 곳을 적어 주세요.",
    ENAMETOOLONG: "이름이 너무 깁니다. 짧은 이름이나 다른 곳을 적어 주세요.",
    EIO: "디스크에서 읽거나 쓰지 못했습니다. 다른 곳을 적어 주세요.",
}
NOTHING_DONE = "아무것도 바꾸지 않았습니다."


def words(error: BaseException) -> str:
    """What to tell an officer; "" for what is no mistake of theirs, nor of the machine's."""
    if isinstance(error, DBAPIError | sqlite3.Error):
        return _of_database(error)
    if isinstance(error, UnicodeEncodeError):
        return f"적으신 말에 읽을 수 없는 글자가 있습니다. 한글로 다시 적어 주세요. {NOTHING_DONE}"
    said = of_file(error) if isinstance(error, OSError) else ""
    return f"{error.filename}: {said}" if said and isinstance(error, OSError) and error.filename else said


def of_file(error: OSError) -> str:
    return OF_FILES.get(error.errno or 0, "")


def _of_database(error: DBAPIError | sqlite3.Error) -> str:
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return "데이터베이스와 연결이 끊겼습니다. 잠시 뒤에 다시 해 주세요."
    said = ailments.sentence(error)
    return f"{said}. {NOTHING_DONE}" if said else ""


def open_closed() -> None:
    """What was closed at the start (`>&-`) goes nowhere; no file of ours may get its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))


def bear_any_sign() -> None:
    """A terminal that has no sign for a letter shows another one instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def hush() -> None:
    """Nobody reads on: what is still to be said goes nowhere, also at the end of the process."""
    if isinstance(sys.stdout, TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
