"""Bringing the database to the tables that this program knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database import DatabaseError, Transaction, hold


def upgrade(tx: Transaction) -> bool:
    """Upgrade to the newest revision; True when something changed. Refuses a schema newer than this program."""
    hold(tx, "schema")
    config = _config(tx)
    script = ScriptDirectory.from_config(config)
    before = MigrationContext.configure(tx).get_current_revision()
    if before == script.get_current_head():
        return False
    if before and before not in {revision.revision for revision in script.walk_revisions()}:
        raise DatabaseError(
            f"데이터베이스가 이 프로그램보다 새롭습니다(버전 {before}). 프로그램을 최신으로 올린 뒤 다시 실행해 주세요."
        )
    command.upgrade(config, "head")
    return True


def check(tx: Transaction) -> None:
    """Refuse a database that has to be upgraded first; only reads."""
    before = MigrationContext.configure(tx).get_current_revision()
    if before != ScriptDirectory.from_config(_config(tx)).get_current_head():
        raise DatabaseError(
            "데이터베이스가 이 프로그램의 버전과 다릅니다. python -m bot migrate 를 먼저 실행해 주세요."
        )


def _config(tx: Transaction) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = tx
    return config
