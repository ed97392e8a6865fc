"""Merging two records of one person: all that one has becomes the other's, as the tables say beside themselves.

Nothing is destroyed. What the record that stays has already remains with the one that goes, so that all of it can be
undone as long as `settle_before` hasn't emptied that one.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select, true, update

from storage.audit.scopes import Columns, Scope
from storage.database import Transaction, hold, there_is
from storage.people import personal, residents
from storage.reasons import Reason
from storage.tables import addresses as chats
from storage.tables import appointments as talks
from storage.tables import callbacks, consents, drafts, outbox
from storage.tables import enrollments as seats
from storage.tables import residents as records
from storage.tables.rules import By, ByItself, Move, Personal, Unite, rule_of
from storage.teaching import courses

MERGING = "merging"  # whoever reads whose something is and writes it elsewhere shares this name
LENT = (*residents.PERSONAL, "proven_mobile")
_ORDER = ("confirmed", "offered", "waiting", "applied")
_ALSO = {  # what merging changes beside whose a row is
    "residents": ("merged_into", "merged_at", "lent"),
    "enrollments": ("state", "ended_at", "ended_from", "decided_at", "offer_until"),
    "appointments": ("state", "ended_at"),
    "callbacks": ("ended_at", "outcome"),
    "outbox": ("key", "outcome", "reason", "settled_at", "seen_at"),
    "drafts": ("subject",),
    "addresses": ("is_main",),
}


@dataclass(frozen=True)
class Merge:
    """`told_apart` are the kinds of notice whose keys end in the id of whom they are for."""

    kept: int
    gone: int
    now: datetime
    told_apart: Collection[str] = ()

    @property
    def both(self) -> tuple[int, int]:
        return self.kept, self.gone


def lock(tx: Transaction, kept: int, gone: int) -> list[int]:
    """Nobody speaks as either of them, plans anything for them, or changes their courses; ids of these courses."""
    for each in sorted((kept, gone)):
        residents.lock(tx, each)
    hold(tx, MERGING)
    query = select(seats.c.course_id).where(seats.c.resident_id.in_((kept, gone))).distinct()
    theirs = sorted(tx.execute(query).scalars())
    for course_id in theirs:
        courses.lock(tx, course_id)
    return theirs


def merge(tx: Transaction, one: Merge) -> list[int]:
    """Make them one, and tell the courses in which a seat has come free. Both must be locked (`lock`)."""
    freed: list[int] = []
    for table, rule in personal.tables():
        if isinstance(rule.merging, ByItself):
            freed += BY_ITSELF[table.name](tx, one) or []
        elif isinstance(rule.merging, Unite):
            _unite(tx, table, rule.merging, one)
        elif isinstance(rule.merging, Move):
            _move(tx, table, one)
    return freed


def scope(one: Merge, course_ids: Collection[int], unless: Collection[str] = ()) -> Scope:
    """What merging may change; of rows that others have as well only whose they are, and of notices none `unless`."""
    found: dict[Table, Any] = {}
    for table, rule in personal.tables():
        if isinstance(rule.merging, Move | Unite | ByItself):
            lead = _lead(rule)
            these = table.c[lead].in_(one.both)
            is_whole = lead in table.primary_key.columns and table is not records
            names = (*_ALSO.get(table.name, ()), *([] if table is records else [lead]))
            found[table] = these if is_whole else Columns(these, names)
    of_courses = or_(seats.c.resident_id.in_(one.both), seats.c.course_id.in_(course_ids))
    found[seats] = Columns(of_courses, found[seats].names)
    found[outbox] = Columns(and_(found[outbox].these, outbox.c.kind.not_in(unless)), found[outbox].names)
    return found


def give_back(tx: Transaction, gone: int) -> None:
    """What was told in the record that goes is taken out of the one that stays, unless it was corrected meanwhile."""
    row = tx.execute(select(records).where(records.c.id == gone)).one()
    kept = tx.execute(select(records).where(records.c.id == row.merged_into)).one()
    same = {name: None for name in row.lent or () if getattr(kept, name) == getattr(row, name)}
    if "mobile" in same:
        same["mobile_tag"] = None
    if same:
        tx.execute(update(records).where(records.c.id == kept.id).values(same))


def merged_into(tx: Transaction, resident_id: int) -> int | None:
    """The record that counts in place of this one."""
    return tx.execute(select(records.c.merged_into).where(records.c.id == resident_id)).scalar()


def settle_before(tx: Transaction, moment: datetime, now: datetime) -> int:
    """Empty the records that were merged before; from then on it can't be undone."""
    these = (records.c.merged_at < moment, records.c.erased_at.is_(None))
    ids = list(tx.execute(select(records.c.id).where(*these).with_for_update(key_share=True)).scalars())
    if ids:
        personal.erase(tx, ids)
        tx.execute(update(records).where(records.c.id.in_(ids)).values(erased_at=now))
    return len(ids)


