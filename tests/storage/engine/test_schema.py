"""Migrations give exactly the tables that the program knows, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.asking import rounds, surveys
from storage.database import DatabaseError
from storage.engine import schema
from storage.engine.opening import open_database
from storage.tables import metadata, survey_answers, survey_lots, survey_turnout
from tests.support.domain import MONDAY, SEAL


async def test_upgrading_from_nothing_gives_the_tables_of_the_program(database):
    def is_ours(name, kind, _):  # the full-text index is made of each database's own parts
        return kind != "table" or not name.startswith("posting_grams")

    def differences(tx):
        opts = {"compare_type": True, "include_name": is_ours}
        return compare_metadata(MigrationContext.configure(tx, opts=opts), metadata)

    assert await database.write(differences) == []


def test_the_newest_revision_is_known_by_the_names_of_the_files():
    script = ScriptDirectory("storage/migrations")
    assert schema.newest() == script.get_current_head()
    assert all(schema.knows(each.revision) for each in script.walk_revisions())
    assert not schema.knows("9999")


async def test_upgrading_twice_changes_nothing(database):
    assert await database.write(schema.upgrade) is False


async def test_a_newer_schema_is_refused(database):
    await database.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(DatabaseError, match="9999"):
        await database.write(schema.upgrade)


async def test_an_upgrade_that_fails_leaves_nothing(tmp_path):
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path}/t.db", SEAL)

    def breaks(tx):
        schema.upgrade(tx)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        await database.write(breaks)
    assert await database.write(schema.upgrade) is True
    await database.close()


async def test_what_was_settled_before_is_told_by_what_came_by_chat_alone(school, office):
    """Of one round each way is told apart; of the other none is, and paper and kiosk may be anybody's."""
    told = await school.database.write(lambda tx: list(_weighed(tx, {1: ("chat", "kiosk", "paper"), 2: (None,)})))
    assert told == [(1, "chat", 9, 0), (1, "kiosk", 6, 6), (1, "paper", 5, 0), (2, "", 20, 11)]


def _weighed(tx, labels):
    survey_id = surveys.newest(tx, "만족도조사").id
    for number, kept in labels.items():
        rounds.open_round(tx, f"{number}", survey_id, None, MONDAY, MONDAY)
        this = {"round_id": rounds.of_code(tx, "만족도조사")[-1].id}
        for way, count in {"chat": 9, "kiosk": 6, "paper": 5}.items():
            tx.execute(survey_turnout.insert().values(**this, day=MONDAY.date(), channel=way, count=count))
        for at, way in enumerate(kept):
            row = {"question": "S1", "id": at, "survey_id": survey_id, "value": "5", "channel": way}
            tx.execute(survey_answers.insert().values(**this, **row))
    with Operations.context(MigrationContext.configure(tx)):
        ScriptDirectory("storage/migrations").get_revision("0010").module.weigh_what_is_settled()
    found = tx.execute(survey_lots.select().order_by(survey_lots.c.round_id, survey_lots.c.channel)).all()
    return [(1 + each.round_id - found[0].round_id, *each[1:]) for each in found]
