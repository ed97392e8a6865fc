"""The key file that seals what nobody may read in the database: beside the settings, never in the database."""

import fcntl
import logging
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import Settings, SettingsError
from storage.database import Database
from storage.engine import schema
from storage.engine.opening import file_of, open_database
from storage.keys import keyring
from storage.keys.keyring import KEY_BYTES, Ring
from storage.keys.sealing import Seal

log = logging.getLogger(__name__)

Seen = tuple[int, int, int]


def warn(told: str) -> None:
    log.warning("%s.", told)


async def open_sealed(settings: Settings, tell: Callable[[str], None] = warn) -> Database:
    """The database with its key, which is made with it and never anew. Raises SettingsError and DatabaseError.

    Of a new key somebody is told where it is.
    """
    path, url = settings.key_file, settings.database.url
    is_new = not path.exists()
    if is_new and await _has_a_key(url):
        raise SettingsError(lost(path))
    database = await open_database(url, seal(path))
    if is_new:
        tell(to_keep(settings))
    return database


def lost(path: Path) -> str:
    """What is told of a key that isn't there any more."""
    return (
        f"key_file: 열쇠 파일이 없습니다: {path}. 데이터베이스에 이 열쇠로 잠근 내용이 있어 "
        "새로 만들지 않았습니다. 보관해 둔 열쇠 파일을 그 자리에 되돌려 놓아 주세요."
    )


def to_keep(settings: Settings) -> str:
    """What an operator has to know of the key: where it is, and that it must not be copied with the database."""
    path, database = settings.key_file.absolute(), file_of(settings.database.url)
    told = f"{path}: 이 열쇠 파일이 없으면 이름과 번호, 대화를 읽을 수 없습니다. 다른 곳에 사본을 두세요"
    if database is None or not database.absolute().is_relative_to(path.parent):
        return told
    return (
        f"{told}. 데이터베이스와 같은 폴더에 있어, 폴더째 복사하면 누구나 내용을 읽습니다. "
        "파일을 다른 폴더로 옮기고 그 자리를 key_file에 적어 주세요"
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
    """The seal of a key file that is there, and of what it becomes. Raises SettingsError."""
    followed = Followed(path)
    return Seal(followed.read(), followed.changed)


class Followed:
    """A key file that may be replaced while its keys are in use."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: Seen | None = None

    def read(self) -> Ring:
        """Raises SettingsError."""
        path = self._path
        try:
            self._seen, ring = _look(path), keyring.read(path.read_text(encoding="ascii"))
        except ValueError as error:
            raise SettingsError(f"key_file: 열쇠 파일이 아닙니다: {path}. 처음의 파일을 되돌려 놓아 주세요.") from error
        except OSError as error:
            raise _unusable(path, error) from error
        return ring

    def changed(self) -> Ring | None:
        """Its keys if they are others than before. One that is gone or half written changes nothing yet."""
        before = self._seen
        try:
            return None if _look(self._path) == before else self.read()
        except (OSError, SettingsError):
            self._seen = before
            return None


def _look(path: Path) -> Seen:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else changes the keys meanwhile. Raises SettingsError."""
    folder = os.open(path.resolve().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise SettingsError("다른 명령이 열쇠를 바꾸고 있습니다. 끝난 뒤에 다시 해 주세요.") from error
    finally:
        os.close(folder)


def replace(path: Path, ring: Ring) -> None:
    """Whole or not at all; whose it is and who may read it stays. Raises SettingsError."""
    path = path.resolve()
    try:
        was = path.stat()
        draft = _write(path, ring.written())
        try:
            if (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
                os.chown(draft, was.st_uid, was.st_gid)
            draft.chmod(was.st_mode & 0o777)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        _sync(path.parent)
    except OSError as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: OSError) -> SettingsError:
    return SettingsError(f"key_file: 열쇠 파일을 쓰거나 읽을 수 없습니다: {path} ({error.strerror})")


def _make(path: Path) -> None:
    """Whole or not at all, and only the first of several processes that start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _write(path, f"{secrets.token_hex(KEY_BYTES)}\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _write(path: Path, content: str) -> Path:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