# --- by the rule ---


def _lead(rule: Personal) -> str:
    assert isinstance(rule.lead, By), "rows that lead to a person through others follow them"
    return rule.lead.column


def _move(tx: Transaction, table: Table, one: Merge) -> None:
    _give(tx, table, one, table.c[_lead(_rule(table))] == one.gone)


def _rule(table: Table) -> Personal:
    rule = rule_of(table)
    assert isinstance(rule, Personal)
    return rule


def _give(tx: Transaction, table: Table, one: Merge, *these: ColumnElement[bool]) -> None:
    tx.execute(update(table).where(*these).values({_lead(_rule(table)): one.kept}))


def _unite(tx: Transaction, table: Table, rule: Unite, one: Merge) -> None:
    lead, other = _lead(_rule(table)), table.alias()
    alike = and_(true(), *(other.c[name] == table.c[name] for name in rule.by))
    is_there = there_is(other, other.c[lead] == one.kept, alike)
    _give(tx, table, one, table.c[lead] == one.gone, ~is_there)


# --- by itself ---


def _merge_records(tx: Transaction, one: Merge) -> None:
    """What the record that stays doesn't know of them it learns."""
    columns = [records.c[name] for name in ("id", *LENT)]
    found = {row.id: row for row in tx.execute(select(*columns).where(records.c.id.in_(one.both)))}
    kept, gone = found[one.kept], found[one.gone]
    lent = {name: value for name in LENT if getattr(kept, name) is None and (value := getattr(gone, name)) is not None}
    if lent:
        found_by = {"mobile_tag": residents.tag(tx, gone.mobile)} if "mobile" in lent else {}
        tx.execute(update(records).where(records.c.id == one.kept).values({**lent, **found_by}))
    mark = {"merged_into": one.kept, "merged_at": one.now, "lent": tuple(lent)}
    tx.execute(update(records).where(records.c.id == one.gone).values(mark))


def _place(seat: Any, now: datetime) -> tuple[bool, bool, int, int, int]:
    """The smaller the better: what counts, then confirmed, offered and not lapsed, the earlier place, applied."""
    has_lapsed = seat.state == "offered" and seat.offer_until is not None and seat.offer_until < now
    return has_lapsed, seat.unchecked_since is not None, _ORDER.index(seat.state), seat.rank, seat.id


def _merge_enrollments(tx: Transaction, one: Merge) -> list[int]:
    live = seats.c.resident_id.in_(one.both) & seats.c.ended_at.is_(None)
    by_course: dict[int, list[Any]] = {}
    for row in tx.execute(select(seats).where(live).order_by(seats.c.id)):
        by_course.setdefault(row.course_id, []).append(row)
    twice = {
        course_id: sorted(two, key=lambda each: _place(each, one.now))
        for course_id, two in by_course.items()
        if len(two) > 1
    }
    second = [two[1].id for two in twice.values()]
    ended = {"state": "merged", "ended_at": one.now, "ended_from": seats.c.state}
    tx.execute(update(seats).where(seats.c.id.in_(second)).values(ended))
    _move(tx, seats, one)
    return list(twice)


def _merge_appointments(tx: Transaction, one: Merge) -> None:
    """One talk to come stays, the earlier one; those whose time has come stand in nobody's way."""
    live = (talks.c.resident_id.in_(one.both), talks.c.ended_at.is_(None))
    tx.execute(update(talks).where(*live, talks.c.starts_at <= one.now).values(ended_at=one.now))
    coming = list(tx.execute(select(talks.c.id).where(*live).order_by(talks.c.starts_at, talks.c.id)).scalars())
    tx.execute(update(talks).where(talks.c.id.in_(coming[1:])).values(state="cancelled", ended_at=one.now))
    _move(tx, talks, one)


def _merge_callbacks(tx: Transaction, one: Merge) -> None:
    """They are called once, as they said last."""
    these = (callbacks.c.resident_id.in_(one.both), callbacks.c.ended_at.is_(None))
    opened = list(tx.execute(select(callbacks.c.id).where(*these).order_by(callbacks.c.id.desc())).scalars())
    ended = {"ended_at": one.now, "outcome": "withdrawn"}
    tx.execute(update(callbacks).where(callbacks.c.id.in_(opened[1:])).values(ended))
    _move(tx, callbacks, one)


