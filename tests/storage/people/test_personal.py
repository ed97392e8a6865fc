"""Every table and column says what becomes of the people in it, and what it says is done."""

from itertools import chain

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text, func, select

from storage.keys.sealing import Sealed
from storage.people import personal
from storage.people.forgetting import erasing
from storage.tables import enrollments, kept_completions, metadata, residents
from storage.tables.rules import RULE, By, Delete, Impersonal, Kept, Move, Personal, of_nobody, of_person, rule_of

LOOKS_PERSONAL = {"name", "mobile", "phone", "birth_year", "address", "contact_id", "person", "resident_id"}
OF_PEOPLE = {"residents", "enrollments", "appointments", "addresses"}


def silent(table):
    """What a table doesn't say of the people in it."""
    rule = rule_of(table)
    if isinstance(rule, Personal):
        return sorted(set(table.c.keys()) ^ {*rule.export, *rule.withheld})
    if isinstance(rule, Impersonal):
        return sorted(each.name for each in table.c if looks_personal(each) and each.name not in rule.though)
    return ["says nothing"]


def looks_personal(column):
    refers = {key.column.table.name for key in column.foreign_keys}
    return bool(column.name in LOOKS_PERSONAL or refers & OF_PEOPLE or isinstance(column.type, Sealed))


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_and_column_says_what_becomes_of_it(table):
    assert silent(table) == []


def made(**info):
    other = MetaData()
    Table("residents", other, Column("id", Integer, primary_key=True))
    columns = Column("note", Text), Column("resident_id", ForeignKey("residents.id"))
    return Table("notes", other, *columns, info=info)


def test_a_table_or_column_that_says_nothing_is_found():
    half = of_person(By(), export="", erasing=Delete(), merging=Move(), kept=Kept.WITH_PERSON)
    found = [silent(made(**said)) for said in ({}, of_nobody("it is said"), half)]
    assert found == [["says nothing"], ["resident_id"], ["note"]]


def test_what_is_withheld_has_a_reason():
    rules = (rule for _, rule in personal.tables())
    assert all(why.strip() for why in chain.from_iterable(rule.withheld.values() for rule in rules))
    assert all(RULE in table.info for table in metadata.tables.values())


async def test_what_somebody_is_handed_out_holds_nothing_of_others(school, visitor):
    course = await school.opens()
    for name, number in (("홍길동", "010-0000-0001"), ("임꺽정", "010-0000-0002")):
        await visitor(name).registers(course, name=name, mobile=number)
    found = await school.database.read(lambda tx: personal.export(tx, 1))
    assert [row["name"] for row in found["residents"]] == ["홍길동"]
    assert len(found["enrollments"]) == len(found["addresses"]) == 1
    assert "임꺽정" not in str(found)
    assert "바리스타" in str(found["inbox"])


async def test_what_is_erased_leads_to_nobody(school, visitor):
    course = await school.opens()
    for name in ("홍길동", "임꺽정"):
        await visitor(name).registers(course, name=name)

    def left(tx):
        count = select(func.count()).select_from
        return {
            table.name: tx.execute(count(table).where(personal.leads_to(table, [1]))).scalar_one()
            for table, _ in personal.tables()
        }

    await school.database.write(lambda tx: erasing.erase(tx, 1, school.now))
    assert {name for name, number in (await school.database.read(left)).items() if number} == {
        "residents",
        "consents",
        "enrollments",
    }
    assert await school.database.read(lambda tx: len(personal.export(tx, 2)["inbox"])) > 0


async def test_completions_are_kept_apart_and_sealed(school, visitor):
    await visitor("a").registers(await school.opens(), name="홍길동")

    def completes_and_goes(tx):
        tx.execute(enrollments.update().values(state="completed", ended_at=school.now))
        days = erasing.completions(tx, 1)
        erasing.erase(tx, 1, school.now, days)
        kept = tx.execute(select(kept_completions)).one()
        return kept.who["name"], kept.until == days[0][1], tx.execute(select(residents.c.name)).scalar()

    assert await school.database.write(completes_and_goes) == ("홍길동", True, None)


async def test_what_lives_is_told_before_somebody_is_erased(school, visitor):
    await visitor("a").registers(await school.opens())
    assert await school.database.read(lambda tx: erasing.standing(tx, 1)) == ([1], [])
    await school.database.write(lambda tx: tx.execute(enrollments.update().values(ended_at=school.now)))
    assert await school.database.read(lambda tx: erasing.standing(tx, 1)) == ([], [])
