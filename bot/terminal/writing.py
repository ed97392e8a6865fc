"""Writing the files that officers ask for: whole or not at all, and over another one only when they say so."""

import os
import secrets
from argparse import ArgumentParser
from pathlib import Path

from bot.terminal import failing
from handlers.staff.desk.declined import Declined

PRIVATE = 0o600  # names may stand in it, also where the file before was open to others


def add_force(command: ArgumentParser) -> None:
    command.add_argument("--force", action="store_true", help="이미 있는 파일이면 덮어씁니다")


def write_file(path: Path, content: bytes, force: bool = False) -> None:
    """Raises Declined where nothing can be written, or where a file is already and `force` isn't given."""
    try:
        refuse_taken(path, force)
        _write(path.resolve(), content)
    except OSError as error:
        raise Declined(f"{path}: 파일을 쓸 수 없습니다. {why(path, error)}") from error


def refuse_taken(path: Path, force: bool) -> None:
    """Raises Declined."""
    if path.is_dir():
        raise Declined(f"{path}: 파일을 쓸 수 없습니다. 폴더입니다. 파일 이름까지 적어 주세요.")
    if path.exists() and not path.is_file():
        raise Declined(f"{path}: 파일을 쓸 수 없습니다. 파일이 아닌 것의 이름입니다. 다른 이름을 적어 주세요.")
    if path.exists() and not force:
        raise Declined(f"{path}: 이미 있는 파일이라 그대로 두었습니다. 덮어쓰려면 --force를 붙여 주세요.")


def _write(target: Path, content: bytes) -> None:
    """Beside the target first: who opens it meanwhile, or after a failure, finds the old file or the whole new one."""
    beside = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def why(path: Path, error: OSError) -> str:
    """What stands in the way, and what to do."""
    if isinstance(error, FileNotFoundError):
        return f"‘{path.parent}’ 폴더가 없습니다. 폴더를 먼저 만들거나 다른 곳을 적어 주세요."
    if isinstance(error, NotADirectoryError | FileExistsError):
        return f"‘{path.parent}’ 안에는 파일을 둘 수 없습니다. 다른 곳을 적어 주세요."
    if isinstance(error, PermissionError):
        return "쓸 권한이 없거나 다른 프로그램에서 열려 있습니다. 닫고 다시 하거나 다른 곳을 적어 주세요."
    return failing.of_file(error) or "다른 곳을 적어 주세요."