def _merge_drafts(tx: Transaction, one: Merge) -> None:
    """Of two of a form the newer goes on; the older one stays behind, under a subject that no form has."""
    other = drafts.alias()
    same = (other.c.form == drafts.c.form, other.c.subject == drafts.c.subject)
    is_older = there_is(other, other.c.resident_id == one.gone, *same, other.c.touched_at > drafts.c.touched_at)
    aside = {"resident_id": one.gone, "subject": -1 - drafts.c.subject}
    tx.execute(update(drafts).where(drafts.c.resident_id == one.kept, is_older).values(aside))
    is_newer_there = there_is(other, other.c.resident_id == one.kept, *same)
    _give(tx, drafts, one, drafts.c.resident_id == one.gone, drafts.c.subject >= 0, ~is_newer_there)


def _merge_consents(tx: Transaction, one: Merge) -> None:
    """Of two last words on a purpose a no counts; both stay to be read, and so the no is said once more."""
    last: dict[tuple[str, int], Any] = {}
    for row in tx.execute(select(consents).where(consents.c.resident_id.in_(one.both)).order_by(consents.c.id)):
        last[row.purpose, row.resident_id] = row
    _move(tx, consents, one)
    for purpose in sorted({purpose for purpose, _ in last}):
        two = [last[purpose, each] for each in one.both if (purpose, each) in last]
        refused = [row for row in two if not row.given]
        if refused and max(two, key=lambda row: row.id).given:
            again = {name: value for name, value in refused[0]._mapping.items() if name != "id"}
            tx.execute(consents.insert().values({**again, "resident_id": one.kept, "decided_at": one.now}))


def _merge_notices(tx: Transaction, one: Merge) -> None:
    """What one of them was told the other isn't told again, and of what both are owed one is left."""
    columns = [
        outbox.c[name] for name in ("id", "key", "kind", "about", "resident_id", "started_at", "outcome", "seen_at")
    ]
    query = select(*columns).where(outbox.c.resident_id.in_(one.both)).order_by(outbox.c.id)
    rows = tx.execute(query.with_for_update()).all()
    theirs = {_occasion(row): row for row in rows if row.resident_id == one.kept}
    for row in rows:
        twin = theirs.get(_occasion(row)) if row.resident_id == one.gone else None
        if twin:
            spare = twin if _is_to_come(twin) and not _is_to_come(row) else row
            _drop(tx, spare, one.now)
    known = {row.key for row in rows if row.resident_id == one.kept}
    for row in rows:
        key = _key_for(row, one)
        if row.resident_id == one.gone and key not in known - {row.key}:
            tx.execute(update(outbox).where(outbox.c.id == row.id).values(resident_id=one.kept, key=key))


def _occasion(row: Any) -> tuple[str, int, str]:
    """The same for all that are told the same thing: the kind, what it speaks of, and the key's word for when."""
    return row.kind, row.about, row.key.split("/")[1]


def _is_to_come(row: Any) -> bool:
    """It wasn't told, and isn't just being sent."""
    is_owed = row.outcome is None and row.started_at is None
    return bool(is_owed or (row.outcome == "unreached" and row.seen_at is None))


def _drop(tx: Transaction, row: Any, now: datetime) -> None:
    if not _is_to_come(row):
        return
    gone = {"outcome": "cancelled", "reason": Reason.TOLD_ALREADY.value, "settled_at": now}
    tx.execute(update(outbox).where(outbox.c.id == row.id).values(gone))


def _key_for(row: Any, one: Merge) -> str:
    """A key that ends in whom it is for has to end in the one who stays, or they would be told it once more."""
    end = f"/{one.gone}"
    is_apart = row.kind in one.told_apart and row.key.endswith(end)
    return f"{row.key.removesuffix(end)}/{one.kept}" if is_apart else row.key


def _merge_addresses(tx: Transaction, one: Merge) -> None:
    """Where both are at one address, whoever speaks there is the record that stays; the other's row stays behind."""
    theirs = tx.execute(select(chats).where(chats.c.resident_id.in_(one.both)).order_by(chats.c.id)).all()
    mine = {(row.channel, row.address): row.id for row in theirs if row.resident_id == one.kept}
    for row in theirs:
        twin = mine.get((row.channel, row.address))
        if row.resident_id == one.gone and twin is None:
            _give(tx, chats, one, chats.c.id == row.id)
        elif row.resident_id == one.gone and row.is_main:
            tx.execute(update(chats).where(chats.c.id == row.id).values(is_main=False))
            tx.execute(update(chats).where(chats.c.id == twin).values(is_main=True))


BY_ITSELF: dict[str, Callable[[Transaction, Merge], list[int] | None]] = {
    "residents": _merge_records,
    "addresses": _merge_addresses,
    "enrollments": _merge_enrollments,
    "appointments": _merge_appointments,
    "callbacks": _merge_callbacks,
    "drafts": _merge_drafts,
    "consents": _merge_consents,
    "outbox": _merge_notices,
}
