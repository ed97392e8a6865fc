"""Bringing the database to the tables that this program knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select

from storage import sealing
from storage.database import DatabaseError, OutdatedError, Transaction, hold, insert
from storage.tables import seals


def upgrade(tx: Transaction) -> bool:
    """Upgrade to the newest revision; True when something changed. Refuses a newer schema, and another key."""
    hold(tx, "schema")
    config = _config(tx)
    script = ScriptDirectory.from_config(config)
    before = MigrationContext.configure(tx).get_current_revision()
    if before == script.get_current_head():
        _check_key(tx)
        return False
    if before and before not in {revision.revision for revision in script.walk_revisions()}:
        raise DatabaseError(
            f"데이터베이스가 이 프로그램보다 새롭습니다(버전 {before}). 프로그램을 최신으로 올린 뒤 다시 실행해 주세요."
        )
    command.upgrade(config, "head")
    tx.execute(insert(tx, seals).values(id=1, proof=_proof(tx)).on_conflict_do_nothing())
    _check_key(tx)
    return True


def is_empty(tx: Transaction) -> bool:
    """Whether this database has never held anything, so that no service can be running on it."""
    return not inspect(tx).get_table_names()


def has_a_key(tx: Transaction) -> bool:
    """Whether something here may be sealed, with the key of this database and no other."""
    return inspect(tx).has_table(seals.name) and tx.execute(select(seals.c.id)).first() is not None


def begin(tx: Transaction) -> None:
    """Set up an empty database; any other is left as it is, however old."""
    hold(tx, "schema")
    if is_empty(tx):
        upgrade(tx)


def check(tx: Transaction) -> None:
    """Refuse a database that has to be upgraded first, or that another key belongs to; only reads."""
    before = MigrationContext.configure(tx).get_current_revision()
    if before != ScriptDirectory.from_config(_config(tx)).get_current_head():
        raise OutdatedError("데이터베이스가 이 프로그램의 버전과 다릅니다.")
    _check_key(tx)


def _check_key(tx: Transaction) -> None:
    """Refuse another key than the one with which this database was begun: it would read nothing that is sealed."""
    if tx.execute(select(seals.c.proof)).scalar() != _proof(tx):
        raise DatabaseError(
            "열쇠 파일(key_file)이 이 데이터베이스를 만들 때의 것과 다릅니다. 처음의 파일을 되돌려 놓아 주세요. "
            "여러 기계에서 쓰려면 같은 파일을 모두에 두어야 합니다."
        )


def _proof(tx: Transaction) -> str:
    return sealing.of(tx).digest("proof")


def _config(tx: Transaction) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = tx
    return config
