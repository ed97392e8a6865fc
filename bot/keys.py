"""The key that seals what nobody may read in the database: a file beside the settings, never in the database."""

import os
import secrets
from pathlib import Path

from bot.settings import Settings, SettingsError
from storage import schema
from storage.database import Database
from storage.opening import open_database
from storage.sealing import KEY_BYTES, Seal


async def open_sealed(settings: Settings) -> Database:
    """The database with its key, which is made with it and never anew. Raises SettingsError and DatabaseError."""
    path, url = settings.key_file, settings.database.url
    if not path.exists() and await _has_a_key(url):
        raise SettingsError(lost(path))
    return await open_database(url, seal(path))


def lost(path: Path) -> str:
    """What is told of a key that isn't there any more."""
    return (
        f"key_file: 열쇠 파일이 없습니다: {path}. 데이터베이스에 이 열쇠로 잠근 내용이 있어 "
        "새로 만들지 않았습니다. 보관해 둔 열쇠 파일을 그 자리에 되돌려 놓아 주세요."
    )


async def _has_a_key(url: str) -> bool:
    database = await open_database(url, Seal(secrets.token_bytes(KEY_BYTES)))
    try:
        return await database.read(schema.has_a_key)
    finally:
        await database.close()


def seal(path: Path) -> Seal:
    """The seal of a key file, which is made where there is none. Raises SettingsError."""
    try:
        if not path.exists():
            _make(path)
    except OSError as error:
        raise _unusable(path, error) from error
    return read(path)


def read(path: Path) -> Seal:
    """The seal of a key file that is there. Raises SettingsError."""
    try:
        return Seal(bytes.fromhex(path.read_text(encoding="ascii")))
    except (ValueError, UnicodeDecodeError) as error:
        raise SettingsError(f"key_file: 열쇠 파일이 아닙니다: {path}. 처음의 파일을 되돌려 놓아 주세요.") from error
    except OSError as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: OSError) -> SettingsError:
    return SettingsError(f"key_file: 열쇠 파일을 쓰거나 읽을 수 없습니다: {path} ({error.strerror})")


def _make(path: Path) -> None:
    """Whole or not at all, and only the first of several processes that start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(KEY_BYTES)}\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
