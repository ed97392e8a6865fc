"""Statements that are given to the driver as they are: the same rows, the same errors, nothing kept that changed."""

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.engine.prepared import Prepared
from storage.tables import addresses, residents
from tests.support.domain import MONDAY

_FOUND = select(residents.c.id, residents.c.name, residents.c.created_at, residents.c.is_simple).order_by(
    residents.c.id
)
_OF = _FOUND.where(residents.c.id.in_(bindparam("ids", expanding=True)))
_NAMED = _OF.where(residents.c.language.in_(("ko", "en")), residents.c.created_at <= bindparam("at"))


@pytest.fixture
async def sealed_rows(database):
    """Ids of three residents, whose names are sealed in their rows."""
    rows = [{"language": each, "name": f"홍길동 {each}", "created_at": MONDAY} for each in ("ko", "en", "xx")]
    await database.write(lambda tx: [tx.execute(insert(residents).values(row)) for row in rows])
    return await database.read(lambda tx: list(tx.execute(select(residents.c.id).order_by(residents.c.id)).scalars()))


@pytest.mark.parametrize("length", [0, 1, 3, 40])
async def test_it_finds_what_sqlalchemy_finds(database, sealed_rows, length):
    given = {"ids": (sealed_rows * 14)[:length], "at": MONDAY}

    def both(tx):
        return [tuple(row) for row in tx.execute(_NAMED, given)], Prepared(_NAMED).all(tx, **given)

    usual, prepared = await database.read(both)
    assert prepared == usual
    assert len(prepared) == min(length, 2)


async def test_the_first_row_and_what_it_begins_with(database, sealed_rows):
    found = Prepared(_OF)
    assert (await database.read(lambda tx: found.first(tx, ids=sealed_rows)))[:2] == (sealed_rows[0], "홍길동 ko")
    assert await database.read(lambda tx: found.value(tx, ids=sealed_rows[1:])) == sealed_rows[1]
    assert await database.read(lambda tx: (found.first(tx, ids=[]), found.value(tx, ids=[]))) == (None, None)


async def test_what_is_written_is_sealed_and_goes_with_its_transaction(database, sealed_rows):
    name = bindparam("name", type_=residents.c.name.type)
    renamed = Prepared(update(residents).where(residents.c.id == bindparam("at")).values(name=name))
    assert await database.write(lambda tx: renamed.run(tx, at=sealed_rows[0], name="김철수")) == 1

    def undone(tx):
        renamed.run(tx, at=sealed_rows[0], name="이영희")
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(undone)
    found = await database.read(lambda tx: Prepared(_OF).first(tx, ids=sealed_rows))
    raw = await database.read(lambda tx: tx.exec_driver_sql("SELECT name FROM residents ORDER BY id").scalars().all())
    assert found[1] == "김철수"
    assert "김철수".encode() not in b"".join(raw)


async def test_an_error_is_sqlalchemys_and_tells_no_values(database, sealed_rows):
    row = {"resident_id": sealed_rows[0], "channel": "web", "address": "secret", "created_at": MONDAY}
    binds = {name: bindparam(name, type_=addresses.c[name].type) for name in row}
    added = Prepared(insert(addresses).values(binds))
    await database.write(lambda tx: added.run(tx, **row))
    with pytest.raises(IntegrityError) as caught:
        await database.write(lambda tx: added.run(tx, **row))
    assert isinstance(caught.value, DBAPIError)
    assert "secret" not in str(caught.value.statement) + str(caught.value.params)


async def test_what_is_missing_or_misspelt_is_refused(database, sealed_rows):
    for given in ({}, {"ids": sealed_rows, "of": 1}, {"id": sealed_rows}):
        with pytest.raises(TypeError, match="ids"):
            await database.read(lambda tx, given=given: Prepared(_OF).all(tx, **given))


async def test_what_is_made_of_rows_is_made_anew_once_any_changes(database, sealed_rows):
    found, made = Prepared(_FOUND), []

    def make(rows):
        made.append(rows)
        return tuple(rows)

    def look(tx):
        return found.same(tx, make)

    first = await database.read(look)
    assert await database.read(look) is first
    assert len(made) == 1
    await database.write(lambda tx: tx.execute(update(residents).values(is_simple=True)))
    assert [row[3] for row in await database.read(look)] == [True] * 3

    def changed_and_undone(tx):
        tx.execute(update(residents).values(is_simple=False))
        assert [row[3] for row in found.same(tx, make)] == [False] * 3
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(changed_and_undone)
    assert [row[3] for row in await database.read(look)] == [True] * 3
