"""Bringing the database to the tables that this program knows."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, MetaData, Select, String, Table, column, inspect, select, table, update

from storage.database import DatabaseError, OutdatedError, Transaction, hold, insert
from storage.keys import sealing
from storage.keys.keyring import Key
from storage.keys.sealing import Seal
from storage.tables import seals

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parents[1] / "migrations"
VERSION: Select[str] = select(column("version_num", String)).select_from(table("alembic_version"))


def upgrade(tx: Transaction) -> bool:
    """Upgrade to the newest revision; True when something changed. Refuses a newer schema, and another key."""
    hold(tx, "schema")
    before = _revision(tx)
    if before == newest():
        _check_key(tx)
        return False
    _refuse_newer(before)
    _migrate(tx)
    tx.execute(insert(tx, seals).values(id=1, proof=proof_of(sealing.of(tx))).on_conflict_do_nothing())
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


def probe(tx: Transaction) -> None:
    """Whether an empty database could be set up: raises what the database raises, and leaves nothing behind."""
    attempt = Table("baeumtok_probe", MetaData(), Column("id", Integer))
    attempt.create(tx)
    attempt.drop(tx)


def check(tx: Transaction) -> None:
    """Refuse a database that has to be upgraded first, or that another key belongs to; only reads."""
    before = _revision(tx)
    if before != newest():
        _refuse_newer(before)
        raise OutdatedError("데이터베이스가 이 프로그램의 버전과 다릅니다.")
    _check_key(tx)


def _refuse_newer(revision: str | None) -> None:
    if revision and not knows(revision):
        raise DatabaseError(
            f"데이터베이스가 이 프로그램보다 새롭습니다(버전 {revision}). "
            "프로그램을 최신으로 올린 뒤 다시 실행해 주세요."
        )


def _check_key(tx: Transaction) -> None:
    """Refuse other keys than those that this database needs: they would read nothing that is sealed."""
    if not opens(sealing.of(tx), tx.execute(select(seals.c.proof)).scalar() or ""):
        raise DatabaseError(
            "열쇠 파일(key_file)이 이 데이터베이스를 만들 때의 것과 다릅니다. 처음의 파일을 되돌려 놓아 주세요. "
            "열쇠를 바꾼 적이 있으면 바꾼 뒤의 파일이어야 합니다. "
            "여러 기계에서 쓰려면 같은 파일을 모두에 두어야 합니다."
        )


def proof_of(seal: Seal) -> str:
    """What a database that was begun with this key says of it."""
    return seal.ring.newest.proof


def opens(seal: Seal, proof: str) -> bool:
    """Whether these keys open all that is sealed in a database that says this of its keys."""
    needed = set(proof.split())
    return bool(needed) and needed <= seal.ring.proofs


def need(tx: Transaction, keys: Sequence[Key]) -> None:
    """From now on this database is only opened with all of these."""
    tx.execute(update(seals).values(proof=" ".join(key.proof for key in keys)))


def is_outdated(tx: Transaction) -> bool:
    """Whether an upgrade would change what is there already."""
    return _revision(tx) not in (None, newest())


def newest() -> str:
    """The revision of this program's tables."""
    return _revisions()[-1]


def knows(revision: str) -> bool:
    """Whether this program can bring a database of this revision up to date."""
    return revision in _revisions()


@cache
def _revisions() -> Sequence[str]:
    """From the oldest, by the names of their files: Alembic would load every one to tell."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def _revision(tx: Transaction) -> str | None:
    """Of the tables as they are; None where there are none."""
    return tx.execute(VERSION).scalar() if inspect(tx).has_table("alembic_version") else None


def _migrate(tx: Transaction) -> None:
    from alembic import command  # here, as it takes long and a migration is rare

    command.upgrade(_config(tx), "head")


def _config(tx: Transaction) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = tx
    return config
