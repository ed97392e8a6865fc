"""Copies of a PostgreSQL database, by PostgreSQL's own pg_dump, pg_restore and psql."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import which

from sqlalchemy import URL

from storage.copies.copy import Copy, CopyError

REFUSED = "배움톡의 백업 파일이 아니거나 깨졌습니다"
TO_HAVE = (
    "서버와 같은 버전의 PostgreSQL 클라이언트를 설치하거나(Debian, Ubuntu: postgresql-client), "
    "그 폴더를 backup.tools에 적어 주세요."
)
CONNECTED = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
EMPTIED = ("-c", "DROP SCHEMA public CASCADE", "-c", "CREATE SCHEMA public")


class PostgresCopier:
    """Of one database, whose tools are in a folder or on the path."""

    ending = ".dump"

    def __init__(self, url: URL, tools: Path | None = None) -> None:
        self._url = url
        self._tools = tools

    def check_tools(self) -> None:
        for tool in ("pg_dump", "pg_restore", "psql"):
            self._command(tool)

    def is_there(self) -> bool:
        return self._ask(TABLES) > 0

    def make(self, target: Path) -> None:
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", *self._where())

    def examine(self, copy: Path) -> Copy:
        """All of it is read as it would be for putting it back."""
        try:
            self._run("pg_restore", f"--file={os.devnull}", f"{copy}")
            revision, proof = self._column(copy, "alembic_version"), self._column(copy, "seals")
        except ToolError as error:
            raise CopyError(f"{copy}: {REFUSED} ({error})") from error
        if not revision:
            raise CopyError(f"{copy}: {REFUSED}")
        return Copy(revision, proof)

    def put_back(self, copy: Path, keep: Callable[[], Path]) -> Path | None:
        """In one transaction: what fails leaves everything as it was."""
        if self._ask(CONNECTED):
            raise CopyError(
                "데이터베이스에 연결된 프로그램이 있습니다. 배움톡과 다른 프로그램을 멈춘 뒤에 다시 해 주세요"
            )
        kept = keep() if self.is_there() else None
        if kept:
            self.make(kept)
        with tempfile.TemporaryDirectory() as folder:  # whole before psql begins: what it is given, it commits
            written = Path(folder) / "sql"
            self._run("pg_restore", "--no-owner", "--no-privileges", f"--file={written}", f"{copy}")
            options = ("--no-psqlrc", "--quiet", "--single-transaction", "-v", "ON_ERROR_STOP=1", *EMPTIED)
            self._run("psql", *options, "-f", f"{written}", *self._where())
        return kept

    def _column(self, copy: Path, table: str) -> str:
        """The last column of the only row of a table, as it stands in the copy."""
        told = self._run("pg_restore", "--data-only", f"--table={table}", "--file=-", f"{copy}")
        rows = told.partition("FROM stdin;\n")[2].partition("\n\\.")[0]
        return rows.split("\t")[-1].strip()

    def _ask(self, question: str) -> int:
        return int(self._run("psql", "--no-psqlrc", "-At", "-c", question, *self._where()))

    def _where(self) -> Sequence[str]:
        query = self._url.query
        named = {"host": self._url.host or query.get("host"), "port": self._url.port, "username": self._url.username}
        given = (f"--{name}={value}" for name, value in named.items() if value)
        return (*given, f"--dbname={self._url.database}", "--no-password")

    def _run(self, tool: str, *options: str) -> str:
        env = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": f"{self._url.password}"} if self._url.password else {})}
        command = self._command(tool, *options)
        ended = subprocess.run(  # noqa: S603
            command, stdin=subprocess.DEVNULL, capture_output=True, env=env, check=False
        )
        if ended.returncode:
            why = " ".join(ended.stderr.decode(errors="replace").split()) or f"{ended.returncode}"
            if "version mismatch" in why or "unsupported version" in why:
                raise CopyError(f"{tool}의 버전이 데이터베이스와 다릅니다. {TO_HAVE} ({why})")
            raise ToolError(f"{tool}: {why}")
        return ended.stdout.decode()

    def _command(self, tool: str, *options: str) -> list[str]:
        found = which(tool, path=f"{self._tools}" if self._tools else None)
        if not found:
            raise CopyError(f"PostgreSQL을 백업하고 되돌리려면 {tool} 프로그램이 필요합니다. {TO_HAVE}")
        return [found, *options]


class ToolError(CopyError):
    """A tool of PostgreSQL refused, in its own words."""
