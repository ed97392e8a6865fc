"""Copies of an SQLite file: SQLite makes them page by page of one moment, whoever writes meanwhile."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from storage.copies.copy import Copy, CopyError
from storage.engine import ailments
from storage.engine.ailments import Ailment
from storage.engine.sqlite import locked

REFUSED = "배움톡의 백업 파일이 아니거나 깨졌습니다"
IN_USE = "다른 명령이 데이터베이스를 쓰고 있습니다. 끝난 뒤에 다시 해 주세요"


class SqliteCopier:
    """Of one file."""

    ending = ".db"

    def __init__(self, path: Path) -> None:
        self._path = path

    def check_tools(self) -> None:
        """SQLite brings it along."""

    def is_there(self) -> bool:
        return self._path.exists()

    def make(self, target: Path) -> None:
        if not self._path.exists():
            raise CopyError(f"데이터베이스 파일이 없습니다: {self._path}")
        try:
            _copy(self._path, target)
        except sqlite3.Error as error:
            if ailments.of(error) not in (Ailment.READ_ONLY, Ailment.CLOSED) or os.access(self._path.parent, os.W_OK):
                raise
            self._copy_from_a_dying_disk(target)

    def _copy_from_a_dying_disk(self, target: Path) -> None:
        """Where nothing can be written any more nobody writes, so the file and its log may be copied as they are."""
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            for each in (self._path, *self._logs()[:1]):
                if each.exists():
                    shutil.copy(each, folder)
            _copy(Path(folder) / self._path.name, target)

    def examine(self, copy: Path) -> Copy:
        try:
            with closing(_open(copy, "ro")) as opened:
                return _read(copy, opened)
        except sqlite3.Error as error:
            raise CopyError(f"{copy}: {REFUSED} ({error})") from error

    def put_back(self, copy: Path, keep: Callable[[], Path]) -> Path | None:
        """Whole or not at all: the old file stays in its place until the new one takes it."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(self._path):
            kept = self._put_aside(keep) if self._path.exists() else None
            beside = self._path.with_name(f".{self._path.name}.new")
            try:
                with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                    with copy.open("rb") as source:
                        shutil.copyfileobj(source, file)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(self._path)
            finally:
                beside.unlink(missing_ok=True)
        return kept

    def _put_aside(self, keep: Callable[[], Path]) -> Path:
        """A second name for the old file, once its log is gone: with that the new one must not be read."""
        try:
            with closing(_open(self._path, "rw")) as live:
                live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.DatabaseError as error:
            if ailments.of(error) is Ailment.DAMAGED:
                return self._put_damaged_aside(keep)
            raise
        if any(each.exists() for each in self._logs()):
            raise CopyError(IN_USE)
        kept = keep()
        os.link(self._path, kept)
        return kept

    def _put_damaged_aside(self, keep: Callable[[], Path]) -> Path:
        """What can't be read any more is kept as it is, with its log."""
        kept = keep()
        for log in self._logs():
            if log.exists():
                log.rename(f"{kept}{log.name.removeprefix(self._path.name)}")
        os.link(self._path, kept)
        return kept

    def _logs(self) -> list[Path]:
        return [self._path.with_name(f"{self._path.name}{ending}") for ending in ("-wal", "-shm")]


def _copy(path: Path, target: Path) -> None:
    with closing(_open(path, "rw")) as live, closing(_open(target, "rw")) as copy:
        live.execute("PRAGMA busy_timeout = 10000")
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it


def _open(path: Path, mode: str) -> sqlite3.Connection:
    """Never makes a file."""
    immutable = "&immutable=1" if mode == "ro" else ""
    return sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode={mode}{immutable}", uri=True, isolation_level=None)


def _read(copy: Path, opened: sqlite3.Connection) -> Copy:
    if (found := opened.execute("PRAGMA integrity_check").fetchone()) != ("ok",):
        raise CopyError(f"{copy}: {REFUSED} ({found[0].splitlines()[0]})")
    tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"alembic_version", "courses"} <= tables:
        raise CopyError(f"{copy}: {REFUSED}")
    revision = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    if not revision:
        raise CopyError(f"{copy}: {REFUSED}")
    proof = opened.execute("SELECT proof FROM seals").fetchone() if "seals" in tables else None
    return Copy(revision[0], proof[0] if proof else "")
