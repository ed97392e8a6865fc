"""Carries out what tables say of the people in them (`storage/tables/rules.py`): whose rows are whose, export, erasure.

Merging stands in `merging.py`, how long something is kept in `retention.py`.
"""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, func, literal, select, tuple_, update

from storage.database import Transaction
from storage.tables import addresses, journal, journal_subjects, metadata
from storage.tables.rules import AsSubject, AtTheirAddress, By, Delete, Erasing, Kept, Personal, Rule, Through, rule_of

PERSON = "person"  # the kind of subject that journal entries have for people

Exported = dict[str, list[dict[str, Any]]]
"""By table its rows, each with the columns that are handed out."""


def tables() -> Iterator[tuple[Table, Personal]]:
    """Those that hold people's rows, with what they say; those that others refer to come first."""
    for table in metadata.sorted_tables:
        rule: Rule | None = rule_of(table)
        if isinstance(rule, Personal):
            yield table, rule


def leads_to(table: Table, ids: Collection[int]) -> ColumnElement[bool]:
    """Whether a row of this table is of one of these people."""
    rule = rule_of(table)
    assert isinstance(rule, Personal)
    lead = rule.lead
    if isinstance(lead, By):
        return table.c[lead.column].in_(ids)
    if isinstance(lead, AtTheirAddress):
        theirs = select(addresses.c.channel, addresses.c.address).where(addresses.c.resident_id.in_(ids))
        return tuple_(table.c.channel, table.c.address).in_(theirs)
    if isinstance(lead, AsSubject):
        return _is_about(table, ids)
    other = metadata.tables[lead.table]
    return table.c[lead.column].in_(select(other.c.id).where(leads_to(other, ids)))


def _is_about(table: Table, ids: Collection[int]) -> ColumnElement[bool]:
    about = and_(journal_subjects.c.kind == PERSON, journal_subjects.c.subject_id.in_(ids))
    return about if table is journal_subjects else journal.c.id.in_(select(journal_subjects.c.entry_id).where(about))


def kinds(tx: Transaction, resident_id: int) -> set[Kept]:
    """Of which kinds there is anything of somebody."""
    found: set[Kept] = set()
    for table, rule in tables():
        theirs = select(literal(1)).where(leads_to(table, [resident_id])).limit(1)
        if rule.kept not in found and tx.execute(theirs).first():
            found.add(rule.kept)
    return found


def export(tx: Transaction, resident_id: int) -> Exported:
    """All that a person is handed out, and nothing that is another's as well.

    That is: no talk of a chat that others use, and no address at which somebody else speaks for them.
    """
    found: Exported = {}
    for table, rule in tables():
        if rule.export:
            theirs = [leads_to(table, [resident_id])]
            if isinstance(rule.lead, AtTheirAddress):
                theirs.append(tuple_(table.c.channel, table.c.address).not_in(_shared()))
            if table is addresses:
                theirs.append(addresses.c.is_main)
            columns = [table.c[name] for name in rule.export]
            rows = tx.execute(select(*columns).where(*theirs).order_by(*table.primary_key))
            found[table.name] = [dict(row._mapping) for row in rows]
    return found


def _shared() -> Any:
    used = select(addresses.c.channel, addresses.c.address).group_by(addresses.c.channel, addresses.c.address)
    return used.having(func.count() > 1)


def erase(tx: Transaction, ids: Collection[int]) -> None:
    """Delete and blank as the tables say; what refers to a row goes before it, and what was said before its address."""
    children_first = list(tables())[::-1]
    for table, rule in sorted(children_first, key=lambda each: not isinstance(each[1].lead, AtTheirAddress)):
        _erase(tx, table, rule.erasing, leads_to(table, ids))


def erase_rows(tx: Transaction, parent: Table, ids: Collection[int]) -> None:
    """The same for single rows of a table that stay, and for all that refers to them."""
    for table, rule in tables():
        if isinstance(rule.lead, Through) and rule.lead.table == parent.name:
            _erase(tx, table, rule.erasing, table.c[rule.lead.column].in_(ids))
        elif table is parent:
            _erase(tx, table, rule.erasing, table.c.id.in_(ids))


def _erase(tx: Transaction, table: Table, erasing: Erasing, these: ColumnElement[bool]) -> None:
    if isinstance(erasing, Delete):
        tx.execute(delete(table).where(these))
    elif erasing.values:
        tx.execute(update(table).where(these).values(dict(erasing.values)))
